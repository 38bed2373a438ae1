"""Questions that tell candidates apart, their answers and what these speak for, and how many minutes each actor takes."""

import django.core.validators
import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import faults.models.variables

MINUTES = {"cashier": 1, "merchant": 1, "cardholder": 5, "engineer": 120}  # of actors that were there; all others 10


def set_minutes(apps, schema_editor):
    for slug, minutes in MINUTES.items():
        apps.get_model("faults", "Actor").objects.filter(slug=slug).update(minutes=minutes)


def give_rights(apps, schema_editor):
    """Who may see or change code tables may do so with questions. Permissions are otherwise made after all migrations."""
    config = apps.get_app_config("faults")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults")
    for right in ("view", "add", "change", "delete"):
        codenames = [f"{right}_{model}" for model in ("question", "answer", "evidence")]
        for group in apps.get_model("auth", "Group").objects.filter(permissions__in=permissions.filter(codename=f"{right}_codetable")):
            group.permissions.add(*permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("faults", "0032_incidents")]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(help_text="用在网址和数据文件里，定了就不要改。", max_length=30, unique=True, verbose_name="标识"),
                ),
                (
                    "text",
                    models.CharField(
                        help_text="照着念的一句话，店里的人不用动手就答得上。不能叫人再刷一次。",
                        max_length=60,
                        unique=True,
                        validators=[faults.models.variables.no_card_number],
                        verbose_name="问句",
                    ),
                ),
                (
                    "seconds",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="问完、答完大约几秒。要走去看一眼的，多算些。",
                        validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(300)],
                        verbose_name="要几秒",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(db_index=True, default=0, verbose_name="排序")),
            ],
            options={
                "verbose_name": "问题",
                "verbose_name_plural": "问题",
                "ordering": ["position", "slug"],
            },
        ),
        migrations.AddField(
            model_name="actor",
            name="minutes",
            field=models.PositiveSmallIntegerField(
                db_default=10,
                default=10,
                help_text="从说到做完，来电的人大约要等几分钟。下一步先做什么，照它算。",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)],
                verbose_name="要几分钟",
            ),
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=999, verbose_name="排序")),
                ("about", models.CharField(db_index=True, help_text="写成 fault:40。", max_length=60, verbose_name="哪一条")),
                ("cause", models.CharField(blank=True, help_text="照抄原因的标题；空着就是整条。", max_length=60, verbose_name="哪个原因")),
                ("fits", models.TextField(help_text="没勾的就是不合。", verbose_name="合的答法")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="faults.question", verbose_name="问题"
                    ),
                ),
            ],
            options={
                "verbose_name": "依据",
                "verbose_name_plural": "依据",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "about", "cause"), name="evidence_once", violation_error_message="这一条的依据已经有了。"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=999, verbose_name="排序")),
                ("slug", models.SlugField(help_text="用在网址和数据文件里，定了就不要改。", max_length=30, verbose_name="标识")),
                ("text", models.CharField(max_length=20, validators=[faults.models.variables.no_card_number], verbose_name="答法")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="faults.question", verbose_name="问题"
                    ),
                ),
            ],
            options={
                "verbose_name": "答法",
                "verbose_name_plural": "答法",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "slug"), name="answer_once_a_question", violation_error_message="这个标识已经有了。"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", "unknown"), _negated=True),
                        name="answer_is_known",
                        violation_error_message="“不知道”每个问题都有，不用写。",
                    ),
                ],
            },
        ),
        migrations.RunPython(set_minutes, migrations.RunPython.noop),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
