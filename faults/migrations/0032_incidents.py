"""Incidents: one sentence read aloud until a time."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import faults.models.variables


def give_rights(apps, schema_editor):
    """Who may see or write wordings may do so with incidents. Permissions are otherwise made after all migrations."""
    config = apps.get_app_config("faults")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults")
    for right in ("view", "add", "change"):
        ours = permissions.get(codename=f"{right}_incident")
        for group in apps.get_model("auth", "Group").objects.filter(permissions__in=permissions.filter(codename=f"{right}_wording")):
            group.permissions.add(ours)


class Migration(migrations.Migration):
    dependencies = [
        ("faults", "0031_keep_card_may_be_open"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "text",
                    models.CharField(
                        help_text="一两句，念给来电的人听：什么坏了，谁在处理，先做什么。",
                        max_length=120,
                        validators=[
                            django.core.validators.RegexValidator("^[^{}｛｝]*$", "这里不能有大括号。"),
                            faults.models.variables.no_card_number,
                        ],
                        verbose_name="念什么",
                    ),
                ),
                ("codes", models.TextField(blank=True, help_text="一行一个，例如 91。哪家码表的都算。", verbose_name="哪些码")),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        help_text="一行一个，例如“没网”。查的话里有它，就先念这一条。三样都空着：每一页都显示。",
                        verbose_name="查哪些话",
                    ),
                ),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="从什么时候")),
                ("ends_at", models.DateTimeField(db_index=True, help_text="到时候自己撤下，最长7天。", verbose_name="到什么时候")),
                ("is_proposed", models.BooleanField(default=False, verbose_name="只是提议")),
                ("set_by_name", models.CharField(editable=False, max_length=150, verbose_name="谁定的")),
                ("entries", models.ManyToManyField(blank=True, related_name="incidents", to="faults.fault", verbose_name="哪些条目")),
                (
                    "set_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "故障通报",
                "verbose_name_plural": "故障通报",
                "ordering": ["-starts_at", "-pk"],
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(condition=~models.Q(text=""), name="incident_has_text"),
                    models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="incident_ends_behind_its_start"),
                ],
            },
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
