"""From the lists that come in to dossiers that are ready: rounds, proposals, nominees, what is asked of others."""

from __future__ import annotations

from django.db import models

from awards.models.common import AWARD_CODE, CycleKind, Level, PathKind, RecipientKind, acting_user, stored_file
from awards.models.subjects import Initiative, Subject
from awards.states import NomineeState, ProposalState, RoundState
from campaigns.models import Campaign, Exemplar
from clusters.models import Commendation, Season
from core.models import Searchable
from documents.models import Delivery, Evidence, IssuedPaper
from reminders.models import Answer, Request
from units.models import Part, Unit


class Round(Searchable):
    """Đợt xét khen thưởng of one unit: thirty lists become one."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="award_rounds")
    name = models.CharField("tên đợt xét", max_length=300)
    year = models.PositiveSmallIntegerField("năm")
    cycle = models.CharField("chu kỳ", max_length=11, choices=CycleKind, default=CycleKind.YEAR)
    path = models.CharField("loại hình khen thưởng", max_length=12, choices=PathKind, default=PathKind.MERIT)
    awards = models.JSONField("danh hiệu, hình thức được đề nghị", default=list, blank=True)
    """Codes; empty: all."""
    due = models.DateField("hạn gửi danh sách", null=True, blank=True)
    superior_due = models.DateField("hạn gửi hồ sơ lên cấp trên", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=RoundState, default=RoundState.COLLECTING)
    is_quick = models.BooleanField("khen nhanh", default=False)
    """One page, simplified dossier (Luật số 06/2022/QH15, Điều 85)."""
    request = models.OneToOneField(
        Request,
        models.SET_NULL,
        verbose_name="yêu cầu gửi danh sách",
        null=True,
        blank=True,
        related_name="award_round",
    )
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, verbose_name="phong trào", null=True, blank=True, related_name="award_rounds"
    )
    season = models.ForeignKey(
        Season, models.SET_NULL, verbose_name="năm thi đua", null=True, blank=True, related_name="award_rounds"
    )
    by = acting_user("người lập")
    at = models.DateTimeField("lập lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    search_fields = ("name", "year", "unit")

    class Meta:
        verbose_name = "đợt xét khen thưởng"
        verbose_name_plural = "đợt xét khen thưởng"
        ordering = ["-year", "-id"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "name"], name="award_round_name_once")]

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """One sender's list in a round. Neither part nor unit below: the unit's own."""

    class Way(models.TextChoices):
        LINK = "link", "Gửi qua liên kết"
        SHEET = "sheet", "Từ danh sách Excel"
        BEHALF = "behalf", "Cán bộ nhập hộ"
        OWN = "own", "Đơn vị tự đề nghị"
        BELOW = "below", "Đơn vị cấp dưới trình"
        SOURCE = "source", "Từ kết quả phong trào, cụm thi đua"

    round = models.ForeignKey(Round, models.CASCADE, related_name="proposals")
    part = models.ForeignKey(Part, models.PROTECT, verbose_name="bộ phận", null=True, blank=True, related_name="+")
    lower = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị cấp dưới", null=True, blank=True, related_name="award_proposals"
    )
    way = models.CharField("cách gửi", max_length=6, choices=Way, default=Way.BEHALF)
    answer = models.ForeignKey(
        Answer, models.SET_NULL, verbose_name="nội dung gửi về", null=True, blank=True, related_name="award_proposals"
    )
    delivery = models.ForeignKey(
        Delivery,
        models.SET_NULL,
        verbose_name="tờ trình gửi đến",
        null=True,
        blank=True,
        related_name="award_proposals",
    )
    origin = models.ForeignKey(
        Round, models.SET_NULL, verbose_name="từ đợt xét của cấp dưới", null=True, blank=True, related_name="sent_up"
    )
    file = stored_file("tệp gửi về")
    sender = models.CharField("người gửi", max_length=120, blank=True)
    day = models.DateField("ngày gửi")
    received_on = models.DateField("ngày tiếp nhận thẩm định", null=True, blank=True)
    """It chooses the law (Luật số 06/2026/QH16, Điều 3)."""
    state = models.CharField("trạng thái", max_length=8, choices=ProposalState, default=ProposalState.SENT)
    return_reason = models.CharField("lý do trả lại", max_length=300, blank=True)
    by = acting_user("người nhập")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "danh sách đề nghị"
        verbose_name_plural = "danh sách đề nghị"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "part"], name="proposal_of_part_once"),
            models.UniqueConstraint(fields=["round", "lower"], name="proposal_of_unit_once"),
            models.UniqueConstraint(
                fields=["round"],
                name="proposal_of_own_once",
                condition=models.Q(part__isnull=True, lower__isnull=True),
            ),
            models.CheckConstraint(
                name="proposal_of_part_or_unit",
                condition=models.Q(part__isnull=True) | models.Q(lower__isnull=True),
            ),
            models.CheckConstraint(
                name="proposal_returned_with_reason",
                condition=~models.Q(state="returned") | ~models.Q(return_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.part or self.lower or self.round.unit)


class Nominee(Searchable):
    """Đối tượng đề nghị: one award asked for one subject. Its words are those of the list, kept as they came."""

    class Overruled(models.TextChoices):
        NO = "", "Theo kết quả xét điều kiện"
        KEPT = "kept", "Vẫn đề nghị"
        LEFT_OUT = "left_out", "Không đề nghị"

    round = models.ForeignKey(Round, models.CASCADE, related_name="nominees")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="nominees")
    order = models.PositiveIntegerField("thứ tự")
    subject = models.ForeignKey(
        Subject, models.PROTECT, verbose_name="đối tượng", null=True, blank=True, related_name="nominees"
    )
    """None: nobody has said yet who it is."""
    kind = models.CharField("đối tượng", max_length=10, choices=RecipientKind, default=RecipientKind.PERSON)
    honorific = models.CharField("danh xưng", max_length=20, blank=True)
    name = models.CharField("họ và tên, tên gọi", max_length=300)
    gender = models.CharField("giới tính", max_length=6, choices=Subject.Gender, blank=True, default="")
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    post = models.CharField("chức vụ", max_length=300, blank=True)
    workplace = models.CharField("đơn vị công tác, địa chỉ", max_length=300, blank=True)
    level = models.CharField("phân loại", max_length=10, choices=Level, blank=True, default=Level.OTHER)
    award = models.CharField("danh hiệu, hình thức", max_length=AWARD_CODE)
    path = models.CharField("loại hình", max_length=12, choices=PathKind, default=PathKind.MERIT)
    year = models.PositiveSmallIntegerField("năm tính thành tích")
    achievement = models.TextField("tóm tắt thành tích", blank=True)
    report = models.JSONField("báo cáo thành tích", default=dict, blank=True)
    """Section of the form → text."""
    initiatives = models.ManyToManyField(
        Initiative, verbose_name="sáng kiến làm căn cứ", blank=True, related_name="nominees"
    )
    exemplar = models.ForeignKey(
        Exemplar, models.SET_NULL, verbose_name="từ điển hình", null=True, blank=True, related_name="+"
    )
    commendation = models.ForeignKey(
        Commendation, models.SET_NULL, verbose_name="từ suy tôn", null=True, blank=True, related_name="+"
    )
    origin = models.OneToOneField(
        "self", models.SET_NULL, verbose_name="từ hồ sơ cấp dưới", null=True, blank=True, related_name="above"
    )
    """Of a superior's row: the one of the unit below that sent it."""
    as_sent = models.JSONField("như nơi gửi ghi", default=dict, blank=True)
    received_on = models.DateField("ngày tiếp nhận thẩm định", null=True, blank=True)
    """Where it is another one than the proposal's."""
    state = models.CharField("trạng thái", max_length=10, choices=NomineeState, default=NomineeState.PROPOSED)
    reason = models.CharField("lý do", max_length=300, blank=True)
    """Of withdrawal, refusal or a failed vote."""
    overruled = models.CharField("quyết định khác", max_length=8, choices=Overruled, blank=True, default=Overruled.NO)
    overruled_reason = models.CharField("lý do quyết định khác", max_length=300, blank=True)
    overruled_by = acting_user("người quyết định khác")
    overruled_at = models.DateTimeField("lúc", null=True, blank=True)
    judgement = models.JSONField("kết quả xét điều kiện", null=True, blank=True)
    """As ``interchange.write_judgement`` gives it, frozen when the row became ready; before: judged on reading."""
    name_confirmed_by = models.CharField("người xác nhận tên", max_length=120, blank=True)
    name_confirmed_on = models.DateField("xác nhận tên ngày", null=True, blank=True)
    decision = models.ForeignKey(
        "awards.Decision", models.SET_NULL, verbose_name="quyết định", null=True, blank=True, related_name="nominees"
    )
    decision_order = models.PositiveIntegerField("thứ tự trao", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    search_fields = ("name", "birth_year", "post", "workplace")

    class Meta:
        verbose_name = "đối tượng đề nghị"
        verbose_name_plural = "đối tượng đề nghị"
        ordering = ["round", "order", "id"]
        constraints = [
            models.CheckConstraint(
                name="nominee_overruled_with_reason",
                condition=models.Q(overruled="") | ~models.Q(overruled_reason=""),
            ),
            models.CheckConstraint(
                name="nominee_withdrawn_with_reason",
                condition=~models.Q(state__in=["withdrawn", "refused"]) | ~models.Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["round", "award", "state"], name="nominee_by_award"),
            models.Index(fields=["subject", "award"], name="nominee_by_subject"),
        ]

    def __str__(self) -> str:
        return self.name


class DossierPaper(models.Model):
    """One piece of a dossier: a code of ``awards.shipped.PAPER_WORDS`` or a name of its own, and where it is."""

    nominee = models.ForeignKey(Nominee, models.CASCADE, related_name="papers")
    kind = models.CharField("thành phần", max_length=120)
    evidence = models.ForeignKey(Evidence, models.PROTECT, verbose_name="tài liệu", related_name="+")
    by = acting_user("người thêm")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "tài liệu trong hồ sơ"
        verbose_name_plural = "tài liệu trong hồ sơ"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.nominee}: {self.kind}"


