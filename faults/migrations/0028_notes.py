"""The desk's own notes."""

import django.core.validators
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import faults.models.notes


def give_rights(apps, schema_editor):
    """Who may write, see or delete wordings may do so with notes. Permissions are otherwise made after all migrations."""
    config = apps.get_app_config("faults")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults")
    for right in ("view", "add", "change", "delete"):
        ours = permissions.get(codename=f"{right}_note")
        for group in apps.get_model("auth", "Group").objects.filter(permissions__in=permissions.filter(codename=f"{right}_wording")):
            group.permissions.add(ours)


class Migration(migrations.Migration):
    dependencies = [
        ("faults", "0027_upload_layouts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "草稿"), ("review", "待复核"), ("published", "已发布"), ("archived", "已下架")],
                        db_index=True,
                        default="draft",
                        help_text="只有“已发布”的内容读者看得到。",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="上次复核")),
                (
                    "review_due",
                    models.DateField(
                        blank=True, db_index=True, help_text="到这一天还没复核，会提醒编辑。", null=True, verbose_name="下次复核"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                (
                    "number",
                    models.PositiveIntegerField(
                        default=faults.models.notes.next_note_number,
                        unique=True,
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(999999)],
                        verbose_name="批注号",
                    ),
                ),
                ("about", models.CharField(db_index=True, max_length=60, verbose_name="写在哪一条")),
                ("cause", models.CharField(blank=True, max_length=60, verbose_name="哪个原因")),
                ("step", models.TextField(blank=True, verbose_name="哪一步")),
                (
                    "audience",
                    models.CharField(
                        choices=[("internal", "内部"), ("sayable", "可以念")],
                        default="internal",
                        help_text="“内部”登录的同事才看得到，存了就生效；“可以念”读者也看得到，要别人复核才发布。",
                        max_length=8,
                        verbose_name="给谁看",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="本台自己的话，一两句。共享的内容更新时不会动它。",
                        validators=[django.core.validators.MaxLengthValidator(500)],
                        verbose_name="批注",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="owned_notes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="负责人",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁复核的",
                    ),
                ),
            ],
            options={
                "verbose_name": "批注",
                "verbose_name_plural": "批注",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1), ("number__lte", 999999)), name="note_number_in_range"),
                    models.CheckConstraint(condition=models.Q(("audience__in", ["internal", "sayable"])), name="note_audience_known"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("about", ""), _negated=True), models.Q(("text", ""), _negated=True)),
                        name="note_has_text",
                    ),
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
