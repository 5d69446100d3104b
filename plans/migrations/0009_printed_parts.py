from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0008_milestones'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='printed_parts',
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name='số liệu đã in'),
        ),
    ]
