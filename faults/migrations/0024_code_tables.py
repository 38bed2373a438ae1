"""Code tables, kinds of retry and classes become rows. No code changes its table: the columns hold the same slugs, which now name rows."""

import django.core.validators
import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

# What the program knew until now, as the knowledge files of this version have it: what nobody changes goes on being renewed by them.
NAMED = ("slug", "name", "position")
TABLES = [
    ("cup", "银联", 10, "银联卡返回码", "network", "银", True, ["银联", "unionpay", "cup"], ["68", "91", "92", "94", "96", "98"]),
    ("kuaiqian", "快钱", 20, "快钱终端返回码", "acquirer", "快", False, ["快钱", "99bill"], ["C0"]),
    ("lakala", "拉卡拉", 30, "拉卡拉终端返回码", "acquirer", "拉", False, ["拉卡拉", "lakala"], []),
    ("terminal", "终端本地", 40, "终端自己报的码", "maker", "终", False, ["终端本地", "本地码"], ["Z0", "Z1", "Z2", "Z3", "Z4", "Z5"]),
    ("visa", "Visa", 50, "Visa卡返回码", "network", "V", False, ["visa", "维萨"], ["94"]),
    ("mastercard", "Mastercard", 60, "万事达卡返回码", "network", "M", False, ["mastercard", "万事达", "master card"], ["94"]),
]
TABLE = (*NAMED, "full_name", "kind", "letter", "is_own", "words", "red_lines")
RETRIES = [
    ("no", "不重试", 10, False),
    ("yes", "可以再试", 20, True),
    ("after-signin", "签到后再试", 30, True),
    ("after-check", "查清后再试", 40, False),
    ("other-card", "换卡", 50, False),
]
CLASSES = [("A", "成功", 10), ("B", "可重试", 20), ("C", "不需重试", 30), ("D", "终端操作员处理", 40), ("E", "系统故障", 50)]
LISTS = [
    ("code_table", "CodeTable", TABLE, TABLES),
    ("retry", "Retry", (*NAMED, "allows_again"), RETRIES),
    ("response_class", "ResponseClass", NAMED, CLASSES),
]


def fill_lists(apps, schema_editor):
    """Where there are codes already; an empty database is filled from the knowledge files."""
    codes = apps.get_model("faults", "ReturnCode")._base_manager
    if not codes.exists():
        return
    loaded = apps.get_model("faults", "LoadedItem").objects
    for kind, model, names, rows in LISTS:
        for row in (dict(zip(names, values, strict=True)) for values in rows):
            words = {name: "\n".join(value) if isinstance(value, list) else value for name, value in row.items()}
            apps.get_model("faults", model)._base_manager.create(**words)
            loaded.update_or_create(key=f"{kind}:{row['slug']}", defaults={"row": row})
    for name, model in (("scheme", "CodeTable"), ("retry", "Retry"), ("response_class", "ResponseClass")):  # who went back from later rows
        known = apps.get_model("faults", model)._base_manager
        for slug in codes.exclude(**{f"{name}__in": ["", *known.values_list("slug", flat=True)]}).values_list(name, flat=True).distinct():
            known.create(slug=slug, name=slug, position=200)


def no_class_is_null(apps, schema_editor):
    apps.get_model("faults", "ReturnCode")._base_manager.filter(response_class="").update(response_class=None)


def no_class_is_empty(apps, schema_editor):
    apps.get_model("faults", "ReturnCode")._base_manager.filter(response_class=None).update(response_class="")


def give_rights(apps, schema_editor):
    """Who may see or change sources may do so with the new lists. Permissions are otherwise made after all migrations."""
    config = apps.get_app_config("faults")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="faults")
    for right in ("view", "change", "delete", "add"):
        # Writers may add a source, so who may add lists is told by who may change them.
        like = permissions.filter(codename=f"{'change' if right == 'add' else right}_source")
        for group in apps.get_model("auth", "Group").objects.filter(permissions__in=like):
            group.permissions.add(*permissions.filter(codename__in=[f"{right}_{model.lower()}" for _kind, model, *_rows in LISTS]))


