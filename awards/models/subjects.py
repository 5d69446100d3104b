"""Whom awards are about, and what is known of them by year. Facts of law are read from here (``awards.judging``)."""

from __future__ import annotations

import datetime as dt

from django.db import models

from awards.facts import RATING_WORDS, SCOPE_WORDS, Scope
from awards.models.common import RecipientKind, acting_user
from core.models import Searchable
from documents.models import Evidence
from units.models import Part, Person, Unit


class Subject(Searchable):
    """Đối tượng: a person, collective or household as one unit keeps it in its register.

    Known again by identity number, else by name, birth year and part; ``continues`` leads to the row of the unit
    that kept it before a merger or a move, so that its history goes on.
    """

    class Gender(models.TextChoices):
        UNKNOWN = "", "Chưa ghi"
        MALE = "male", "Nam"
        FEMALE = "female", "Nữ"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="award_subjects")
    kind = models.CharField("đối tượng", max_length=10, choices=RecipientKind, default=RecipientKind.PERSON)
    honorific = models.CharField("danh xưng", max_length=20, blank=True)
    name = models.CharField("họ và tên, tên gọi", max_length=300)
    gender = models.CharField("giới tính", max_length=6, choices=Gender, blank=True, default=Gender.UNKNOWN)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    post = models.CharField("chức vụ", max_length=300, blank=True)
    part = models.ForeignKey(
        Part, models.PROTECT, verbose_name="bộ phận", null=True, blank=True, related_name="award_subjects"
    )
    """Where it belongs, or, of a collective, which one it is."""
    lower = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị cấp dưới", null=True, blank=True, related_name="+"
    )
    """The same, of a unit below."""
    person = models.ForeignKey(
        Person, models.SET_NULL, verbose_name="là người", null=True, blank=True, related_name="award_subjects"
    )
    identity_hash = models.CharField(max_length=64, blank=True, editable=False)
    """Keyed hash of the identity number: finds the same person without showing the number."""
    identity_sealed = models.TextField(blank=True, editable=False)
    """The number, encrypted (``awards.identity``). Never demanded of villagers."""
    continues = models.ForeignKey(
        "self", models.PROTECT, verbose_name="trước đây là", null=True, blank=True, related_name="continued_by"
    )
    maternity_years = models.JSONField("năm nghỉ thai sản", default=list, blank=True)

    search_fields = ("name", "birth_year", "part", "lower", "post")

    class Meta:
        verbose_name = "đối tượng khen thưởng"
        verbose_name_plural = "đối tượng khen thưởng"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "identity_hash"],
                name="award_subject_identity_once",
                condition=~models.Q(identity_hash=""),
            ),
            models.CheckConstraint(
                name="award_subject_of_part_or_unit",
                condition=models.Q(part__isnull=True) | models.Q(lower__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind", "name"], name="award_subject_by_unit")]

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """Xếp loại chất lượng of a year. «Dự kiến» ones are confirmed later."""

    class Level(models.TextChoices):
        HTXSNV = "HTXSNV", RATING_WORDS["HTXSNV"][:1].upper() + RATING_WORDS["HTXSNV"][1:]
        HTT = "HTT", RATING_WORDS["HTT"][:1].upper() + RATING_WORDS["HTT"][1:]
        HTNV = "HTNV", RATING_WORDS["HTNV"][:1].upper() + RATING_WORDS["HTNV"][1:]
        KHTNV = "KHTNV", RATING_WORDS["KHTNV"][:1].upper() + RATING_WORDS["KHTNV"][1:]

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="ratings")
    year = models.PositiveSmallIntegerField("năm")
    level = models.CharField("xếp loại", max_length=6, choices=Level)
    is_expected = models.BooleanField("dự kiến", default=False)
    source = models.CharField("theo văn bản", max_length=300, blank=True)
    by = acting_user("người nhập")
    at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        verbose_name = "xếp loại"
        verbose_name_plural = "xếp loại"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["subject", "year"], name="rating_of_year_once")]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_level_display()}"


