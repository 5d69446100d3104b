"""A season of twelve communes comes from the first typed figure to the published rank and the printed papers: the
organiser's reviewer, the head, a cross-checker and one commune, by clicks and keys alone.

Up to the review it is gone through again in 2024, when the reviewer was the district's Phòng Nội vụ."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from tests.browser import season_people as people
from tests.browser.campaign_people import accessible, table
from tests.browser.twelve_communes import (
    CERTIFICATE,
    CHECKER,
    EQUAL,
    FINAL,
    FLAG,
    HEAD,
    OURS,
    REPORT,
    THREE_LEVELS,
    TWO_LEVELS,
    Year,
    officer_of,
    twelve_communes,
)
from tests.browser.windows import opened, sign_in_at
from tests.layout.words import raw_text


def shown(points: Decimal) -> str:
    return f"{points:.2f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")


def in_order(first: str, second: str) -> list[str]:
    """By total, the two that are equal as the vote put them."""
    after_vote = {first: 0, second: 1}
    return sorted(FINAL, key=lambda name: (-FINAL[name].total, after_vote.get(name, 0)))


@pytest.fixture
def window_of(browser: Browser, live_server: Any) -> Iterator[Callable[[str], Page]]:
    with ExitStack() as windows:

        def window_of(username: str) -> Page:
            page = windows.enter_context(opened(browser, live_server.url))
            page.set_default_timeout(10_000)
            sign_in_at(page, username)
            return page

        yield window_of


@pytest.fixture
def year(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Year]:
    """The server's clock goes on from the morning of the day on which the reviewer works."""
    year: Year = request.param
    morning = dt.datetime.combine(year.today, dt.time(2), dt.UTC)
    with time_machine.travel(morning):
        twelve_communes(year)
        yield year


# -- The steps, each with what stands there at its end -------------------------------------

ABSENT = "Vắng 01 buổi sinh hoạt cụm"
BY_TAX_OFFICE = "Theo số của Thuế cơ sở"
LATE_WEEKLY = "Vắng 01 buổi sinh hoạt cụm, báo cáo tuần chậm 01 lần"
EXPLAINED = "Số thu đến hết năm là 190 tỷ đồng, Thuế cơ sở đã đối chiếu lại."
STORM = "Mất điện diện rộng nên báo cáo gửi chậm."
GRANTED, REFUSED = "Đã đối chiếu với Thuế cơ sở: 190 tỷ đồng.", "Không có văn bản xác nhận mất điện."
AGAINST_RANK = "Có mô hình mới được tỉnh nhân rộng."


def a_commune_scores_itself(page: Page, year: Year) -> None:
    people.open_sheet(page, year.number, OURS)
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


def another_checks_it(page: Page, year: Year) -> None:
    people.open_sheet(page, year.number, OURS)
    people.say(page, "I.1", f"180; {BY_TAX_OFFICE}", "18,00")
    expect(people.total(page)).to_have_text("87,00")
    people.hand_in(page, OURS)


def the_head_judges_it(page: Page, year: Year) -> None:
    people.open_sheet(page, year.number, OURS)
    people.say(page, "II.3", f"3; {LATE_WEEKLY}", "17,00")
    expect(people.total(page)).to_have_text("86,00")
    people.hand_in(page, OURS)


def the_reviewer_reads_the_late_report(page: Page, year: Year) -> None:
    people.open_season(page, year.number)
    people.record_receipt(page, OURS, REPORT, number="27/BC-UBND", received_on=year.received)
    shown_row = people.row(page, "Văn bản của các đơn vị", OURS)
    assert year.lateness in shown_row[3]
    assert shown_row[-1] == "5,00"


def the_meeting_ranks_them(page: Page, year: Year) -> None:
    people.open_season(page, year.number)
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


