import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_issuedpaper_word_file"),
        ("plans", "0003_decision"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="submitted_to",
            field=models.CharField(blank=True, max_length=160, verbose_name="trình"),
        ),
        migrations.AddField(
            model_name="plan",
            name="submitted_on",
            field=models.DateField(blank=True, null=True, verbose_name="ngày trình"),
        ),
        migrations.AddField(
            model_name="plan",
            name="paper",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plan",
                to="documents.issuedpaper",
                verbose_name="văn bản đã ban hành",
            ),
        ),
    ]
