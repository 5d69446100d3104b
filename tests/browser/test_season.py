"""A season of twelve communes comes from the first typed figure to the published rank and the printed papers: the
organiser's reviewer, the head, a cross-checker and one commune, by clicks and keys alone."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from clusters.models import (
    Assignment,
    Cluster,
    CriteriaSet,
    Criterion,
    Entry,
    Member,
    Quota,
    Receipt,
    ScoreSheet,
    Season,
    Step,
)
from clusters.states import SeasonState, SetState, SheetStage, Stage
from core import audit
from tests.browser import season_people as people
from tests.browser.campaign_people import accessible, table
from tests.browser.windows import PASSWORD, opened, sign_in_at
from tests.factories import IssuerFactory, PersonFactory, Role, UnitFactory, UserFactory
from tests.layout.words import raw_text
from units.models import Unit

YEAR = 2026
DUE = timezone.localdate() - dt.timedelta(days=11)
"""Nobody has received OURS yet: until then it costs 10 points, received on the sixth day 5."""
RECEIVED = DUE + dt.timedelta(days=6)
LATENESS = (
    f"Hạn {people.in_office(DUE)}, nhận {people.in_office(RECEIVED)}: chậm 6 ngày, trừ 5 điểm theo mức từ 5 ngày."
)
REPORT = "Gửi báo cáo tổng kết"
FLAG, CERTIFICATE = "Cờ thi đua", "Bằng khen"
BANDS = {"bands": [{"from": 30, "points": 10}, {"from": 50, "points": 20}, {"from": 70, "points": 30}]}
LATE = {"late": [{"days": 5, "points": 5}, {"days": 10, "points": 10}, {"days": 15, "points": 20}]}
CRITERIA: tuple[tuple[str, str, str, int, dict[str, Any]], ...] = (
    ("I", "", "Phát triển kinh tế - xã hội", 60, {}),
    ("I.1", "ratio", "Thu ngân sách trên địa bàn", 20, {"measure": "tỷ đồng", "tie_order": 1}),
    ("I.2", "ratio", "Tỷ lệ hộ nghèo", 10, {"is_lower_better": True, "measure": "%"}),
    ("I.3", "bands", "Tỷ lệ khen thưởng người lao động trực tiếp", 30, {"rule": BANDS, "measure": "%"}),
    ("II", "", "Công tác thi đua, khen thưởng", 40, {}),
    ("II.1", "yes_no", "Ban hành kế hoạch đúng hạn", 10, {}),
    ("II.2", "count", "Mô hình, cách làm hay", 10, {"rule": {"points_each": 2}}),
    ("II.3", "manual", "Chế độ họp, sinh hoạt cụm", 20, {"starts_full": True, "confirmed_by": "review"}),
    ("III", "bonus", "Điểm thưởng", 5, {}),
    ("IV", "penalty", "Báo cáo chậm", 20, {"rule": LATE, "scored_by": "review"}),
)
TARGETS = {"I.1": 200, "I.2": 5}
OURS, HEAD, CHECKER, EQUAL = "Xã Gia Lộc", "Xã An Bình", "Xã Bình Minh", "Xã Cẩm Sơn"


@dataclass(frozen=True)
class Reached:
    """What a commune comes to after all stages; the rest (10 + 30 + 10 points) all have in full."""

    budget: int
    """Billions, of 200."""
    models: int
    deducted: int
    bonus: int = 0
    penalty: int = 0

    @property
    def groups(self) -> tuple[Decimal, ...]:
        economy = Decimal(20 * self.budget) / 200 + 10 + 30
        return economy, Decimal(10 + 2 * self.models + 20 - self.deducted), Decimal(self.bonus), Decimal(-self.penalty)

    @property
    def total(self) -> Decimal:
        return sum(self.groups, Decimal(0))


FINAL = {
    HEAD: Reached(200, 5, 2),
    CHECKER: Reached(180, 2, 3),
    EQUAL: Reached(190, 4, 5),
    "Xã Đông Hải": Reached(176, 2, 3),
    OURS: Reached(190, 4, 3, bonus=3, penalty=5),
    "Xã Hồng Thái": Reached(172, 2, 3),
    "Xã Kim Sơn": Reached(168, 2, 3),
    "Xã Long Phú": Reached(164, 2, 3),
    "Xã Minh Tân": Reached(160, 2, 3),
    "Xã Nam Sơn": Reached(156, 2, 3),
    "Xã Phú Lâm": Reached(152, 2, 3),
    "Xã Quang Trung": Reached(148, 2, 3),
}
"""OURS as typed below; the others were scored before."""


def shown(points: Decimal) -> str:
    return f"{points:.2f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")


def in_order(first: str, second: str) -> list[str]:
    """By total, the two that are equal as the vote put them."""
    after_vote = {first: 0, second: 1}
    return sorted(FINAL, key=lambda name: (-FINAL[name].total, after_vote.get(name, 0)))


# -- What stands before anybody signs in ---------------------------------------------------


@pytest.fixture
def season(transactional_db: None) -> Season:
    """Twelve communes with a published set; eleven sheets are reviewed, scoring is halted, one commune comes late."""
    province = UnitFactory(province=True, name="Vĩnh Hà")
    _account("noivu", province, "Đào Thị Nguyệt", Role.REVIEWER)
    season = Season.objects.create(
        cluster=Cluster.objects.create(unit=province, name="Cụm thi đua số 2"),
        year=YEAR,
        state=SeasonState.RUNNING,
        criteria=_criteria(province),
    )
    for order, (award, count) in enumerate(((FLAG, 2), (CERTIFICATE, 1)), start=1):
        Quota.objects.create(season=season, order=order, award=award, count=count)
    step = Step.objects.create(season=season, order=1, kind=Step.Kind.REPORT, text=REPORT, due=DUE, asks_members=True)
    roles = {HEAD: Member.Role.HEAD, CHECKER: Member.Role.DEPUTY}
    for order, name in enumerate(FINAL, start=1):
        commune = UnitFactory(name=name.removeprefix("Xã "), parent=province)
        role = roles.get(name, Member.Role.MEMBER)
        member = Member.objects.create(season=season, order=order, unit=commune, name=name, role=role)
        for code, target in TARGETS.items():
            Assignment.objects.create(member=member, criterion=season.criteria.criteria.get(code=code), target=target)
        _account(f"canbo{order}", commune, f"Lò Văn {order}", Role.OFFICER)
        if name != OURS:
            _scored(member, FINAL[name])
            Receipt.objects.create(member=member, step=step, received_on=DUE)
    return season


def _account(username: str, unit: Unit, name: str, role: Role) -> None:
    IssuerFactory(unit=unit)
    user = UserFactory(username=username, unit=unit, role=role, person=PersonFactory(unit=unit, full_name=name))
    user.set_password(PASSWORD)
    user.save()


def _criteria(province: Unit) -> CriteriaSet:
    found = CriteriaSet.objects.create(
        unit=province, name=f"Bộ tiêu chí năm {YEAR}", year=YEAR, state=SetState.PUBLISHED
    )
    rows: dict[str, Criterion] = {}
    for order, (code, kind, title, maximum, more) in enumerate(CRITERIA, start=1):
        parent = rows.get(code.rpartition(".")[0])
        rows[code] = Criterion.objects.create(
            set=found, parent=parent, order=order, code=code, title=title, maximum=maximum, kind=kind, **more
        )
    return found


def _scored(member: Member, reached: Reached) -> None:
    sheet = ScoreSheet.objects.create(member=member, stage=SheetStage.DONE)
    rows = {row.code: row for row in member.season.criteria.criteria.all()}
    figures = {"I.1": reached.budget, "I.2": 5, "I.3": 72, "II.1": 1, "II.2": reached.models}
    for code, actual in figures.items():
        Entry.objects.create(sheet=sheet, criterion=rows[code], stage=Stage.SELF, actual=actual)
    reason = f"Vắng {reached.deducted:02} buổi sinh hoạt cụm"
    Entry.objects.create(
        sheet=sheet, criterion=rows["II.3"], stage=Stage.HEAD, deduction=reached.deducted, reason=reason
    )


@pytest.fixture
def window_of(browser: Browser, live_server: Any) -> Iterator[Callable[[str], Page]]:
    with ExitStack() as windows:

        def window_of(username: str) -> Page:
            page = windows.enter_context(opened(browser, live_server.url))
            page.set_default_timeout(10_000)
            sign_in_at(page, username)
            return page

        yield window_of


def officer_of(name: str) -> str:
    return f"canbo{list(FINAL).index(name) + 1}"


# -- The steps, each with what stands there at its end -------------------------------------

ABSENT = "Vắng 01 buổi sinh hoạt cụm"
BY_TAX_OFFICE = "Theo số của Thuế cơ sở"
LATE_WEEKLY = "Vắng 01 buổi sinh hoạt cụm, báo cáo tuần chậm 01 lần"
EXPLAINED = "Số thu đến hết năm là 190 tỷ đồng, Thuế cơ sở đã đối chiếu lại."
STORM = "Mất điện diện rộng nên báo cáo gửi chậm."
GRANTED, REFUSED = "Đã đối chiếu với Thuế cơ sở: 190 tỷ đồng.", "Không có văn bản xác nhận mất điện."
AGAINST_RANK = "Có mô hình mới được tỉnh nhân rộng."


def a_commune_scores_itself(page: Page) -> None:
    people.open_sheet(page, YEAR, OURS)
    people.say(page, "I.1", "190", "19,00")
    people.say(page, "I.2", "4", "10,00")
    people.say(page, "I.3", "72", "30,00")
    people.say(page, "II.1", "x", "10,00")
    people.say(page, "II.2", "4", "8,00")
    people.say(page, "II.3", f"2; {ABSENT}", "18,00")
    people.say(page, "III", "3", "3,00")
    expect(people.total(page)).to_have_text("88,00")
    accessible(page)
    people.hand_in(page, OURS)


def another_checks_it(page: Page) -> None:
    people.open_sheet(page, YEAR, OURS)
    people.say(page, "I.1", f"180; {BY_TAX_OFFICE}", "18,00")
    expect(people.total(page)).to_have_text("87,00")
    people.hand_in(page, OURS)


def the_head_judges_it(page: Page) -> None:
    people.open_sheet(page, YEAR, OURS)
    people.say(page, "II.3", f"3; {LATE_WEEKLY}", "17,00")
    expect(people.total(page)).to_have_text("86,00")
    people.hand_in(page, OURS)


def the_reviewer_reads_the_late_report(page: Page) -> None:
    people.open_season(page, YEAR)
    people.record_receipt(page, OURS, REPORT, number="27/BC-UBND", received_on=RECEIVED)
    shown_row = people.row(page, "Văn bản của các đơn vị", OURS)
    assert LATENESS in shown_row[3]
    assert shown_row[-1] == "5"


def the_meeting_ranks_them(page: Page) -> None:
    people.open_season(page, YEAR)
    people.tab(page, "Xếp hạng")
    tied = [cells[:3] for cells in table(page, "Bảng xếp hạng dự kiến") if cells[0] == "2"]
    assert sorted(tied) == sorted(["2", name, "92,00"] for name in (OURS, EQUAL))
    people.vote(page, 2, 12, 11, {OURS: 7, EQUAL: 4})
    people.freeze(page)
    places = in_order(OURS, EQUAL)
    expected = [[str(rank), name, shown(FINAL[name].total)] for rank, name in enumerate(places, start=1)]
    assert [cells[:3] for cells in table(page, "Bảng xếp hạng")] == expected


def it_commends_against_the_rank(page: Page) -> None:
    people.commend(page, {HEAD: FLAG, EQUAL: FLAG, OURS: CERTIFICATE})
    refusal = f"Ghi lý do: {OURS} xếp hạng cao hơn mà được đề nghị thấp hơn hoặc không."
    expect(page.get_by_text(refusal).last).to_be_visible()
    accessible(page)
    page.get_by_label(f"Lý do khác thứ hạng của {EQUAL}").fill(AGAINST_RANK)
    page.get_by_role("button", name="Lưu danh sách suy tôn").click()
    people.told(page, "Đã lưu danh sách suy tôn.")
    assert sorted(table(page, "Đơn vị được suy tôn")) == sorted(
        [
            [HEAD, FLAG, "Chưa có quyết định"],
            [f"{EQUAL} Khác thứ hạng: {AGAINST_RANK}", FLAG, "Chưa có quyết định"],
            [OURS, CERTIFICATE, "Chưa có quyết định"],
        ]
    )


def the_commune_sees_why(page: Page) -> None:
    people.open_season(page, YEAR)
    people.tab(page, "Xếp hạng")
    [own] = [cells for cells in table(page, "Bảng xếp hạng") if cells[1] == OURS]
    assert own[:3] == ["2", OURS, "92,00"]
    people.tab(page, "Thẩm định")
    page.get_by_role("link", name=f"giải trình của {OURS}").click()
    accessible(page)
    cuts = table(page, "Các dòng bị trừ điểm")
    assert [(cells[0].partition(". ")[0], *cells[1:3]) for cells in cuts] == [
        ("I.1", "19,00", "19,00"),
        ("II.3", "18,00", "17,00"),
        ("IV", "–", shown(Decimal(-5))),
    ]
    first, second, third = (cells[3:] for cells in cuts)
    assert first[0] == f"Chấm chéo: {BY_TAX_OFFICE} Thẩm định: {GRANTED}"
    assert first[1].startswith(EXPLAINED)
    assert f"Chấp nhận: {GRANTED}" in first[1]
    assert second == [f"Trưởng cụm chấm: {LATE_WEEKLY}", "không có"]
    assert f"Giữ nguyên điểm: {REFUSED}" in third[1]
    people.tab(page, "Văn bản đến")
    assert LATENESS in people.row(page, "Văn bản của các đơn vị", OURS)[3]


def the_summary_is_printed(page: Page, folder: Path) -> None:
    people.open_season(page, YEAR)
    people.tab(page, "Văn bản")
    pdf = people.print_paper(page, "Bảng tổng hợp kết quả chấm điểm", folder / "tong-hop.pdf")
    text = " ".join(raw_text(pdf.read_bytes()).split())
    for rank, name in enumerate(in_order(OURS, EQUAL), start=1):
        figures = " ".join(shown(points) for points in (*FINAL[name].groups, FINAL[name].total))
        assert f"{rank} {name} {figures} {rank}" in text


def anybody_computes_it_again(page: Page, folder: Path) -> None:
    people.tab(page, "Xếp hạng")
    file = people.save(page, page.get_by_role("link", name="tệp số liệu để tính lại"), folder / "tinh-lai.json")
    answer = io.StringIO()
    call_command("score_cluster", str(file), stdout=answer)
    again = json.loads(answer.getvalue())
    totals = {name: f"{reached.total:.2f}" for name, reached in FINAL.items()}
    assert {unit["name"]: unit["total"] for unit in again["units"]} == totals
    by_points = {name: 1 + sum(other.total > one.total for other in FINAL.values()) for name, one in FINAL.items()}
    assert {unit["name"]: unit["rank"] for unit in again["units"]} == by_points
    assert (again["vote_needed"], again["problems"]) == ([2], [])


def test_twelve_communes_are_scored_ranked_commended_and_told_why(
    season: Season, window_of: Callable[[str], Page], tmp_path: Path
) -> None:
    noivu = window_of("noivu")
    people.open_scoring(noivu, YEAR)
    people.let_check(noivu, OURS, CHECKER)
    commune = window_of(officer_of(OURS))
    a_commune_scores_itself(commune)
    another_checks_it(window_of(officer_of(CHECKER)))
    the_head_judges_it(window_of(officer_of(HEAD)))

    the_reviewer_reads_the_late_report(noivu)
    people.accept_proposed(noivu, OURS, "I", of_group=3, beside=5)
    people.open_window(noivu, YEAR, OURS)
    people.to_explanations(commune, YEAR, OURS)
    people.explain(commune, "I.1", EXPLAINED)
    people.explain(commune, "IV", STORM)
    people.to_explanations(noivu, YEAR, OURS)
    people.answer(noivu, "I.1", "Chấp nhận", GRANTED, value="190")
    people.answer(noivu, "IV", "Giữ nguyên điểm", REFUSED)
    people.finish_review(noivu, YEAR, OURS)

    the_meeting_ranks_them(noivu)
    it_commends_against_the_rank(noivu)
    people.publish(noivu)
    the_commune_sees_why(commune)
    the_summary_is_printed(noivu, tmp_path)
    anybody_computes_it_again(noivu, tmp_path)

    assert [audit.first_broken_link(chain) for chain in audit.chains()] == [None] * len(list(audit.chains()))
