"""Figures of the year in the demonstration, as far as it has gone: what is not counted yet stays without a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.models import Campaign, Result, Share
from campaigns.periods import Period, period_of
from campaigns.results.evidence import Proof, keep
from campaigns.results.services import Entry, record_results
from documents.models import Evidence
from tdkt.demo.campaign_scene import Scene
from tdkt.demo.campaign_year import CROPS, FOREST, HOUSES, JOBS, LEAVING, target
from tdkt.demo.pictures import planting

_QUARTERS = ("Q1", "H1", "9M", "Y")
_NOBODY = ("", "", "", "")
_WHOLE = {
    "tốc độ tăng giá trị sản xuất": ("9,8", "10,9", "11,4", "12,2"),
    "diện tích chè": ("", "131", "172", "247"),
    "đàn gia súc chính": ("9120", "9380", "9610", "9840"),
    "thu ngân sách trên địa bàn": ("6,4", "13,1", "19,2", "25,3"),
    "giải ngân": ("11,2", "38,5", "61,7", "96,1"),
    "thu nhập bình quân": ("", "", "", "58,6"),
    "sản phẩm được công nhận": ("", "1", "2", "2"),
    "tỷ lệ hộ nghèo": ("", "", "", "1,62"),
    "tỷ lệ gia đình văn hóa": ("", "", "", "91,4"),
    "tỷ lệ thôn văn hóa": ("", "", "", "89,3"),
    "tỷ lệ người dân tham gia bảo hiểm y tế": ("94,2", "95,8", "96,6", "97,3"),
    "tỷ lệ trẻ em": ("", "14,6", "", "13,8"),
    "tỷ lệ học sinh hoàn thành": ("", "100", "100", "100"),
    "tỷ lệ hộ sử dụng nước": ("97,1", "97,6", "98,2", "98,4"),
    "tỷ lệ chất thải rắn": ("78,5", "81,9", "84,3", "86,2"),
    "tỷ lệ hồ sơ giải quyết quá hạn": ("1,4", "0,9", "0,7", "0,6"),
    "tỷ lệ hồ sơ nộp trực tuyến": ("71,3", "77,8", "82,5", "84,1"),
    "mức độ hài lòng": ("93,7", "95,4", "95,9", "96,2"),
    "chỉ tiêu giao quân": ("100", "100", "100", "100"),
    "số vụ phạm pháp": ("4,5", "8,2", "9,6", "11,3"),
}
"""By quarter, counted from the beginning of the year; what is counted once a year has no figure before."""
_SHARES_REACHED = {
    CROPS: (0, 49, 71, 101),
    FOREST: (22, 71, 93, 102),
    HOUSES: (17, 51, 77, 100),
    JOBS: (21, 54, 78, 104),
}
"""Percent of what each part was given; 0: nothing is harvested yet, so nobody reports."""
_LEAVING = ("", "0,1", "0,2", "0,2")
_MONTHLY = {"thu ngân sách trên địa bàn": "0", "giải ngân": "0", "tỷ lệ hồ sơ nộp trực tuyến": "70"}
"""Counted each month too, from this figure on at the beginning of the year."""
_MISSING = 3
"""Parts from which nothing came yet for the last period."""
_ONE_DECIMAL = Decimal("0.1")


def enter_results(scene: Scene, campaign: Campaign) -> None:
    """Of every quarter that is over, and of the month after the last of them."""
    over = [code for code in _QUARTERS if _period(scene, code).last < scene.today]
    for quarter, code in enumerate(over):
        period = _period(scene, code)
        record_results(campaign, list(_of_whole(scene, campaign, quarter, period)), actor=scene.officer)
        is_last = code == over[-1]
        record_results(campaign, list(_of_parts(scene, campaign, quarter, period, is_last)), actor=scene.officer)
    if over:
        _with_a_picture(scene, campaign, over[-1])
        _correct(scene, campaign, over[-1])
    month = scene.today.month - 1
    if scene.today.year == scene.year and month % 3:
        period = _period(scene, f"M{month:02}")
        record_results(campaign, list(_of_month(scene, campaign, month, period)), actor=scene.officer)


def _period(scene: Scene, code: str) -> Period:
    return period_of(f"{scene.year}-{code}")


def figure(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


# -- Of the commune as a whole ---------------------------------------------------------------


def _of_whole(scene: Scene, campaign: Campaign, quarter: int, period: Period) -> Iterator[Entry]:
    economy = _report(scene, period, f"{14 + quarter * 9}/BC-KT", "Phòng Kinh tế")
    police = _report(scene, period, f"{31 + quarter * 12}/BC-CAX", "Công an xã")
    proofs = {"tốc độ": economy, "đàn gia súc": economy, "thu ngân sách": economy, "số vụ": police}
    for start, figures in _WHOLE.items():
        if figures[quarter]:
            of = target(campaign, start)
            proof = next((one for words, one in proofs.items() if start.startswith(words)), None)
            yield Entry(of, period.code, figure(figures[quarter]), evidence=proof)


def _report(scene: Scene, period: Period, number: str, issuer: str) -> Evidence:
    """By which an office told its figures."""
    day = scene.not_after(period.last + 4 * scene.ONE)
    proof = Proof(number=number, date=day, issuer=f"{issuer} {scene.commune}".replace("xã xã", "xã"))
    return keep(proof, unit_id=scene.commune.pk, actor=scene.officer)


def _of_month(scene: Scene, campaign: Campaign, month: int, period: Period) -> Iterator[Entry]:
    """On the way from one quarter's figure to the next."""
    quarter, passed = divmod(month, 3)
    for start, first in _MONTHLY.items():
        ends = [figure(first), *(figure(one) for one in _WHOLE[start])]
        value = ends[quarter] + (ends[quarter + 1] - ends[quarter]) * passed / 3
        yield Entry(target(campaign, start), period.code, value.quantize(_ONE_DECIMAL, ROUND_HALF_UP))


