"""A code of which nobody has written whether the card is kept says so, instead of “not kept”."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("faults", "0030_desk_words")]

    operations = [
        migrations.AlterField(
            "returncode",
            "keep_card",
            models.BooleanField(
                "留不留卡", null=True, blank=True, default=None, help_text="码表没写就空着，不要猜；留卡也只按收单机构的书面规定办。"
            ),
        )
    ]
