"""Words of clusters: a khối is spoken of as a khối everywhere, points stand with a decimal comma."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

from clusters.models import Cluster, Member, Season
from clusters.scoring import shown

_COMMON = re.compile(
    r"(?:Xã|Phường|Thị trấn|Thị xã|Thành phố|Đặc khu|Huyện|Quận|Thôn|Ấp|Bản|Buôn|Làng|Xóm|Khóm|Khu phố|Tổ dân phố)\s"
)
_CLUSTER = re.compile(r"\b([Cc])ụm\b")


def word(kind: str) -> str:
    """«cụm», or «khối»."""
    return "khối" if kind == Cluster.Kind.BLOCK else "cụm"


def worded(text: str, kind: str) -> str:
    """A label of ours («Trưởng cụm đang chấm») as a cluster of that kind says it («Trưởng khối đang chấm»)."""
    if kind != Cluster.Kind.BLOCK:
        return text
    return _CLUSTER.sub(lambda found: "Khối" if found[1] == "C" else "khối", text)


def head(kind: str) -> str:
    return worded("Trưởng cụm", kind)


def deputy(kind: str) -> str:
    return worded("Phó trưởng cụm", kind)


def role_label(role: str, kind: str) -> str:
    return worded(Member.Role(role).label, kind)


def in_season(text: str, season: Season) -> str:
    return worded(text, season.cluster.kind)


def in_sentence(name: str) -> str:
    """«Xã An Bình» within a sentence: «xã An Bình»; «Công an tỉnh» keeps its letter."""
    return name[:1].lower() + name[1:] if _COMMON.match(name) else name


def points_shown(points: Fraction, decimals: int) -> str:
    """«18,04», «−1,50»: as every page and paper shows points."""
    return in_print(shown(points, decimals))


def in_print(figure: str) -> str:
    """A figure as machines write it («-1.50») with a decimal comma and a real minus."""
    return figure.replace(".", ",").replace("-", "−")


def days_left(day: dt.date, today: dt.date) -> str:
    """«còn 12 ngày», «hôm nay», «quá hạn 3 ngày»: by the calendar."""
    days = (day - today).days
    if days == 0:
        return "hạn hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"