def longer_texts(apps, schema_editor):
    """SQLite doesn't hold texts to their length, and would lose the triggers of migration 0002 with the table that Django makes anew.

    They stay as long for who goes back: history has kinds that an older version had no room for.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE faults_searchdocument ALTER COLUMN code TYPE varchar(40)")
        schema_editor.execute("ALTER TABLE faults_change ALTER COLUMN kind TYPE varchar(20)")


def named(*others: tuple) -> list[tuple]:
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("slug", models.SlugField(help_text="用在网址和数据文件里，定了就不要改。", max_length=30, unique=True, verbose_name="标识")),
        ("name", models.CharField(max_length=30, unique=True, verbose_name="名称")),
        ("position", models.PositiveSmallIntegerField(db_index=True, default=0, verbose_name="排序")),
        *others,
    ]


def called(name: str) -> dict:
    return {"verbose_name": name, "verbose_name_plural": name, "ordering": ["position", "slug"], "abstract": False}


KINDS = [("network", "卡组织"), ("acquirer", "收单机构"), ("maker", "终端厂家"), ("wallet", "扫码支付")]
DAY = django.core.validators.RegexValidator("^\\d{4}(-\\d{2}){0,2}$", "写成 2026、2026-11 或 2026-11-28。")
LINK = django.core.validators.URLValidator(["https", "http"])
CODE = django.core.validators.RegexValidator(
    "^[0-9A-Z](?:[0-9A-Z._-]*[0-9A-Z])?$", "返回码只用数字和大写字母，中间可以有点和横线，例如 97、A0、ACQ.SYSTEM_ERROR。"
)


def points_to(model: str, name: str, **more) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="codes", to=model, to_field="slug", verbose_name=name, **more
    )


class Migration(migrations.Migration):
    dependencies = [("faults", "0023_renewal_conflicts")]

    operations = [
        migrations.CreateModel(
            name="CodeTable",
            fields=named(
                ("full_name", models.CharField(blank=True, max_length=60, verbose_name="全称")),
                ("kind", models.CharField(choices=KINDS, default="acquirer", max_length=8, verbose_name="谁的码表")),
                (
                    "words",
                    models.TextField(
                        blank=True, help_text="一行一个，例如“银联”“unionpay”。说了就先看这张表。", verbose_name="来电的人怎么叫它"
                    ),
                ),
                ("letter", models.CharField(blank=True, help_text="一两个字，窄的地方代替名称。", max_length=2, verbose_name="标记")),
                (
                    "red_lines",
                    models.TextField(
                        blank=True, help_text="一行一个：报了就不知道钱动没动的码。这些码都要写红线提醒。", verbose_name="红线的码"
                    ),
                ),
                ("is_own", models.BooleanField(default=False, editable=False, verbose_name="本台的码表")),
            ),
            options=called("码表")
            | {
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", [kind for kind, _ in KINDS])), name="code_table_kind_known"),
                    models.UniqueConstraint(condition=models.Q(("is_own", True)), fields=("is_own",), name="one_own_code_table"),
                ]
            },
        ),
        migrations.CreateModel(name="ResponseClass", fields=named(), options=called("返回码分类")),
        migrations.CreateModel(
            name="Retry",
            fields=named(
                (
                    "allows_again",
                    models.BooleanField(default=False, help_text="不勾：步骤里叫人再试，会当错误报出来。", verbose_name="同一张卡可以再做"),
                )
            ),
            options=called("能不能重试"),
        ),
        migrations.RunPython(fill_lists, migrations.RunPython.noop),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
        migrations.RemoveConstraint("returncode", "code_scheme_known"),
        migrations.RemoveConstraint("returncode", "code_retry_known"),
        migrations.RemoveConstraint("returncode", "code_class_known"),
        migrations.AlterField(
            "returncode", "code", models.CharField(db_index=True, max_length=40, validators=[CODE], verbose_name="返回码")
        ),
        migrations.AlterField("returncode", "response_class", models.CharField(max_length=1, null=True)),
        migrations.RunPython(no_class_is_null, no_class_is_empty),
        migrations.AlterField("returncode", "scheme", points_to("faults.codetable", "码表", db_column="scheme")),
        migrations.AlterField("returncode", "retry", points_to("faults.retry", "能不能重试", db_column="retry")),
        migrations.AlterField(
            "returncode",
            "response_class",
            points_to(
                "faults.responseclass", "分类", db_column="response_class", blank=True, null=True, help_text="码表没给就空着，不要猜。"
            ),
        ),
        migrations.AlterField("judgment", "code", models.CharField(blank=True, max_length=40, verbose_name="或者该找到的码")),
        migrations.AlterField("search", "opened_key", models.CharField(blank=True, max_length=40)),
        migrations.AlterField("useday", "key", models.CharField(max_length=40)),
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(longer_texts, migrations.RunPython.noop)],
            [
                migrations.AlterField("searchdocument", "code", models.CharField(blank=True, db_index=True, max_length=40)),
                migrations.AlterField("change", "kind", models.CharField(max_length=20)),
            ],
        ),
        migrations.AddField(
            "source", "link", models.CharField(blank=True, db_default="", max_length=300, validators=[LINK], verbose_name="网址")
        ),
        migrations.AddField("source", "file_name", models.CharField(blank=True, db_default="", max_length=120, verbose_name="文件名")),
        migrations.AddField(
            "source", "dated", models.CharField(blank=True, db_default="", max_length=10, validators=[DAY], verbose_name="日期")
        ),
        migrations.AddField("source", "page", models.CharField(blank=True, db_default="", max_length=40, verbose_name="页码或条款")),
    ]
