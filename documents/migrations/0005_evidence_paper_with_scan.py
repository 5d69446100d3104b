from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_issuedpaper_word_file"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="evidence", name="evidence_has_one_form"),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                name="evidence_has_one_form",
                condition=models.Q(file__isnull=False, paper__isnull=True, typed_number="")
                | models.Q(file__isnull=True, paper__isnull=False, typed_number="")
                | models.Q(paper__isnull=True) & ~models.Q(typed_number=""),
            ),
        ),
    ]
