"""What is said aloud of others' matters is always reviewed, and a source's words are changed by who may change lists.

Nothing that readers see changes: what is published stays so, and what waits goes on waiting.
"""

from django.db import migrations, models


def rights_and_groups(apps, codename):
    """The right to change a source, if there is one yet, and the ids of the roles that have the named right."""
    rights = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults")
    groups = apps.get_model("auth", "Group").objects
    return rights.filter(codename="change_source"), groups, groups.filter(permissions__in=rights.filter(codename=codename)).values("pk")


def take_right(apps, schema_editor):
    """Sources are named on published pages at once; of who wrote them nobody asked a reviewer. Who may change categories may change sources."""
    right, groups, having = rights_and_groups(apps, "change_category")
    for group in groups.exclude(pk__in=having):
        group.permissions.remove(*right)


def give_right(apps, schema_editor):
    right, groups, having = rights_and_groups(apps, "add_source")
    for group in groups.filter(pk__in=having):
        group.permissions.add(*right)


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
