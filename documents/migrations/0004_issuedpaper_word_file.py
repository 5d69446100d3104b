import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_sheet_import"),
        ("documents", "0003_legal_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="issuedpaper",
            name="word_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
                verbose_name="bản Word",
            ),
        ),
    ]
