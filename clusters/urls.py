from __future__ import annotations

from django.urls import URLPattern

from clusters.criteria import urls as criteria
from clusters.papers import urls as papers
from clusters.ranking import urls as ranking
from clusters.receipts import urls as receipts
from clusters.reviewing import urls as reviewing
from clusters.running import urls as running
from clusters.sheets import urls as sheets

app_name = "clusters"

urlpatterns: list[URLPattern] = [
    *running.urlpatterns,
    *criteria.urlpatterns,
    *sheets.urlpatterns,
    *reviewing.urlpatterns,
    *receipts.urlpatterns,
    *ranking.urlpatterns,
    *papers.urlpatterns,
]
