"""Score sheets of the demonstration on their way: self, cross, head, review, each with its corrections and reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from campaigns.results.evidence import Proof
from clusters.models import Criterion, Entry, Explanation, ScoreSheet, Season, StageMark
from clusters.reviewing.accepting import accept
from clusters.reviewing.explaining import Said, explain, grant, open_window, refuse
from clusters.sheets.evidence import add_proof
from clusters.sheets.services import Saying, save_many
from clusters.sheets.stages import hand_in, send_back
from clusters.sheets.typed import Values
from clusters.states import SheetStage, Stage
from core.errors import AppError
from tdkt.demo.cluster_criteria import PROVINCE, Leaf, leaves_of
from tdkt.demo.cluster_figures import judged, sayings
from tdkt.demo.cluster_scene import Scene, draw_of, sheets_of
from units.models import User

Remarks = Mapping[tuple[str, int], Mapping[str, Values]]
"""(stage, place of the member) → criterion → what that stage says otherwise."""


def cut(points: str, reason: str) -> Values:
    return Values(deduction=Decimal(points), reason=reason)


REMARKS: Remarks = {
    (Stage.CROSS, 2): {"II.5": cut("0.5", "Còn 02 đám cưới tổ chức quá quy mô; UBND xã đã có văn bản nhắc nhở.")},
    (Stage.CROSS, 6): {"IV.3": cut("1", "Xảy ra 01 vụ cháy rừng do bất cẩn, thiệt hại 0,8 ha.")},
    (Stage.HEAD, 9): {"V.4": cut("1", "Vắng 02 buổi sinh hoạt cụm không có lý do.")},
    (Stage.HEAD, 12): {"III.4": cut("1", "02 đơn khiếu nại giải quyết quá hạn.")},
    (Stage.REVIEW, 3): {
        "II.2": Values(actual=Decimal("88.6"), reason="Theo số liệu của Bảo hiểm xã hội tỉnh đến 30/11.")
    },
    (Stage.REVIEW, 5): {"V.4": cut("1", "Không cử người dự buổi sinh hoạt cụm chuyên đề chuyển đổi số.")},
    (Stage.REVIEW, 10): {"IV.3": cut("1.5", "03 vụ tai nạn giao thông có người chết; tăng 01 vụ so với năm trước.")},
    (Stage.REVIEW, 11): {
        "III.4": cut("0.5", "01 đơn kiến nghị chưa trả lời, Ban Tiếp công dân tỉnh đã đôn đốc."),
        "VII.2": Values(returned=2, reason="Trả lại 2 hồ sơ: báo cáo thành tích chưa có xác nhận."),
    },
}
"""Nothing of the twins (``cluster_figures.TWINS``): they stay equal."""
_OFFICE_PROOF = {"V.1": ("KH-UBND", 1, 20), "III.5": ("QĐ-UBND", 2, 10)}
"""Criterion → symbol and day of the paper that proves it."""
RETURNED = "Thiếu tài liệu kiểm chứng tiêu chí III.5; số liệu thu ngân sách chưa khớp với Thuế tỉnh."


def _remarked(place: int) -> set[str]:
    """What later stages cut, the unit itself found in order."""
    return {code for (_, at), said in REMARKS.items() if at == place for code in said}


class Scoring:
    """The sheets of one season of the province."""

    def __init__(self, scene: Scene, season: Season) -> None:
        self.scene, self.season = scene, season
        self.leaves = leaves_of(PROVINCE)
        self.rows = {row.code: row for row in Criterion.objects.filter(set=season.criteria_id)}

    def bring(self, sheets: Iterable[ScoreSheet], to: str) -> None:
        for sheet in sheets:
            while sheet.stage != to:
                self.work(sheet)
                hand_in(sheet, actor=self.scene.acting_on(sheet))

    def work(self, sheet: ScoreSheet, *, leaves: Mapping[str, Leaf] | None = None) -> None:
        """All that the present stage has to say; the unit itself only of ``leaves``, where these are given."""
        actor, stage, place = self.scene.acting_on(sheet), sheet.stage, sheet.member.order
        if stage == SheetStage.SELF:
            asked = self.leaves if leaves is None else leaves
            own = sayings(asked, draw_of(sheet.member), self.season.year)
            others = _remarked(place)
            self.say(sheet, {code: one for code, one in own.items() if not (one.deduction and code in others)}, actor)
            self._prove(sheet, asked, actor)
            return
        said: dict[str, Values] = dict(REMARKS.get((stage, place), {}))
        if stage == SheetStage.HEAD:
            said["V.5"] = judged(self.leaves["V.5"], draw_of(sheet.member), self.season.year)
        there = Entry.objects.filter(sheet=sheet, stage=stage).values_list("criterion__code", flat=True)
        self.say(sheet, {code: values for code, values in said.items() if code not in set(there)}, actor)
        accept(sheet, stage=stage, actor=actor)

    def say(self, sheet: ScoreSheet, said: Mapping[str, Values], actor: User) -> None:
        cells = [Saying(sheet, self.rows[code], values, 0) for code, values in said.items()]
        saved = save_many(cells, stage=sheet.stage, actor=actor)
        for refused in saved.refused:
            raise AppError(f"{sheet}, {refused.saying.criterion.code}: {refused.sentence}")

    def _prove(self, sheet: ScoreSheet, leaves: Mapping[str, Leaf], actor: User) -> None:
        for code, (symbol, month, day) in _OFFICE_PROOF.items():
            if code not in leaves:
                continue
            signed = self.scene.not_after(max(dt.date(self.season.year, month, day), dt.date(2025, 7, 20)))
            proof = Proof(f"{10 + sheet.member.order}/{symbol}", signed, f"UBND {sheet.member.unit}")
            add_proof(sheet, self.rows[code], stage=sheet.stage, proof=proof, actor=actor)

    def explained(self, sheets: list[ScoreSheet], said: Mapping[int, tuple[str, str]]) -> list[Explanation]:
        """The window is opened for these; who explains what: place → criterion and words."""
        open_window(self.season, sheets, days=self.season.explain_days, actor=self.scene.reviewer)
        found = []
        for sheet in sheets:
            if sheet.member.order not in said:
                continue
            code, text = said[sheet.member.order]
            assert sheet.member.unit_id is not None  # members here are communes
            actor = self.scene.officers[sheet.member.unit_id]
            found.append(explain(sheet, self.rows[code], said=Said(text), actor=actor))
        return found


def score_whole(scene: Scene, season: Season) -> None:
    """Every sheet to its end, with two explanations answered, one each way."""
    scoring = Scoring(scene, season)
    scoring.bring(sheets_of(season), SheetStage.REVIEW)
    sheets = sheets_of(season)
    for sheet in sheets:
        scoring.work(sheet)
    explanations = scoring.explained(
        sheets,
        {
            5: ("V.4", "Ngày họp chuyên đề trùng ngày tiếp đoàn kiểm tra của tỉnh; xã đã có văn bản xin vắng."),
            10: ("IV.3", "Cả 03 vụ xảy ra trên quốc lộ, người gây tai nạn không thuộc địa bàn."),
        },
    )
    answer = "Có văn bản xin vắng gửi Trưởng cụm trước buổi họp; không trừ điểm."
    own = Entry.objects.get(sheet=explanations[0].sheet, criterion=explanations[0].criterion, stage=Stage.REVIEW)
    values = Values(deduction=Decimal(0))
    grant(explanations[0], values=values, version=own.version, answer=answer, actor=scene.reviewer)
    answer = "Hướng dẫn tính theo vụ việc xảy ra trên địa bàn, không phân biệt nơi ở của người gây tai nạn."
    refuse(explanations[1], answer=answer, actor=scene.reviewer)
    for sheet in sheets_of(season):
        hand_in(sheet, actor=scene.reviewer)


_AT = {
    1: SheetStage.SELF, 2: SheetStage.REVIEW, 3: SheetStage.SELF, 4: SheetStage.CROSS, 5: SheetStage.REVIEW,
    6: SheetStage.HEAD, 7: SheetStage.HEAD, 8: SheetStage.HEAD, 9: SheetStage.REVIEW, 10: SheetStage.REVIEW,
    11: SheetStage.REVIEW, 12: SheetStage.DONE,
}  # fmt: skip
"""Where the sheets of the year in scoring lie."""


def score_partly(scene: Scene, season: Season) -> None:
    """Sheets at every stage: one begun, one untouched, one returned, one waiting for an answer, one finished."""
    scoring = Scoring(scene, season)
    sheets = {sheet.member.order: sheet for sheet in sheets_of(season)}
    own = next((place for place, sheet in sheets.items() if sheet.member.unit == scene.commune), None)
    for place, sheet in sheets.items():
        is_mine = own is not None and sheet.cross_by == sheets[own].member
        scoring.bring([sheet], SheetStage.CROSS if is_mine and place != own else _AT[place])
    begun = {code: leaf for code, leaf in scoring.leaves.items() if code[:2] in ("I.", "V.") or code == "II.1"}
    scoring.work(sheets[1], leaves=begun)
    waiting = [sheet for place, sheet in sheets.items() if sheet.stage == SheetStage.REVIEW and place in (5, 10, 11)]
    for sheet in waiting:
        scoring.say(sheet, REMARKS[Stage.REVIEW, sheet.member.order], scene.reviewer)
    text = "Đơn gửi nhầm nơi; xã đã chuyển cơ quan có thẩm quyền trong 03 ngày, có phiếu chuyển kèm theo."
    scoring.explained(waiting, {11: ("III.4", text)})
    if sheets[2].stage == SheetStage.REVIEW:
        send_back(sheets[2], to=SheetStage.SELF, reason=RETURNED, actor=scene.reviewer)


_DAYS = {Stage.SELF: (11, 8, 9), Stage.CROSS: (11, 18, 5), Stage.HEAD: (11, 24, 3), Stage.REVIEW: (12, 11, 1)}
"""Month and day on which a stage is done, and how many days ago where that is still to come."""


def date_back(scene: Scene, season: Season) -> None:
    """What was done in one go bears the days on which an office would have done it."""
    year = season.year
    for stage, (month, of_month, days_ago) in _DAYS.items():
        day = min(dt.date(year, month, of_month), scene.today - dt.timedelta(days=days_ago))
        entries = Entry.objects.filter(sheet__member__season=season, stage=stage)
        entries.update(at=scene.at(day, 10))
        StageMark.objects.filter(sheet__member__season=season, stage=stage).update(at=scene.at(day, 16))
    if year < scene.year:
        windows = ScoreSheet.objects.filter(member__season=season).exclude(explain_until=None)
        windows.update(explain_until=dt.date(year, 12, 19))
        given = Explanation.objects.filter(sheet__member__season=season)
        given.update(at=scene.at(dt.date(year, 12, 13)))
        given.exclude(answered_at=None).update(answered_at=scene.at(dt.date(year, 12, 16)))