def the_commune_sees_its_rank(page: Page, year: Year) -> None:
    people.open_season(page, year.number)
    people.tab(page, "Xếp hạng")
    [own] = [cells for cells in table(page, "Bảng xếp hạng") if cells[1] == OURS]
    assert own[:3] == ["2", OURS, "92,00"]


def the_commune_is_told_why(page: Page, year: Year, *, left: str) -> None:
    """``left``: what stands beside the cut that it did not explain."""
    people.to_explanations(page, year.number, OURS)
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
    assert second == [f"Trưởng cụm chấm: {LATE_WEEKLY}", left]
    assert f"Giữ nguyên điểm: {REFUSED}" in third[1]
    people.tab(page, "Văn bản đến")
    assert year.lateness in people.row(page, "Văn bản của các đơn vị", OURS)[3]


def the_summary_is_printed(page: Page, year: Year, folder: Path) -> None:
    people.open_season(page, year.number)
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


def the_province_sees_nothing_of_it(page: Page) -> None:
    people.open_clusters(page)
    expect(page.get_by_role("heading", name="Chưa có cụm, khối thi đua nào")).to_be_visible()
    accessible(page)


def it_is_scored_and_reviewed(window_of: Callable[[str], Page], year: Year) -> tuple[Page, Page]:
    """The windows of the reviewer and of the commune that came late."""
    noivu = window_of("noivu")
    people.open_scoring(noivu, year.number)
    people.let_check(noivu, OURS, CHECKER)
    commune = window_of(officer_of(OURS))
    a_commune_scores_itself(commune, year)
    another_checks_it(window_of(officer_of(CHECKER)), year)
    the_head_judges_it(window_of(officer_of(HEAD)), year)

    the_reviewer_reads_the_late_report(noivu, year)
    people.accept_proposed(noivu, OURS, "I", of_group=3, beside=5)
    people.open_window(noivu, year.number, OURS)
    people.to_explanations(commune, year.number, OURS)
    people.explain(commune, "I.1", EXPLAINED)
    people.explain(commune, "IV", STORM)
    people.to_explanations(noivu, year.number, OURS)
    people.answer(noivu, "I.1", "Chấp nhận", GRANTED, value="190")
    people.answer(noivu, "IV", "Giữ nguyên điểm", REFUSED)
    people.finish_review(noivu, year.number, OURS)
    return noivu, commune


@pytest.mark.parametrize("year", [TWO_LEVELS], indirect=True)
def test_twelve_communes_are_scored_ranked_commended_and_told_why(
    year: Year, window_of: Callable[[str], Page], tmp_path: Path
) -> None:
    noivu, commune = it_is_scored_and_reviewed(window_of, year)

    the_meeting_ranks_them(noivu, year)
    it_commends_against_the_rank(noivu)
    people.publish(noivu)
    the_commune_sees_its_rank(commune, year)
    the_commune_is_told_why(commune, year, left="không có")
    the_summary_is_printed(noivu, year, tmp_path)
    anybody_computes_it_again(noivu, tmp_path)

    assert people.unbroken()


@pytest.mark.parametrize("year", [THREE_LEVELS], indirect=True)
def test_until_2025_the_district_reviews_and_the_province_above_sees_nothing_of_it(
    year: Year, window_of: Callable[[str], Page]
) -> None:
    noivu, commune = it_is_scored_and_reviewed(window_of, year)

    the_commune_is_told_why(commune, year, left="Giải trình dòng II.3")
    the_province_sees_nothing_of_it(window_of("sonoivu"))
    assert people.clusters_listed(noivu) == [
        ["Cụm thi đua số 2", "Huyện Gia Bình", "Năm 2024 của Cụm thi đua số 2", "12"]
    ]
    people.open_season(noivu, year.number)
    people.tab(noivu, "Xếp hạng")
    totals = {name: shown(reached.total) for name, reached in FINAL.items()}
    assert {cells[1]: cells[2] for cells in table(noivu, "Bảng xếp hạng dự kiến")} == totals
    assert people.unbroken()
