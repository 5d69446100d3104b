"""A figure that was recorded is taken back: with a reason, kept in the history, and no data from then on, not zero."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.models import Result
from campaigns.results.board import board_of
from campaigns.results.selectors import figures_of, standing
from campaigns.results.services import Entry, FigureMeanwhile, NothingToWithdraw, record_results
from campaigns.running.selectors import campaigns_for_list
from core.errors import UnfitField
from core.models import AuditEntry
from documents.models import Evidence
from tests.campaigns.results.conftest import PERIOD, rice

D = Decimal
ASKED = f"?ky={PERIOD}"
WHY = "ghi nhầm của Thôn Tây"


def withdraw(office, target, was, part=None, *, reason=WHY, actor=None):
    entry = Entry(target, PERIOD, None, part, was=was.pk, note=reason)
    [result] = record_results(office.campaign, [entry], actor=actor or office.an)
    return result


def chain() -> list[tuple]:
    return list(Result.objects.order_by("pk").values_list("value", "note"))


class TestService:
    def test_the_old_figure_stays_and_the_reason_is_told(self, office):
        [lua] = office.targets(rice())
        first = office.record(lua, 1200, office.villages[0], note="theo báo cáo thôn")

        last = withdraw(office, lua, first, office.villages[0])

        assert (last.replaces, last.value, last.by) == (first, None, office.an)
        assert chain() == [(D(1200), "theo báo cáo thôn"), (None, WHY)]
        assert AuditEntry.objects.get(code="campaigns.result.withdrawn").changes == {
            "value": ["1.200", ""],
            "reason": [None, WHY],
            "period": [None, "6 tháng đầu năm 2024"],
            "part": [None, "Thôn Đông"],
        }

    def test_without_a_reason_it_stays(self, office):
        [lua] = office.targets(rice())
        first = office.record(lua, 1200)

        with pytest.raises(UnfitField) as error:
            withdraw(office, lua, first, reason=" \n")

        assert (error.value.field, str(error.value)) == ("reason", "Ghi lý do rút số đã ghi.")
        assert chain() == [(D(1200), "")]

    def test_where_nothing_stands_there_is_nothing_to_take_back(self, office):
        [lua] = office.targets(rice())
        gone = withdraw(office, lua, office.record(lua, 1200))

        with pytest.raises(NothingToWithdraw):
            withdraw(office, lua, gone, reason="lần nữa")
        with pytest.raises(NothingToWithdraw):
            record_results(office.campaign, [Entry(lua, "2024-Q1", None, note=WHY)], actor=office.an)

    def test_no_data_is_not_zero(self, office):
        [lua] = office.targets(rice())
        first = office.record(lua, 1200)

        withdraw(office, lua, first)

        [one] = standing(office.campaign, period=PERIOD)
        assert (one.figure.value, one.figure.percent, one.figure.pace.value) == (None, None, "no_data")
        assert figures_of(office.campaign) == {}
        [row] = campaigns_for_list(office.an, timezone.localdate())
        assert (row.target_count, row.reported_count) == (1, 0)

    def test_an_earlier_figure_counts_again(self, office):
        [lua] = office.targets(rice())
        office.record(lua, 500, period="2024-Q1")

        withdraw(office, lua, office.record(lua, 1200))

        [one] = standing(office.campaign, period=PERIOD)
        assert (one.figure.value, one.figure.period.code) == (D(500), "2024-Q1")

    def test_the_sum_of_the_parts_goes_without_it_and_the_part_is_missing(self, office):
        [lua] = office.targets(rice())
        east, west, south = office.villages
        for part in office.villages:
            office.record(lua, 100, part)

        withdraw(office, lua, Result.objects.get(part=west), west)

        [one] = standing(office.campaign, period=PERIOD)
        assert (str(one.figure.parts), one.figure.value, one.figure.is_partial) == ("2/3 thôn", D(200), True)
        board = board_of(office.campaign, one.figure.period)
        assert {bearer for bearer, _ in board.figures} == {("part", east.pk), ("part", south.pk)}

    def test_a_figure_comes_again_after_it(self, office):
        [lua] = office.targets(rice())
        gone = withdraw(office, lua, office.record(lua, 1200))

        office.record(lua, 1300, was=gone.pk)

        assert chain() == [(D(1200), ""), (None, WHY), (D(1300), "")]
        [one] = standing(office.campaign, period=PERIOD)
        assert one.figure.value == D(1300)
        told = AuditEntry.objects.filter(code="campaigns.result.recorded").latest("pk")
        assert told.changes["value"] == ["", "1.300"]

    def test_no_row_without_figure_stands_alone(self, office):
        [lua] = office.targets(rice())

        with pytest.raises(IntegrityError), transaction.atomic():
            Result.objects.create(target=lua, period=PERIOD, value=None, note=WHY)


class TestMeanwhile:
    def test_a_figure_that_somebody_corrected_is_not_taken_back_unseen(self, office):
        [lua] = office.targets(rice())
        first = office.record(lua, 1200)
        office.record(lua, 1250, was=first.pk, actor=office.lan)

        with pytest.raises(FigureMeanwhile) as error:
            withdraw(office, lua, first)

        assert (
            str(error.value) == "Nguyễn Thị Lan vừa ghi 1.250 lúc 16:00 05/07; bạn rút số. Hãy xem lại rồi ghi tiếp."
        )
        assert [value for value, _ in chain()] == [D(1200), D(1250)]

    def test_a_figure_that_somebody_took_back_is_not_corrected_unseen(self, office):
        [lua] = office.targets(rice())
        first = office.record(lua, 1200)
        withdraw(office, lua, first, actor=office.lan)

        with pytest.raises(FigureMeanwhile) as error:
            office.record(lua, 1250, was=first.pk)

        assert str(error.value) == (
            f"Nguyễn Thị Lan vừa rút số đã ghi lúc 16:00 05/07 ({WHY}); bạn ghi 1.250. Hãy xem lại rồi ghi tiếp."
        )

    def test_who_saw_no_figure_still_sees_none(self, office):
        [lua] = office.targets(rice())
        withdraw(office, lua, office.record(lua, 1200, actor=office.lan), actor=office.lan)

        office.record(lua, 900)

        assert [value for value, _ in chain()] == [D(1200), None, D(900)]


class TestPage:
    def test_an_emptied_cell_asks_for_the_reason(self, office):
        [lua] = office.targets(rice())
        key, was = f"{lua.pk}-0", office.record(lua, 1200).pk

        asked = office.post("results", query=ASKED, row=key, **{f"v-{key}": "", f"was-{key}": was})

        html = asked.content.decode()
        assert (asked.status_code, chain()) == (422, [(D(1200), "")])
        assert f'<label for="rut-{key}">Lý do rút số 1.200 tấn</label>' in html
        assert "Muốn rút số đã ghi, để ô này thành chưa có số liệu, thì ghi lý do." in html

    @pytest.mark.parametrize("by_row", [True, False])
    def test_with_it_the_figure_is_gone_and_shown_in_the_history(self, office, by_row):
        [lua] = office.targets(rice())
        evidence = Evidence.objects.create(unit=office.unit, typed_number="12/BC-UBND", typed_date="2024-07-01")
        key, was = f"{lua.pk}-0", office.record(lua, 1200, note="ước", evidence=evidence).pk
        said = {f"v-{key}": "", f"n-{key}": "ước", f"rut-{key}": WHY, f"was-{key}": was}

        answer = office.post("results", query=ASKED, row=key if by_row else "", **said)

        assert (answer.status_code, chain()) == (200 if by_row else 302, [(D(1200), "ước"), (None, WHY)])
        page = office.page("results", ky=PERIOD)
        [line] = page.context["lines"]
        assert (line.value, line.note, line.percent, line.state.word) == ("", "", "", "Chưa có số liệu")
        assert [(one.words, one.note) for one in line.history] == [
            ("rút số, chưa có số liệu", WHY),
            ("1.200 tấn", "ước"),
        ]
        assert Result.objects.get(replaced_by=None).evidence is None
        html = page.content.decode()
        assert f"Đã rút số đã ghi, nay chưa có số liệu. Lý do: {WHY}" in html
        assert "0/1 dòng đã có số." in html

    def test_the_next_figure_does_not_take_the_reason_along(self, office):
        [lua] = office.targets(rice())
        gone = withdraw(office, lua, office.record(lua, 1200))
        key = f"{lua.pk}-0"

        office.post("results", query=ASKED, **{f"v-{key}": "1300", f"n-{key}": "", f"was-{key}": gone.pk})

        assert chain() == [(D(1200), ""), (None, WHY), (D(1300), "")]

    def test_who_was_slower_sees_what_stands_there_now(self, office):
        [lua] = office.targets(rice())
        key, first = f"{lua.pk}-0", office.record(lua, 1200)
        office.record(lua, 1250, was=first.pk, actor=office.lan)
        said = {f"v-{key}": "", f"rut-{key}": WHY, f"was-{key}": first.pk}

        clash = office.post("results", query=ASKED, **said)

        assert clash.status_code == 409
        [line] = clash.context["clashes"]
        assert (line.reason, line.seen_words) == (WHY, "1.250 tấn")
        office.post("results", query=ASKED, **said | {f"was-{key}": line.was})
        assert [value for value, _ in chain()] == [D(1200), D(1250), None]

    def test_a_reason_that_cannot_be_kept_is_told_at_its_field(self, office):
        [lua] = office.targets(rice())
        key, was = f"{lua.pk}-0", office.record(lua, 1200).pk

        answer = office.post("results", query=ASKED, **{f"v-{key}": "", f"rut-{key}": "x" * 2_001, f"was-{key}": was})

        assert answer.status_code == 422
        assert [[name for name, _ in line.errors] for line in answer.context["wrong"]] == [["rut"]]
