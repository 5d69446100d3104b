"""The laws, decrees and circulars that plans cite and awards are judged by."""

from django.db import migrations

from documents import legal_texts


def load(apps, schema_editor):
    legal_texts.load_missing(apps.get_model("documents", "LegalText"))


def unload(apps, schema_editor):
    legal_texts.remove(apps.get_model("documents", "LegalText"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_legaltext_issuer")]

    operations = [migrations.RunPython(load, unload)]
