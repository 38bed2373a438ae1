from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("faults", "0026_saved_views"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="layouts",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
