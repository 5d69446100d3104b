"""Administrative units and their parts through time, who issues papers, people, users and roles.

A unit's row is one legal life: the reform of 1 July 2025 ended thousands of rows and began
others, joined by ``Succession``. The level above is ``parent``, whatever it is (commune →
district → province until June 2025, commune → province since); nothing hard-codes it.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from core.models import Searchable
from core.text import split_lines


class InForce(models.QuerySet):
    """Rows with ``valid_from`` and ``valid_to``; both days count, blank means open."""

    def on(self, day: dt.date | None = None) -> InForce:
        day = day or timezone.localdate()
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day),
        )


class Dated(models.Model):
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_force(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Unit(Searchable, Dated):
    """A province, district or commune."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "Cấp tỉnh"
        DISTRICT = "district", "Cấp huyện"
        COMMUNE = "commune", "Cấp xã"

    kind = models.CharField("cấp", max_length=10, choices=Kind)
    code = models.CharField(
        "mã", max_length=20, unique=True, help_text="Mã đơn vị hành chính, hoặc mã do chương trình đặt."
    )
    designation = models.CharField("loại", max_length=20, help_text="xã, phường, thị trấn, đặc khu, huyện, tỉnh…")
    name = models.CharField("tên riêng", max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="trực thuộc", null=True, blank=True, related_name="lower"
    )
    is_verified = models.BooleanField("đã đối chiếu", default=True)
    approves_inside = models.BooleanField("duyệt trong chương trình", default=False)
    """Leaders approve and the clerk numbers here; off, one officer records what was done on paper or next door."""
    village_word = models.CharField("gọi thôn là", max_length=20, default="thôn", help_text="thôn, ấp, khu phố, bản…")

    objects = models.Manager.from_queryset(InForce)()
    search_fields = ("designation", "name", "code")

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["parent", "name"], name="unit_by_parent")]

    def __str__(self) -> str:
        return f"{self.designation} {self.name}".strip()

    @property
    def title(self) -> str:
        """At the head of a page or a sentence."""
        label = str(self)
        return label[:1].upper() + label[1:]


