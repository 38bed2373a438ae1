"""The three roles as groups: editors write and submit, reviewers publish and withdraw, administrators do the rest."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = (
    "fault",
    "screentext",
    "alias",
    "cause",
    "fix",
    "myth",
    "relatedfault",
    "returncode",
    "codeactor",
    "term",
    "synonymgroup",
    "elsewhere",
)
LISTS = ("category", "environment", "actor", "source")
PARTS = ("screentext", "alias", "cause", "fix", "myth", "relatedfault", "codeactor")

EDITOR = [
    *(f"{right}_{model}" for model in CONTENT for right in ("view", "add", "change")),
    *(f"delete_{model}" for model in PARTS),  # rows of an entry's own page, not entries
    *(f"view_{model}" for model in (*LISTS, "change", "deskrules", "flag")),
    *("change_flag", "add_source", "change_source", "import_knowledge", "export_knowledge"),
]
REVIEWER = [*EDITOR, "publish"]
ADMINISTRATOR = [
    *REVIEWER,
    "approve_own",
    *(f"delete_{model}" for model in (*CONTENT, *LISTS)),
    *(f"{right}_{model}" for model in LISTS for right in ("add", "change")),
    "change_deskrules",
]
ACCOUNTS = [f"{right}_{model}" for model in ("user", "group") for right in ("view", "add", "change", "delete")]
ROLES = {"编辑": (EDITOR, []), "复核": (REVIEWER, []), "管理员": (ADMINISTRATOR, ACCOUNTS)}


def make_roles(apps, schema_editor):
    """Permissions are made after all migrations; the groups need them now. A group of that name that is there already gets them too."""
    for label in ("faults", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects
    for name, (ours, accounts) in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions.filter(content_type__app_label="faults", codename__in=ours))
        group.permissions.add(*permissions.filter(content_type__app_label="auth", codename__in=accounts))


def make_rules(apps, schema_editor):
    """The one row of rules, with its defaults."""
    apps.get_model("faults", "DeskRules").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [
        ("faults", "0008_flags"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_rules, migrations.RunPython.noop),
    ]
