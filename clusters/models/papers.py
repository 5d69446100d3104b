"""Papers of a season: what is written in them besides what the rows say."""

from __future__ import annotations

from django.db import models

from clusters.models.cluster import Season
from core.models import StoredFile
from documents.models import IssuedPaper
from units.models import Issuer


def _file(verbose_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name=verbose_name, null=True, blank=True, related_name="+"
    )


class SeasonPaper(models.Model):
    class Kind(models.TextChoices):
        PLEDGE = "pledge", "Giao ước thi đua"
        CRITERIA = "criteria", "Bảng tiêu chí và thang điểm"
        SUMMARY = "summary", "Bảng tổng hợp kết quả chấm điểm"
        MEETING = "meeting", "Biên bản họp bình xét"
        COUNT = "count", "Biên bản kiểm phiếu"
        HANDOVER = "handover", "Biên bản bàn giao"
        PROPOSAL = "proposal", "Tờ trình đề nghị khen thưởng"

    season = models.ForeignKey(Season, models.CASCADE, related_name="papers")
    kind = models.CharField("loại", max_length=8, choices=Kind)
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, verbose_name="cơ quan ban hành", null=True, blank=True, related_name="+"
    )
    day = models.DateField("ngày", null=True, blank=True)
    texts = models.JSONField("lời văn", default=dict, blank=True)
    """Field → text, as the form of the kind asks for them: chair, secretary, present, opinions, items handed over …"""
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, verbose_name="đã ban hành", null=True, blank=True, related_name="+"
    )
    pdf_file = _file("bản PDF")
    """Of a paper without number, which enters no register: as it was drawn when it was recorded as signed."""
    word_file = _file("bản Word")
    signed_file = _file("bản đã ký")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "văn bản của năm thi đua"
        verbose_name_plural = "văn bản của năm thi đua"
        ordering = ["kind", "id"]
        constraints = [models.UniqueConstraint(fields=["season", "kind"], name="season_paper_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.season}"

    @property
    def is_frozen(self) -> bool:
        """Recorded as issued or signed: words, figures and files stand still."""
        return self.paper_id is not None or self.pdf_file_id is not None
