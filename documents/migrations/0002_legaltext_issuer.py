from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="legaltext",
            name="issuer",
            field=models.CharField(blank=True, max_length=120, verbose_name="cơ quan ban hành"),
        ),
        migrations.AlterField(
            model_name="legaltext",
            name="name",
            field=models.TextField(help_text="Có tên loại ở đầu: Luật …, Nghị định …", verbose_name="tên"),
        ),
    ]
