"""What the roles may do with what use has shown: everybody at the desk sees it, and says what a search should find."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

EVERYBODY = (
    *(f"view_{model}" for model in ("search", "vote", "solved", "judgment")),
    *(f"{right}_judgment" for right in ("add", "change", "delete")),
    "add_dealtwith",
)
ROLES = ("编辑", "复核", "管理员")


def extend_roles(apps, schema_editor):
    """Permissions are made after all migrations; the groups need them now. A role that was taken away stays away."""
    config = apps.get_app_config("faults")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults", codename__in=EVERYBODY)
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("faults", "0011_learning")]

    operations = [migrations.RunPython(extend_roles, migrations.RunPython.noop)]