class Part(Searchable, Dated):
    """What a plan assigns work to inside a unit: a village, a school, an office, «Các thôn»."""

    class Kind(models.TextChoices):
        VILLAGE = "village", "Thôn, khu phố"
        SCHOOL = "school", "Trường học"
        STATION = "station", "Trạm, trung tâm"
        OFFICE = "office", "Cơ quan, phòng, ban"
        ORGANISATION = "organisation", "Đoàn thể"
        COUNCIL = "council", "Hội đồng, ban chỉ đạo"
        GROUP = "group", "Nhóm đơn vị"
        OTHER = "other", "Khác"

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="parts")
    kind = models.CharField("loại", max_length=12, choices=Kind, default=Kind.OTHER)
    name = models.CharField("tên", max_length=300)
    head = models.ForeignKey(
        "Person", models.SET_NULL, verbose_name="người đứng đầu", null=True, blank=True, related_name="+"
    )
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    order = models.PositiveIntegerField("thứ tự", default=0)

    objects = models.Manager.from_queryset(InForce)()
    search_fields = ("name",)

    class Meta:
        verbose_name = "bộ phận"
        verbose_name_plural = "bộ phận"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name", "valid_from"], name="part_once"),
            models.UniqueConstraint(
                fields=["unit", "name"], name="part_once_undated", condition=models.Q(valid_from__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """Who took over from whom: units or parts, whole or a share of them."""

    date = models.DateField("từ ngày")
    old_unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="heirs", verbose_name="đơn vị cũ"
    )
    new_unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="origins", verbose_name="đơn vị mới"
    )
    old_part = models.ForeignKey(
        Part, models.CASCADE, null=True, blank=True, related_name="heirs", verbose_name="bộ phận cũ"
    )
    new_part = models.ForeignKey(
        Part, models.CASCADE, null=True, blank=True, related_name="origins", verbose_name="bộ phận mới"
    )
    is_whole = models.BooleanField("toàn bộ", default=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "kế thừa"
        verbose_name_plural = "kế thừa"
        constraints = [
            models.CheckConstraint(
                name="succession_of_units_or_of_parts",
                condition=models.Q(
                    old_unit__isnull=False, new_unit__isnull=False, old_part__isnull=True, new_part__isnull=True
                )
                | models.Q(
                    old_unit__isnull=True, new_unit__isnull=True, old_part__isnull=False, new_part__isnull=False
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_unit or self.old_part} → {self.new_unit or self.new_part}"


class Issuer(Searchable, Dated):
    """The head of a paper: nothing printed is guessed from the tree of units."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="issuers")
    part = models.ForeignKey(
        Part, models.SET_NULL, verbose_name="bộ phận", null=True, blank=True, related_name="issuers"
    )
    superior = models.CharField(
        "cơ quan chủ quản", max_length=300, blank=True, help_text="Để trống với Ủy ban nhân dân, Hội đồng nhân dân."
    )
    name_lines = models.TextField(
        "tên cơ quan ban hành", help_text="Chữ in hoa, xuống dòng như trên văn bản: ỦY BAN NHÂN DÂN / XÃ AN SƠN."
    )
    place = models.CharField("địa danh", max_length=120, blank=True)
    symbol = models.CharField(
        "ký hiệu cơ quan", max_length=40, blank=True, help_text="Phần sau dấu gạch: UBND trong KH-UBND."
    )
    series = models.CharField("sổ số", max_length=80, blank=True)
    signature_lines = models.TextField("quyền hạn, chức vụ người ký", blank=True)
    signature_post = models.CharField("chức vụ khác, ghi trên họ tên", max_length=300, blank=True)

    objects = models.Manager.from_queryset(InForce)()
    search_fields = ("superior", "name_lines")

    class Meta:
        verbose_name = "cơ quan ban hành"
        verbose_name_plural = "cơ quan ban hành"
        ordering = ["unit_id", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def lines(self) -> tuple[str, ...]:
        return split_lines(self.name_lines)

    @property
    def name(self) -> str:
        """On one line."""
        return " ".join(self.lines)


class Person(Searchable, Dated):
    """Anyone named on paper. The honorific stands apart: Decree 30 keeps it off the signature."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="people")
    part = models.ForeignKey(
        Part, models.SET_NULL, verbose_name="bộ phận", null=True, blank=True, related_name="people"
    )
    honorific = models.CharField(
        "danh xưng", max_length=20, blank=True, help_text="Ông, Bà, Đồng chí; học hàm, học vị."
    )
    full_name = models.CharField("họ và tên", max_length=120)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    post = models.CharField("chức vụ", max_length=160, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)

    objects = models.Manager.from_queryset(InForce)()
    search_fields = ("full_name", "post")

    class Meta:
        verbose_name = "người"
        verbose_name_plural = "người"
        ordering = ["full_name", "id"]
        indexes = [models.Index(fields=["unit", "full_name"], name="person_by_unit")]

    def __str__(self) -> str:
        return self.full_name


class User(AbstractUser):
    """An account. The e-mail is optional; what the person is called stands in ``person``."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9._-]{3,60}$", "Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, số, dấu chấm, gạch."
            )
        ],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng."},
    )
    email = models.EmailField("thư điện tử", blank=True)
    person = models.OneToOneField(
        Person, models.SET_NULL, verbose_name="là", null=True, blank=True, related_name="user"
    )
    large_text = models.BooleanField("chữ lớn", default=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.person.full_name if self.person else self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class Membership(Dated):
    """A user's role in a unit."""

    class Role(models.TextChoices):
        OFFICER = "officer", "Cán bộ thi đua, khen thưởng"
        CLERK = "clerk", "Văn thư"
        LEADER = "leader", "Lãnh đạo"
        COUNCIL_MEMBER = "council_member", "Thành viên Hội đồng"
        COUNCIL_SECRETARY = "council_secretary", "Thư ký Hội đồng"
        REVIEWER = "reviewer", "Người thẩm định"
        ADMINISTRATOR = "administrator", "Quản trị"

    user = models.ForeignKey(User, models.CASCADE, verbose_name="tài khoản", related_name="memberships")
    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="memberships")
    role = models.CharField("vai trò", max_length=20, choices=Role)

    objects = models.Manager.from_queryset(InForce)()

    class Meta:
        verbose_name = "vai trò"
        verbose_name_plural = "vai trò"
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role", "valid_from"], name="membership_once"),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                name="membership_once_undated",
                condition=models.Q(valid_from__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"


class Invitation(models.Model):
    """A link that makes one account; only its hash is kept."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="invitations")
    role = models.CharField("vai trò", max_length=20, choices=Membership.Role)
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="người được mời", related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.CASCADE, verbose_name="người mời", related_name="+")
    created_at = models.DateTimeField("lúc", auto_now_add=True)
    expires_at = models.DateTimeField("hết hạn")
    used_at = models.DateTimeField("đã dùng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lời mời"
        verbose_name_plural = "lời mời"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