# -- Of villages and schools -----------------------------------------------------------------


def _of_parts(scene: Scene, campaign: Campaign, quarter: int, period: Period, is_last: bool) -> Iterator[Entry]:
    """Of the last period some are still missing: their sum says so."""
    for start, reached in _SHARES_REACHED.items():
        if reached[quarter]:
            shares = _shares(campaign, start)
            came = shares[:-_MISSING] if is_last and start != HOUSES else shares
            yield from (
                Entry(share.target, period.code, _of_share(share, reached[quarter], at), part=share.part)
                for at, share in enumerate(came)
            )
    if _LEAVING[quarter]:
        for share in _shares(campaign, LEAVING)[: -1 if is_last else None]:
            yield Entry(share.target, period.code, figure(_LEAVING[quarter]), part=share.part)


def _shares(campaign: Campaign, start: str) -> Sequence[Share]:
    rows = Share.objects.filter(target=target(campaign, start)).select_related("part", "target__campaign")
    return list(rows.order_by("part__order", "part"))


def _of_share(share: Share, percent: int, at: int) -> Decimal:
    """Some are a little ahead, some behind; whole tonnes, hectares, houses."""
    own = percent + (-6, 2, 5, 0, -1)[at % 5]
    return (share.low * own / 100).quantize(Decimal(1), ROUND_HALF_UP)


def _with_a_picture(scene: Scene, campaign: Campaign, code: str) -> None:
    """One village sends a photograph of what it planted."""
    before = _newest(campaign, code, 0)
    upload = SimpleUploadedFile("nghiem-thu-trong-rung.png", planting(), "image/png")
    proof = keep(Proof(upload=upload), unit_id=scene.commune.pk, actor=scene.officer)
    entry = _again(before, before.value, "Có ảnh nghiệm thu tại hiện trường.", proof)
    record_results(campaign, [entry], actor=scene.officer)


def _correct(scene: Scene, campaign: Campaign, code: str) -> None:
    """What was counted twice is put right; the figure before stays to be seen."""
    before = _newest(campaign, code, 1)
    note = "Đính chính theo biên bản nghiệm thu: trừ 2 ha trồng dặm đã tính ở kỳ trước."
    record_results(campaign, [_again(before, before.value - 2, note, before.evidence)], actor=scene.officer)


def _newest(campaign: Campaign, code: str, place: int) -> Result:
    rows = Result.objects.filter(target=target(campaign, FOREST), period__endswith=code, replaced_by=None)
    found: Result = rows.select_related("target__campaign", "part", "evidence").order_by("part__order", "pk")[place]
    return found


def _again(before: Result, value: Decimal, note: str, evidence: Evidence | None) -> Entry:
    return Entry(before.target, before.period, value, part=before.part, was=before.pk, note=note, evidence=evidence)
