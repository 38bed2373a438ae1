"""What each search document was made from. The search index is of another version after this: rebuild_search."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("faults", "0028_notes")]
    operations = [migrations.AddField("searchdocument", "digest", models.BinaryField(null=True))]
