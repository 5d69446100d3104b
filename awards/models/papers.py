"""Papers of awards: what is written in them besides what the rows say."""

from __future__ import annotations

from django.db import models

from awards.models.common import acting_user, stored_file
from awards.models.council import Sitting
from awards.models.proposing import Consultation, Nominee, Round
from awards.models.register import Decision
from documents.models import IssuedPaper
from units.models import Issuer, Unit

OWNERS = ("round", "nominee", "consultation", "sitting", "decision")


def _of_one() -> models.Q:
    """Of exactly one of them."""
    found = models.Q()
    for owner in OWNERS:
        found |= models.Q(**{f"{name}__isnull": name != owner for name in OWNERS})
    return found


class AwardPaper(models.Model):
    class Kind(models.TextChoices):
        SUBMISSION = "submission", "Tờ trình đề nghị khen thưởng"
        REPORT = "report", "Báo cáo thành tích"
        CONSULTATION = "consult", "Danh sách lấy ý kiến hiệp y"
        INVITATION = "invitation", "Giấy mời họp Hội đồng"
        LIST = "list", "Danh sách trích ngang"
        BALLOT = "ballot", "Phiếu bầu"
        MINUTES = "minutes", "Biên bản họp Hội đồng"
        COUNT = "count", "Biên bản kiểm phiếu"
        DECISION = "decision", "Quyết định khen thưởng"
        PAY_LIST = "pay_list", "Danh sách chi tiền thưởng"
        HAND_OVER = "hand_over", "Kịch bản trao thưởng"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="award_papers")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    round = models.ForeignKey(Round, models.CASCADE, null=True, blank=True, related_name="papers")
    nominee = models.ForeignKey(Nominee, models.CASCADE, null=True, blank=True, related_name="written_papers")
    consultation = models.ForeignKey(Consultation, models.CASCADE, null=True, blank=True, related_name="papers")
    sitting = models.ForeignKey(Sitting, models.CASCADE, null=True, blank=True, related_name="papers")
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="papers")
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, verbose_name="cơ quan ban hành", null=True, blank=True, related_name="+"
    )
    day = models.DateField("ngày", null=True, blank=True)
    texts = models.JSONField("lời văn", default=dict, blank=True)
    """Field → text, where the officer wrote another one than what is drafted from the rows."""
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, verbose_name="đã ban hành", null=True, blank=True, related_name="+"
    )
    pdf_file = stored_file("bản PDF")
    """Of a paper without number, which enters no register: as it was drawn when it was recorded as signed."""
    word_file = stored_file("bản Word")
    signed_file = stored_file("bản đã ký")
    by = acting_user("người soạn")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "văn bản khen thưởng"
        verbose_name_plural = "văn bản khen thưởng"
        ordering = ["id"]
        constraints = [
            *(
                models.UniqueConstraint(fields=["kind", owner], name=f"award_paper_of_{owner}_once")
                for owner in OWNERS
            ),
            models.CheckConstraint(name="award_paper_of_one", condition=_of_one()),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_frozen(self) -> bool:
        """Recorded as issued or signed: words, figures and files stand still."""
        return self.paper_id is not None or self.pdf_file_id is not None
