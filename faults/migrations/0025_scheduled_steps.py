"""Publishing and withdrawing at a time."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("faults", "0024_code_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="action",
            field=models.CharField(
                choices=[
                    ("loaded", "载入数据文件"),
                    ("created", "新建"),
                    ("changed", "修改"),
                    ("imported", "表格导入"),
                    ("restored", "恢复旧版本"),
                    ("merged", "合并"),
                    ("submitted", "提交复核"),
                    ("taken-back", "撤回提交"),
                    ("returned", "退回"),
                    ("discarded", "丢弃修改"),
                    ("published", "发布"),
                    ("archived", "下架"),
                    ("reopened", "重新起草"),
                    ("confirmed", "确认仍然正确"),
                    ("assigned", "改负责人或复核日期"),
                    ("deleted", "删除"),
                    ("scheduled", "定时"),
                    ("cancelled", "取消定时"),
                ],
                max_length=10,
                verbose_name="做了什么",
            ),
        ),
        migrations.CreateModel(
            name="ScheduledStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=9)),
                ("item_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=90, verbose_name="内容")),
                ("step", models.CharField(choices=[("publish", "发布"), ("archive", "下架")], max_length=7, verbose_name="做什么")),
                ("at", models.DateTimeField(db_index=True, verbose_name="什么时候")),
                ("version", models.BigIntegerField()),
                ("why", models.TextField(verbose_name="为什么")),
                ("set_by_name", models.CharField(max_length=150, verbose_name="谁定的")),
                ("set_at", models.DateTimeField(auto_now_add=True, verbose_name="什么时候定的")),
                ("refusal", models.TextField(blank=True, verbose_name="为什么没做成")),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "定时",
                "verbose_name_plural": "定时",
                "ordering": ["at", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "item_id", "step"), name="scheduled_once_an_item"),
                    models.CheckConstraint(condition=models.Q(("step__in", ["publish", "archive"])), name="scheduled_step_known"),
                ],
            },
        ),
    ]
