"""Administrators may read what was done with accounts and rights; nobody may change it."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def extend_role(apps, schema_editor):
    """Permissions are made after all migrations; the group needs its own now. A role that was taken away stays away."""
    config = apps.get_app_config("faults")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permission = apps.get_model("auth", "Permission").objects.get(content_type__app_label="faults", codename="view_audited")
    for group in apps.get_model("auth", "Group").objects.filter(name="管理员"):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("faults", "0013_audit")]

    operations = [migrations.RunPython(extend_role, migrations.RunPython.noop)]