class Headcount(models.Model):
    """Of a collective in a year: what the titles of collectives count."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="headcounts")
    year = models.PositiveSmallIntegerField("năm")
    total = models.PositiveIntegerField("số người")
    ldtt = models.PositiveIntegerField("Lao động tiên tiến", default=0)
    cstdcs = models.PositiveIntegerField("Chiến sĩ thi đua cơ sở", default=0)
    completed = models.PositiveIntegerField("hoàn thành nhiệm vụ", default=0)
    warned_or_worse = models.PositiveIntegerField("bị kỷ luật từ cảnh cáo trở lên", default=0)
    women = models.PositiveIntegerField("nữ", null=True, blank=True)
    by = acting_user("người nhập")
    at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        verbose_name = "số người của tập thể"
        verbose_name_plural = "số người của tập thể"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "year"], name="headcount_of_year_once"),
            models.CheckConstraint(
                name="headcount_adds_up",
                condition=models.Q(ldtt__lte=models.F("total"))
                & models.Q(cstdcs__lte=models.F("total"))
                & models.Q(completed__lte=models.F("total")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.year}: {self.total}"


class Impediment(models.Model):
    """Discipline, or a case that is looked into: shown only to those who decide, and each look is on record."""

    class Kind(models.TextChoices):
        DISCIPLINE = "discipline", "Kỷ luật"
        CASE = "case", "Vụ việc đang xem xét, xác minh"

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="impediments")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    level = models.CharField("hình thức, nội dung", max_length=120)
    start = models.DateField("từ ngày")
    end = models.DateField("đến hết ngày", null=True, blank=True)
    """None: still in force, still open."""
    source = models.CharField("cơ quan xác nhận, văn bản", max_length=300, blank=True)
    by = acting_user("người nhập")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "kỷ luật, vụ việc"
        verbose_name_plural = "kỷ luật, vụ việc"
        ordering = ["-start", "-id"]
        constraints = [
            models.CheckConstraint(
                name="impediment_ends_after_its_start",
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.level}"

    def is_open(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or self.end >= day)


class Initiative(Searchable):
    """Sáng kiến, đề tài. Used once as a standard (CV 5007/BNV-TĐKT năm 2023, mục III.5.c)."""

    class Scope(models.TextChoices):
        BASE = Scope.BASE.value, SCOPE_WORDS[Scope.BASE][:1].upper() + SCOPE_WORDS[Scope.BASE][1:]
        PROVINCE = Scope.PROVINCE.value, SCOPE_WORDS[Scope.PROVINCE][:1].upper() + SCOPE_WORDS[Scope.PROVINCE][1:]
        NATION = Scope.NATION.value, SCOPE_WORDS[Scope.NATION][:1].upper() + SCOPE_WORDS[Scope.NATION][1:]

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="initiatives")
    title = models.CharField("tên sáng kiến, đề tài", max_length=500)
    year = models.PositiveSmallIntegerField("năm")
    authors = models.ManyToManyField(Subject, verbose_name="tác giả", related_name="initiatives")
    scope = models.CharField("phạm vi", max_length=8, choices=Scope, default=Scope.BASE)
    is_recognised = models.BooleanField("đã được công nhận", default=False)
    recognised_by = models.CharField("quyết định công nhận", max_length=300, blank=True)
    recognised_on = models.DateField("ngày công nhận", null=True, blank=True)
    applied_at = models.CharField("nơi áp dụng", max_length=300, blank=True)
    used_for = models.CharField("đã dùng làm căn cứ cho", max_length=12, blank=True)
    """Code of the award, where it was used outside the register; uses in it are read from the nominees."""
    evidence = models.ManyToManyField(Evidence, verbose_name="tài liệu", blank=True, related_name="+")

    search_fields = ("title", "year")

    class Meta:
        verbose_name = "sáng kiến"
        verbose_name_plural = "sáng kiến"
        ordering = ["-year", "title", "id"]

    def __str__(self) -> str:
        return self.title
