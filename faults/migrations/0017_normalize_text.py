"""What was stored before texts were normalized at the gate: line ends of forms, blanks and widths of tables (faults/text/normalize.py).

History stays as it was written.
"""

from django.db import IntegrityError, migrations, models, transaction

from faults.text.normalize import normalized, normalized_values

WITH_TEXT = (
    "Category",
    "Environment",
    "Actor",
    "Source",
    "Fault",
    "ReturnCode",
    "Term",
    "SynonymGroup",
    "Elsewhere",
    "Cause",
    "Fix",
    "Myth",
)
ONCE_AN_ITEM = ("ScreenText", "Alias", "RelatedFault")  # where two may become the same, and one of them goes
ROWS = ("Revision", "LoadedItem")


def normalize(apps, schema_editor):
    for name in (*WITH_TEXT, *ONCE_AN_ITEM):
        model = apps.get_model("faults", name)
        texts = [field.name for field in model._meta.fields if isinstance(field, models.CharField | models.TextField)]
        for pk, *said in model._base_manager.values_list("pk", *texts):
            changed = {field: normalized(text) for field, text in zip(texts, said, strict=True) if text != normalized(text)}
            if changed:
                _update(model, pk, changed)
    for name in ROWS:
        for item in apps.get_model("faults", name)._base_manager.exclude(row=None):
            if (row := _row(item.row)) != item.row:
                item.row = row
                item.save(update_fields=["row"])


def _update(model, pk: int, changed: dict[str, str]) -> None:
    rows = model._base_manager.filter(pk=pk)
    try:
        with transaction.atomic():
            rows.update(**changed)
    except IntegrityError:  # two that differ in nothing one sees: one is enough; of two items with one name, an editor decides
        if model.__name__ in ONCE_AN_ITEM:
            rows.delete()


def _row(row: dict) -> dict:
    row = normalized_values(row)
    return row | {key: list(dict.fromkeys(row[key])) for key in ("screen_texts", "aliases") if key in row}


class Migration(migrations.Migration):
    dependencies = [("faults", "0016_revision_changed_by")]

    operations = [migrations.RunPython(normalize, migrations.RunPython.noop)]
