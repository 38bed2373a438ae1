"""What else readers see changed is a deed: brought back, merged, confirmed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("faults", "0017_normalize_text"),
    ]

    operations = [
        migrations.AlterField(
            model_name="audited",
            name="what",
            field=models.CharField(
                choices=[
                    ("signed-in", "登录"),
                    ("password-right", "密码对，还没过第二步"),
                    ("sign-in-failed", "登录失败"),
                    ("locked-out", "登录被暂停"),
                    ("signed-out", "退出"),
                    ("sessions-ended", "结束登录"),
                    ("code-wrong", "动态码不对"),
                    ("factor-set-up", "设好两步登录"),
                    ("factor-taken-off", "关掉两步登录"),
                    ("factor-reset", "重置同事的两步登录"),
                    ("recovery-used", "用掉一个备用码"),
                    ("recovery-renewed", "换新备用码"),
                    ("password-changed", "改密码"),
                    ("account-created", "新建账号或角色"),
                    ("account-changed", "改账号或角色"),
                    ("account-deleted", "删除账号或角色"),
                    ("rules-changed", "改规则"),
                    ("published", "发布"),
                    ("archived", "下架"),
                    ("deleted", "删除内容"),
                    ("restored", "找回删除的内容"),
                    ("merged", "合并"),
                    ("confirmed", "确认仍然正确"),
                    ("exported", "导出"),
                    ("imported", "导入"),
                ],
                max_length=20,
                verbose_name="做了什么",
            ),
        ),
    ]