class Correction(models.Model):
    """Trả lại một nội dung: one faulty field, while all others stand."""

    nominee = models.ForeignKey(Nominee, models.CASCADE, related_name="corrections")
    field = models.CharField("nội dung", max_length=40)
    reason = models.CharField("cần sửa gì", max_length=300)
    was = models.TextField("đang ghi", blank=True)
    now = models.TextField("đã sửa thành", blank=True)
    asked_by = acting_user("người yêu cầu")
    asked_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    answered_by = acting_user("người sửa")
    answered_at = models.DateTimeField("sửa lúc", null=True, blank=True)

    class Meta:
        verbose_name = "nội dung trả lại"
        verbose_name_plural = "nội dung trả lại"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominee", "field"], name="correction_open_once", condition=models.Q(answered_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.nominee}: {self.field}"


class Consultation(models.Model):
    """Hiệp y: one list to one body, with days; answers are pasted back."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="consultations")
    body = models.CharField("cơ quan được hỏi", max_length=300)
    part = models.ForeignKey(Part, models.PROTECT, verbose_name="bộ phận", null=True, blank=True, related_name="+")
    about = models.CharField("về", max_length=300)
    sent_on = models.DateField("ngày gửi")
    due = models.DateField("trả lời trước ngày", null=True, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    paper = models.ForeignKey(
        IssuedPaper, models.PROTECT, verbose_name="văn bản hỏi", null=True, blank=True, related_name="+"
    )
    answer = models.ForeignKey(
        Evidence, models.PROTECT, verbose_name="văn bản trả lời", null=True, blank=True, related_name="+"
    )
    by = acting_user("người gửi")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lấy ý kiến hiệp y"
        verbose_name_plural = "lấy ý kiến hiệp y"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="consultation_answered_after_it_was_sent",
                condition=models.Q(answered_on__isnull=True) | models.Q(answered_on__gte=models.F("sent_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.about}"


class Opinion(models.Model):
    """What that body says of one nominee."""

    class Says(models.TextChoices):
        WAITING = "", "Chờ trả lời"
        CLEAR = "clear", "Thống nhất"
        OBJECTS = "objects", "Không thống nhất"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="opinions")
    nominee = models.ForeignKey(Nominee, models.CASCADE, related_name="opinions")
    says = models.CharField("ý kiến", max_length=7, choices=Says, blank=True, default=Says.WAITING)
    note = models.CharField("nội dung", max_length=300, blank=True)

    class Meta:
        verbose_name = "ý kiến hiệp y"
        verbose_name_plural = "ý kiến hiệp y"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "nominee"], name="opinion_once"),
            models.CheckConstraint(
                name="objection_with_its_reason", condition=~models.Q(says="objects") | ~models.Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nominee}: {self.get_says_display()}"
