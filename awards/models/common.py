"""What several nouns of awards have in common."""

from __future__ import annotations

from django.db import models

from awards.facts import Mode, Path, Recipient
from awards.money import BY_WORDS, By
from awards.shipped import Cycle, Route
from core.models import StoredFile
from units.models import User

AWARD_CODE = 12
"""Longest code in the catalogue, with room."""


class RecipientKind(models.TextChoices):
    PERSON = Recipient.PERSON.value, "Cá nhân"
    COLLECTIVE = Recipient.COLLECTIVE.value, "Tập thể"
    HOUSEHOLD = Recipient.HOUSEHOLD.value, "Hộ gia đình"


class Level(models.TextChoices):
    """Leadership level, by which quotas and the statistics tell leaders from direct workers."""

    DIRECT = "direct", "Người trực tiếp lao động, công tác"
    LEADER = "leader", "Lãnh đạo từ cấp phó phòng trở lên"
    DEPARTMENT = "department", "Lãnh đạo sở, ngành và tương đương"
    PROVINCE = "province", "Lãnh đạo cấp tỉnh, bộ và tương đương"
    BUSINESS = "business", "Doanh nhân"
    OTHER = "", "Chưa phân loại"


class PathKind(models.TextChoices):
    """Loại hình khen thưởng, as conditions know it."""

    MERIT = Path.MERIT.value, "Theo công trạng và thành tích đạt được"
    MOVEMENT = Path.MOVEMENT.value, "Theo phong trào thi đua, chuyên đề"
    SUDDEN = Path.SUDDEN.value, "Đột xuất"
    CONTRIBUTION = Path.CONTRIBUTION.value, "Đóng góp, ủng hộ"


MODE_OF_PATH = {
    PathKind.MERIT: Mode.MERIT,
    PathKind.MOVEMENT: Mode.THEMATIC,
    PathKind.SUDDEN: Mode.SUDDEN,
    PathKind.CONTRIBUTION: Mode.THEMATIC,
}
"""How an award counts later: thematic and sudden ones are no base for merit (NĐ 152/2025, Điều 4 khoản 3)."""


class CycleKind(models.TextChoices):
    YEAR = Cycle.YEAR.value, "Năm"
    SCHOOL_YEAR = Cycle.SCHOOL_YEAR.value, "Năm học"
    OCCASION = Cycle.OCCASION.value, "Theo đợt, theo việc"


class RouteKind(models.TextChoices):
    SECRET = Route.SECRET.value, "Họp, bỏ phiếu kín"
    SHOW = Route.SHOW.value, "Họp, biểu quyết giơ tay"
    WRITTEN = Route.WRITTEN.value, "Lấy ý kiến bằng văn bản"
    STANDING = Route.STANDING.value, "Thường trực Hội đồng xét"
    CHAIR = Route.CHAIR.value, "Chủ tịch quyết định ngay"
    VILLAGE = Route.VILLAGE.value, "Họp thôn, niêm yết danh sách"


class DeciderKind(models.TextChoices):
    COMMUNE = By.COMMUNE.value, BY_WORDS[By.COMMUNE]
    DEPARTMENT = By.DEPARTMENT.value, BY_WORDS[By.DEPARTMENT]
    DISTRICT = By.DISTRICT.value, BY_WORDS[By.DISTRICT]
    PROVINCE = By.PROVINCE.value, BY_WORDS[By.PROVINCE]
    PM = By.PM.value, BY_WORDS[By.PM]
    STATE = By.STATE.value, BY_WORDS[By.STATE]


def acting_user(verbose_name: str) -> models.ForeignKey:
    return models.ForeignKey(User, models.PROTECT, verbose_name=verbose_name, null=True, blank=True, related_name="+")


def stored_file(verbose_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name=verbose_name, null=True, blank=True, related_name="+"
    )
