from __future__ import annotations

from django.urls import URLPattern

from awards.catalogue import urls as catalogue
from awards.certificates import urls as certificates
from awards.collecting import urls as collecting
from awards.councils import urls as councils
from awards.deciding import urls as deciding
from awards.dossiers import urls as dossiers
from awards.papers import urls as papers
from awards.register import urls as register

app_name = "awards"

urlpatterns: list[URLPattern] = [
    *collecting.urlpatterns,
    *catalogue.urlpatterns,
    *dossiers.urlpatterns,
    *councils.urlpatterns,
    *deciding.urlpatterns,
    *certificates.urlpatterns,
    *register.urlpatterns,
    *papers.urlpatterns,
]
