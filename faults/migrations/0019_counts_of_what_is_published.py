"""What readers may read is counted by itself, and words to mend to are counted like tokens: those of drafts are none for readers."""

from collections import Counter

from django.db import migrations, models

from faults.text.fold import tokens


def count_anew(apps, schema_editor):
    """From the documents, as faults/search/frequencies.py does."""
    counted = {"SearchToken": (Counter(), Counter()), "SearchWord": (Counter(), Counter())}
    for document in apps.get_model("faults", "SearchDocument").objects.iterator(500):
        phrases = tokens(" ".join((document.title, document.screens, document.aliases)))
        texts = {
            "SearchToken": {"", *(token for token in document.tokens.split() if len(token) <= 100)},
            "SearchWord": {word for word in phrases if word.isascii() and word.isalpha() and 3 <= len(word) <= 40},
        }
        for name, (every, published) in counted.items():
            every.update(texts[name])
            published.update(texts[name] if document.is_published else ())
    for name, (every, published) in counted.items():
        rows = apps.get_model("faults", name).objects
        rows.all().delete()
        rows.bulk_create([rows.model(text=text, documents=n, published=published[text]) for text, n in every.items()], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("faults", "0018_audit_of_what_readers_see")]

    operations = [
        *(
            migrations.AddField(model_name=model, name=name, field=models.IntegerField(db_default=0))
            for model, name in (("searchtoken", "published"), ("searchword", "documents"), ("searchword", "published"))
        ),
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
