"""Wordings, and what search keeps of them. The search index is of another version after this: rebuild_search."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def give_rights(apps, schema_editor):
    """Who may write, see or delete synonyms may do so with wordings. Permissions are otherwise made after all migrations."""
    config = apps.get_app_config("faults")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults")
    for right in ("view", "add", "change", "delete"):
        ours = permissions.get(codename=f"{right}_wording")
        for group in apps.get_model("auth", "Group").objects.filter(permissions__in=permissions.filter(codename=f"{right}_synonymgroup")):
            group.permissions.add(ours)


class Migration(migrations.Migration):
    dependencies = [("faults", "0020_reviewed_words"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        # As SQL, because Django would make SQLite's table anew, and the triggers of migration 0002 would be gone.
        migrations.RunSQL(
            "ALTER TABLE faults_searchdocument ADD COLUMN wordings text DEFAULT '' NOT NULL",
            "ALTER TABLE faults_searchdocument DROP COLUMN wordings",
            state_operations=[migrations.AddField("searchdocument", "wordings", models.TextField(blank=True, db_default=""))],
        ),
        migrations.AddField("searchdocument", "vectors", models.BinaryField(null=True)),
        migrations.CreateModel(
            name="Wording",
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
                ("name", models.CharField(max_length=60, unique=True, verbose_name="说的是哪一条")),
                (
                    "words",
                    models.TextField(
                        help_text="一行一句，照来电的人说的、别家屏幕上写的原样记。读者看不到，只用来找。", verbose_name="说法"
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
                "verbose_name": "说法",
                "verbose_name_plural": "说法",
                "ordering": ["name"],
                "abstract": False,
                "constraints": [models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="wording_has_words")],
            },
            managers=[("everything", django.db.models.manager.Manager())],
        ),
        migrations.AlterField(
            "deskrules",
            "review_words",
            models.BooleanField(
                default=False, help_text="不勾：编辑加一个同义词、一句说法，下一次搜索就用上。", verbose_name="同义词和说法要复核"
            ),
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
