"""The page on which figures are entered: as one form, and row by row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.models import Campaign, Result, Share
from campaigns.results.targets import TargetRow
from core.files import visible_files
from documents.models import Evidence, IssuedPaper
from tests.campaigns.results.conftest import PERIOD, insured, rice
from tests.factories import IssuerFactory, PartFactory
from tests.permissions.world import PDF

D = Decimal
ASKED = f"?ky={PERIOD}"


def whole(target) -> str:
    return f"{target.pk}-0"


def of(target, part) -> str:
    return f"{target.pk}-part{part.pk}"


def figures() -> list[tuple]:
    rows = Result.objects.filter(replaced_by=None).order_by("pk").select_related("part")
    return [(row.target.text, str(row.part or ""), row.value) for row in rows]


class TestTheForm:
    def test_figures_of_the_whole_are_saved_in_one_sending(self, office):
        lua, bhyt = office.targets(rice(), insured())

        answer = office.post(
            "results",
            query=ASKED,
            **{f"v-{whole(lua)}": "1.234,5 tấn", f"v-{whole(bhyt)}": "93%", f"n-{whole(lua)}": "ước"},
        )

        assert (answer.status_code, answer.url) == (302, office.url("results") + ASKED)
        assert figures() == [("Sản lượng lúa", "", D("1234.5")), ("tỷ lệ người tham gia BHYT", "", D(93))]
        lines = office.page("results", ky=PERIOD).context["lines"]
        assert [(line.value, line.note, line.percent, line.state.word) for line in lines] == [
            ("1.234,5", "ước", "56,1 %", "Vượt tiến độ"),
            ("93", "", "97,9 %", "Đang thực hiện"),
        ]

    def test_an_empty_field_is_no_zero(self, office):
        lua, _ = office.targets(rice(), insured())

        office.post("results", query=ASKED, **{f"v-{whole(lua)}": ""})

        assert figures() == []
        line = office.page("results", ky=PERIOD).context["lines"][0]
        assert (line.value, line.percent, line.state.word) == ("", "", "Chưa có số liệu")

    def test_without_a_period_it_is_the_last_one_that_is_over(self, office):
        office.targets(rice())

        assert office.page("results").context["period"].code == PERIOD

    @pytest.mark.parametrize("query", [{"ky": "2019-H1"}, {"ky": "mai"}, {"chi-tieu": "9999"}, {"noi": "part9999"}])
    def test_what_is_not_offered_is_not_found(self, office, query):
        office.targets(rice())

        assert office.page("results", **query).status_code == 404

    @pytest.mark.parametrize(
        ("typed", "error"),
        [
            ("mười hai", "ghi «mười hai», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."),
            ("1,234,567", "ghi «1,234,567»: phần nghìn dùng dấu chấm, phần lẻ dùng dấu phẩy, như 1.234.567,5."),
        ],
    )
    def test_what_is_no_figure_is_refused_with_its_row_and_nothing_is_lost(self, office, typed, error):
        lua, bhyt = office.targets(rice(), insured())

        answer = office.post("results", query=ASKED, **{f"v-{whole(lua)}": "100", f"v-{whole(bhyt)}": typed})

        assert answer.status_code == 422
        assert [(line.number, line.errors) for line in answer.context["wrong"]] == [(2, (("v", error),))]
        assert f"Dòng 2, Tỷ lệ người tham gia BHYT: {error}" in answer.content.decode()
        assert [line.value for line in answer.context["lines"]] == ["100", typed]
        assert figures() == []

    def test_one_saved_row_is_answered_with_what_all_rows_now_say(self, office):
        lua, bhyt = office.targets(rice(), insured())
        office.record(bhyt, 97)

        answer = office.post("results", query=ASKED, row=whole(lua), **{f"v-{whole(lua)}": "1.100"})

        html = answer.content.decode()
        assert answer.status_code == 200
        assert '<p data-live="standing">6 tháng đầu năm 2024: 2/2 dòng đã có số.' in html
        assert "1.100\u00a0tấn / 2.200\u00a0tấn" in html.partition('data-live="chart"')[2]

    def test_a_figure_beyond_sense_needs_a_yes_to_just_this_figure(self, office):
        [lua] = office.targets(rice())
        key = whole(lua)

        asked = office.post("results", query=ASKED, **{f"v-{key}": "1.234.567"})
        other = office.post("results", query=ASKED, **{f"v-{key}": "9.234.567", f"giu-{key}": "1.234.567"})
        kept = office.post("results", query=ASKED, **{f"v-{key}": "1.234.567", f"giu-{key}": "1.234.567"})

        doubt = "gấp hơn 20 lần chỉ tiêu; hãy xem lại đơn vị tính, dấu chấm và dấu phẩy."
        assert (asked.status_code, [line.doubt for line in asked.context["odd"]]) == (422, [doubt])
        assert 'name="giu-' in asked.content.decode()
        assert (other.status_code, kept.status_code) == (422, 302)
        assert figures() == [("Sản lượng lúa", "", D(1234567))]

    def test_a_percentage_above_any_sense_is_doubted(self, office):
        [bhyt] = office.targets(insured())

        answer = office.post("results", query=ASKED, **{f"v-{whole(bhyt)}": "9500"})

        assert [line.doubt for line in answer.context["odd"]] == [
            "là 9500 %, không có tỷ lệ nào như vậy; hãy xem lại dấu phẩy."
        ]

    def test_a_recorded_figure_is_not_emptied_without_a_reason(self, office):
        [lua] = office.targets(rice())
        was = office.record(lua, 100).pk

        answer = office.post("results", query=ASKED, **{f"v-{whole(lua)}": "", f"was-{whole(lua)}": was})

        assert answer.status_code == 422
        assert figures() == [("Sản lượng lúa", "", D(100))]

    def test_a_target_of_another_campaign_is_passed_over(self, office):
        office.targets(rice())

        office.post("results", query=ASKED, **{"v-999999-0": "5"})

        assert figures() == []

    def test_a_campaign_that_does_not_run_takes_none_and_says_so(self, office):
        [lua] = office.targets(rice())
        Campaign.objects.update(state="draft")

        page = office.page("results", ky=PERIOD)
        answer = office.post("results", query=ASKED, **{f"v-{whole(lua)}": "5"})

        assert "Phong trào chưa phát động" in page.content.decode()
        assert (answer.status_code, figures()) == (422, [])

    def test_a_colleague_reads_and_may_not_write(self, office):
        [lua] = office.targets(rice())
        office.record(lua, 100)

        page = office.page("results", who=office.binh, ky=PERIOD).content.decode()
        answer = office.post("results", query=ASKED, who=office.binh, **{f"v-{whole(lua)}": "5"})

        assert ("<table" in page, f'name="v-{whole(lua)}"' in page) == (True, False)
        assert (answer.status_code, figures()) == (403, [("Sản lượng lúa", "", D(100))])

    def test_a_stranger_does_not_learn_of_it(self, office):
        office.targets(rice())

        codes = {office.page(name, who=office.cuong).status_code for name in ("targets", "results", "board")}

        assert codes == {404}


class TestParts:
    def test_of_one_target_all_parts_and_their_line_of_periods(self, office):
        [lua] = office.targets(rice())
        east, west, _ = office.villages
        office.record(lua, 300, period="2024-Q1")

        said = {f"v-{of(lua, east)}": "400", f"v-{of(lua, west)}": "350"}
        office.post("results", query=f"{ASKED}&chi-tieu={lua.pk}", **said)

        page = office.page("results", ky=PERIOD, **{"chi-tieu": lua.pk})
        assert [line.value for line in page.context["lines"]] == ["400", "350", "", ""]
        assert [figure for _, figure in page.context["points"]] == ["300"]
        assert "<svg" in page.content.decode()

    def test_where_shares_were_given_only_those_who_bear_them(self, office):
        [lua] = office.targets(rice())
        Share.objects.create(target=lua, part=office.villages[1], low=100)

        lines = office.page("results", ky=PERIOD, **{"chi-tieu": lua.pk}).context["lines"]

        assert [(line.name, line.place.aim_words) for line in lines] == [("Thôn Tây", "100 tấn")]

    def test_on_behalf_of_a_part_all_targets(self, office):
        lua, bhyt = office.targets(rice(), insured())
        east = office.villages[0]
        query = f"{ASKED}&noi=part{east.pk}"

        office.post("results", query=query, **{f"v-{of(lua, east)}": "40", f"v-{of(bhyt, east)}": "98"})

        assert figures() == [("Sản lượng lúa", "Thôn Đông", D(40)), ("tỷ lệ người tham gia BHYT", "Thôn Đông", D(98))]
        lines = office.page("results", ky=PERIOD, noi=f"part{east.pk}").context["lines"]
        assert [(line.percent, line.state.word) for line in lines] == [("", "Không có số giao"), ("103,2 %", "Đạt")]

    def test_the_whole_tells_what_the_parts_have_come_to(self, office):
        [lua] = office.targets(rice())
        for part in office.villages[:2]:
            office.record(lua, 500, part)

        [line] = office.page("results", ky=PERIOD).context["lines"]

        assert line.hint == "2/3 thôn đã có số, cộng 1.000 tấn"

    def test_a_pasted_column_is_shown_first(self, office):
        [lua] = office.targets(rice())
        query = f"{ASKED}&chi-tieu={lua.pk}"

        page = office.post("results", query=query, viec="dan", dan="Thôn Tây\t40\nThôn Nam\tmười\nLạ\t9")

        assert [line.value for line in page.context["lines"]] == ["", "40", "mười", ""]
        assert [line.number for line in page.context["wrong"]] == [3]
        assert page.context["unfit"] == ["Dòng 3 («Lạ · 9»): không có tên này trong bảng."]
        assert figures() == []


class TestProof:
    def test_a_paper_by_number_and_day_or_a_file(self, office):
        lua, bhyt = office.targets(rice(), insured())
        proof = SimpleUploadedFile("biên bản.pdf", PDF)

        office.post(
            "results",
            query=ASKED,
            **{
                f"v-{whole(lua)}": "100",
                f"so-{whole(lua)}": "12/BC-UBND",
                f"ngay-{whole(lua)}": "1/7/2024",
                f"v-{whole(bhyt)}": "90",
                f"tep-{whole(bhyt)}": proof,
            },
        )

        first, second = Evidence.objects.order_by("pk")
        assert (first.typed_number, str(first.typed_date), first.file) == ("12/BC-UBND", "2024-07-01", None)
        assert second.file.name == "biên bản.pdf"
        assert second.file in visible_files(office.binh)
        assert second.file not in visible_files(office.cuong)
        assert "12/BC-UBND" in office.page("results", ky=PERIOD).content.decode()

    def test_a_paper_of_the_register_stands_for_itself(self, office):
        [lua] = office.targets(rice())
        paper = IssuedPaper.objects.create(
            issuer=IssuerFactory(unit=office.unit), kind="Báo cáo", number="12", symbol="BC-UBND", date="2024-07-01"
        )
        key = whole(lua)

        office.post(
            "results", query=ASKED, **{f"v-{key}": "100", f"so-{key}": "12/BC-UBND", f"ngay-{key}": "1/7/2024"}
        )

        assert Evidence.objects.get().paper == paper

    def test_a_correction_keeps_the_proof_that_was_there(self, office):
        [lua] = office.targets(rice())
        evidence = Evidence.objects.create(unit=office.unit, typed_number="12/BC-UBND", typed_date="2024-07-01")
        was = office.record(lua, 100, evidence=evidence).pk

        office.post("results", query=ASKED, **{f"v-{whole(lua)}": "110", f"was-{whole(lua)}": was})

        assert Result.objects.get(replaced_by=None).evidence == evidence

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"ngay": "32/7/2024"}, "ngay"),
            ({"so": "12/BC-UBND"}, "ngay"),
            ({"so": "12/BC-UBND", "ngay": "1/7/2030"}, "ngay"),
            ({"so": "BC-UBND", "ngay": "1/7/2024"}, "ngay"),
            ({"cq": "UBND xã"}, "so"),
        ],
    )
    def test_what_proves_nothing_is_told_at_its_field(self, office, said, field):
        [lua] = office.targets(rice())
        sent = {f"{name}-{whole(lua)}": value for name, value in said.items()}

        answer = office.post("results", query=ASKED, **{f"v-{whole(lua)}": "100"} | sent)

        assert answer.status_code == 422
        assert [[name for name, _ in line.errors] for line in answer.context["wrong"]] == [[field]]
        assert (figures(), Evidence.objects.count()) == ([], 0)


class TestTwoOfficers:
    def test_who_enters_other_cells_is_in_nobodys_way(self, office):
        lua, bhyt = office.targets(rice(), insured())
        blank = {f"v-{whole(one)}": "" for one in (lua, bhyt)}

        first = office.post("results", query=ASKED, who=office.lan, **blank | {f"v-{whole(lua)}": "10"})
        second = office.post("results", query=ASKED, **blank | {f"v-{whole(bhyt)}": "20"})

        assert (first.status_code, second.status_code) == (302, 302)
        assert [value for *_, value in figures()] == [D(10), D(20)]

    def test_of_one_cell_the_later_sees_both_and_decides(self, office):
        [lua] = office.targets(rice())
        key = whole(lua)
        office.post("results", query=ASKED, who=office.lan, **{f"v-{key}": "10"})

        clash = office.post("results", query=ASKED, **{f"v-{key}": "20", f"was-{key}": ""})

        assert clash.status_code == 409
        [line] = clash.context["clashes"]
        assert line.clash == "Nguyễn Thị Lan vừa ghi 10 lúc 16:00 05/07; bạn ghi 20. Hãy xem lại rồi ghi tiếp."
        assert (line.value, line.was) == ("20", Result.objects.get().pk)
        office.post("results", query=ASKED, **{f"v-{key}": "20", f"was-{key}": line.was})
        assert list(Result.objects.order_by("pk").values_list("value", flat=True)) == [D(10), D(20)]

    def test_the_history_of_corrections_is_on_the_page(self, office):
        [lua] = office.targets(rice())
        first = office.record(lua, 10, actor=office.lan)
        office.record(lua, 20, was=first.pk, note="kiểm lại")

        [line] = office.page("results", ky=PERIOD).context["lines"]

        assert [(one.words, one.by, one.note) for one in line.history] == [
            ("20 tấn", "Nguyễn Thị An", "kiểm lại"),
            ("10 tấn", "Nguyễn Thị Lan", ""),
        ]


class TestOneRow:
    """What the script sends as one leaves a row."""

    def test_it_is_saved_and_answered_as_it_stands(self, office):
        lua, _ = office.targets(rice(), insured())
        key = whole(lua)

        answer = office.post("results", query=ASKED, row=key, **{f"v-{key}": "1234,50"})

        html = answer.content.decode()
        assert (answer.status_code, figures()) == (200, [("Sản lượng lúa", "", D("1234.5"))])
        assert 'value="1.234,5"' in html
        assert 'data-saved-at="16:00"' in html
        assert "<html" not in html

    @pytest.mark.parametrize(("typed", "status"), [("mười", 422), ("9.999.999", 422)])
    def test_a_refusal_is_answered_for_the_row_alone(self, office, typed, status):
        lua, _ = office.targets(rice(), insured())
        key = whole(lua)

        answer = office.post("results", query=ASKED, row=key, **{f"v-{key}": typed})

        assert (answer.status_code, figures()) == (status, [])
        assert answer.content.decode().count("<tr") == 1

    def test_a_clash_shows_both(self, office):
        [lua] = office.targets(rice())
        key, theirs = whole(lua), office.record(lua, 10, actor=office.lan)

        answer = office.post("results", query=ASKED, row=key, **{f"v-{key}": "20", f"was-{key}": ""})

        html = answer.content.decode()
        assert answer.status_code == 409
        assert "Nguyễn Thị Lan vừa ghi 10" in html
        assert f'name="was-{key}" value="{theirs.pk}"' in html

    def test_a_row_that_is_not_on_the_page_is_not_found(self, office):
        office.targets(rice())

        assert office.post("results", query=ASKED, row="999-0").status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_costs_the_same_with_3_and_30_rows(office, count, django_assert_num_queries):
    targets = office.targets(*(TargetRow(f"Chỉ tiêu {number}", low=D(100)) for number in range(count)))
    for target in targets:
        first = office.record(target, 50)
        office.record(target, 60, was=first.pk)
    office.page("results", ky=PERIOD)

    with django_assert_num_queries(15):
        page = office.page("results", ky=PERIOD)

    assert [line.value for line in page.context["lines"]] == ["60"] * count


@pytest.mark.parametrize("count", [3, 30])
def test_the_parts_of_a_target_cost_the_same_at_3_and_30(office, count, django_assert_num_queries):
    [lua] = office.targets(rice())
    for number in range(count):
        office.record(lua, number, PartFactory(unit=office.unit, name=f"Xóm {number}"))
    asked = {"ky": PERIOD, "chi-tieu": lua.pk}
    office.page("results", **asked)

    with django_assert_num_queries(13):
        page = office.page("results", **asked)

    assert len(page.context["lines"]) == count + 4
