"""Variables, an acquirer's values for them, and whose desk it is."""

import django.core.validators
import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import faults.models.variables

OPERATORS = [
    ("acquirer", "收单机构自己的客服热线"),
    ("reseller", "代理商、服务商的"),
    ("chain", "连锁商户总部的"),
    ("apart", "哪一家都不是"),
]
VALUE = {
    "max_length": 200,
    "verbose_name": "值",
    "validators": [
        django.core.validators.RegexValidator("^[^{}｛｝]*$", "值里不能有大括号。"),
        faults.models.variables.no_card_number,
    ],
}


def give_rights(apps, schema_editor):
    """Who may see or change code tables may do so with variables. Permissions are otherwise made after all migrations."""
    config = apps.get_app_config("faults")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults")
    for right in ("view", "add", "change", "delete"):
        for group in apps.get_model("auth", "Group").objects.filter(permissions__in=permissions.filter(codename=f"{right}_codetable")):
            group.permissions.add(*permissions.filter(codename__in=[f"{right}_variable", f"{right}_variablevalue"]))


class Migration(migrations.Migration):
    dependencies = [("faults", "0029_document_digest")]

    operations = [
        migrations.CreateModel(
            name="Variable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="文字里写成大括号加名称，例如{客服电话}。定了就不改。",
                        max_length=30,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("^[^\\s{}｛｝:：;；]+$", "名称里不能有空格、大括号、冒号、分号。"),
                            faults.models.variables.no_form,
                        ],
                        verbose_name="名称",
                    ),
                ),
                ("purpose", models.CharField(blank=True, help_text="给编辑看，也给查到它的人看。", max_length=120, verbose_name="是什么")),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        help_text="一行一个，例如“收单机构电话”。查这些词，先看到它的值。",
                        verbose_name="来电的人怎么叫它",
                    ),
                ),
                ("value", models.CharField(blank=True, help_text="空着：读者看到“以收单机构为准”。", **VALUE)),
                ("position", models.PositiveSmallIntegerField(db_index=True, default=0, verbose_name="排序")),
            ],
            options={"verbose_name": "变量", "verbose_name_plural": "变量", "ordering": ["position", "name"]},
        ),
        migrations.CreateModel(
            name="VariableValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=999, verbose_name="排序")),
                (
                    "variable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="values", to="faults.variable", verbose_name="变量"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        limit_choices_to={"kind__in": ["acquirer", "wallet"]},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="faults.codetable",
                        to_field="slug",
                        verbose_name="谁的码表",
                    ),
                ),
                ("value", models.CharField(**VALUE)),
            ],
            options={
                "verbose_name": "值",
                "verbose_name_plural": "各家的值",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("variable", "table"), name="value_once_a_table", violation_error_message="这张码表的值已经有了。"
                    )
                ],
            },
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
        migrations.AddField(
            "deskrules",
            "operator",
            models.CharField(
                choices=OPERATORS,
                db_default="apart",
                default="apart",
                help_text="写成{转收单：报修；机身号}的步骤照它念：收单机构自己的客服登记工单，别的请来电的人或者替他找收单机构。马上生效。",
                max_length=8,
                verbose_name="本台是谁的",
            ),
        ),
        migrations.AddConstraint(
            "deskrules",
            models.CheckConstraint(
                condition=models.Q(("operator__in", [operator for operator, _ in OPERATORS])), name="desk_rules_operator_known"
            ),
        ),
        migrations.AlterField(
            "fault",
            "escalation",
            models.TextField(
                blank=True,
                help_text="都不行时打给谁，手上备好什么，一行一样。只写卡号后四位。可以写{客服电话}、{转收单：报修；机身号}。",
                verbose_name="转收单机构",
            ),
        ),
        migrations.AlterField(
            "fix",
            "steps",
            models.TextField(
                help_text="一行一步，一步一个动作，按做的顺序写。可以写{客服电话}、{转收单：报修；机身号}。", verbose_name="步骤"
            ),
        ),
    ]
