"""What is said aloud of others' matters is always reviewed, and a source's words are changed by who may change lists.

Nothing that readers see changes: what is published stays so, and what waits goes on waiting.
"""

from django.db import migrations, models


def take_right(apps, schema_editor):
    """Sources are named on published pages at once; of who wrote them nobody asked a reviewer. Who may change categories may change sources."""
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults")
    right = permissions.filter(codename="change_source").first()
    if right:
        for group in apps.get_model("auth", "Group").objects.exclude(permissions__in=permissions.filter(codename="change_category")):
            group.permissions.remove(right)


def give_right(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults")
    right = permissions.filter(codename="change_source").first()
    if right:
        for group in apps.get_model("auth", "Group").objects.filter(permissions__in=permissions.filter(codename="add_source")):
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [("faults", "0019_counts_of_what_is_published"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunPython(take_right, give_right),
        migrations.AlterField(
            model_name="deskrules",
            name="review_words",
            field=models.BooleanField(default=False, help_text="不勾：编辑加一个同义词，下一次搜索就用上。", verbose_name="同义词要复核"),
        ),
    ]
