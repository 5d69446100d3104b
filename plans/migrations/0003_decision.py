from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_progress_revision")]

    operations = [
        migrations.AlterField(
            model_name="plan",
            name="kind",
            field=models.CharField(
                choices=[
                    ("annual", "Kế hoạch công tác năm"),
                    ("programme", "Chương trình của Hội đồng"),
                    ("campaign", "Kế hoạch phong trào thi đua"),
                    ("cluster", "Kế hoạch cụm thi đua"),
                    ("conference", "Kế hoạch tổ chức hội nghị"),
                    ("decision", "Quyết định"),
                    ("other", "Kế hoạch khác"),
                ],
                default="annual",
                max_length=12,
                verbose_name="loại kế hoạch",
            ),
        ),
    ]
