"""What was done with accounts and rights is written down; the rules say who needs a second factor and how long the record is kept."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("faults", "0012_roles_learning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Audited",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="时间")),
                ("who_name", models.CharField(blank=True, max_length=150, verbose_name="谁")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("signed-in", "登录"),
                            ("password-right", "密码对，还没过第二步"),
                            ("sign-in-failed", "登录失败"),
                            ("locked-out", "登录被暂停"),
                            ("signed-out", "退出"),
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
                            ("exported", "导出"),
                            ("imported", "导入"),
                        ],
                        max_length=20,
                        verbose_name="做了什么",
                    ),
                ),
                ("about", models.TextField(blank=True, verbose_name="说明")),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="从哪里")),
                ("request_id", models.CharField(blank=True, max_length=64, verbose_name="请求号")),
            ],
            options={
                "verbose_name": "操作记录",
                "verbose_name_plural": "操作记录",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="deskrules",
            name="keep_audit_days",
            field=models.PositiveSmallIntegerField(
                default=400,
                help_text="谁登录过、改过账号、发布过、导出过，连同网络地址。至少一年。",
                validators=[django.core.validators.MinValueValidator(365), django.core.validators.MaxValueValidator(3650)],
                verbose_name="操作记录保留几天",
            ),
        ),
        migrations.AddField(
            model_name="deskrules",
            name="second_factor",
            field=models.CharField(
                choices=[("nobody", "谁都不强制，自己愿意可以设"), ("deciders", "能发布的人和管理员"), ("staff", "能进后台的每个人")],
                default="nobody",
                help_text="两步登录：密码以外，再输手机上的动态码。必须而还没设的人，下次打开后台先去设，设好才能做别的。",
                max_length=8,
                verbose_name="谁必须两步登录",
            ),
        ),
        migrations.AddConstraint(
            model_name="deskrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_factor__in", ["nobody", "deciders", "staff"])), name="desk_rules_second_factor_known"
            ),
        ),
        migrations.AddField(
            model_name="audited",
            name="who",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="账号",
            ),
        ),
    ]
