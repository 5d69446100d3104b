"""The pages of sets: what they show, what they refuse, what two who edit at once see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.figures import show_figure
from clusters.criteria.services import copy_proposed, copy_set, create_set
from clusters.criteria.values import SetValues
from clusters.models import CriteriaSet, Criterion
from tests.clusters.criteria.conftest import Desk
from tests.clusters.criteria.test_reading import OFFICE
from tests.clusters.season import a_round
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db


def table(desk: Desk, **said: str) -> dict[str, str]:
    """What the page of rows would send, with what was typed."""
    sent = {"version": str(desk.version)}
    for row in desk.set.criteria.all():
        fields = {"code": row.code, "title": row.title, "maximum": show_figure(row.maximum)}
        sent |= {f"t{row.pk}-{name}": value for name, value in fields.items()}
    return sent | said


class TestList:
    def test_filters_and_search_without_marks(self, desk):
        for name, year in (("Bộ khối trường học", 2026), ("Bộ tiêu chí năm 2025", 2025)):
            create_set(desk.unit, values=SetValues(name, year), actor=desk.lan)
        client = signed_in(desk.lan)

        def names(query: str) -> list[str]:
            return [row.name for row, _ in client.get(reverse("clusters:sets") + query).context["rows"]]

        assert names("?nam=2026&xep=ten") == ["Bộ khối trường học", "Bộ tiêu chí năm 2026"]
        assert names("?nam=&q=khoi+truong") == ["Bộ khối trường học"]
        assert names("?nam=2025") == ["Bộ tiêu chí năm 2025"]
        assert names("?nam=&trang_thai=published") == []

    def test_what_a_row_says(self, desk):
        page = signed_in(desk.lan).get(reverse("clusters:sets") + "?nam=2026")

        [(row, _)] = page.context["rows"]
        assert (row.leaf_count, row.base_points) == (4, 50)

    @pytest.mark.parametrize("count", [3, 300])
    def test_the_number_of_queries_is_the_same(self, desk, count):
        sets = [CriteriaSet(unit=desk.unit, name=f"Bộ {n:03}", year=2026) for n in range(count)]
        for one in sets:
            one.fill_search()
        CriteriaSet.objects.bulk_create(sets)
        client = signed_in(desk.lan)
        client.get(reverse("clusters:sets") + "?nam=2026")

        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(reverse("clusters:sets") + "?nam=2026")

        assert page.context["page"].total == count + 1
        assert len(asked) == 7

    def test_a_member_sees_the_published_set_of_its_season_alone(self):
        found = a_round(state="running")
        create_set(found.province, values=SetValues("Dự thảo", 2026), actor=found.noivu)

        page = signed_in(found.officers[2]).get(reverse("clusters:sets") + "?nam=2026")

        assert [row.name for row, _ in page.context["rows"]] == ["Bộ tiêu chí năm 2026"]


class TestOneSet:
    def test_sums_faults_and_tie_break_stand_at_their_rows(self, desk):
        Criterion.objects.filter(set=desk.set, code="I").update(maximum=31, tie_order=2)
        Criterion.objects.filter(set=desk.set, code="II.1").update(tie_order=1)

        page = desk.page("set")

        shown = page.context["shown"]
        assert (shown.base, shown.penalty, shown.fault_count) == ("50", "10", 1)
        assert [row.row.code for row in shown.ties] == ["II.1", "I"]
        [faulty] = shown.faulty
        assert faulty.faults == ["Điểm chuẩn của nhóm là 31, còn các tiêu chí bên trong cộng lại được 30."]
        assert not page.context["may_publish"]

    def test_a_colleague_reads_and_a_stranger_learns_nothing(self, desk):
        assert desk.page("set", who=desk.binh).status_code == 200
        assert desk.page("set_rows", who=desk.binh).status_code == 403
        assert desk.page("set", who=desk.cuong).status_code == 404

    @pytest.mark.parametrize("count", [3, 300])
    def test_the_number_of_queries_is_the_same(self, desk, count):
        rows = [
            Criterion(set=desk.set, order=100 + n, code=f"X{n}", title="Tiêu chí", maximum=1, kind="manual")
            for n in range(count)
        ]
        Criterion.objects.bulk_create(rows)
        client = signed_in(desk.lan)
        client.get(desk.url("set"))

        with CaptureQueriesContext(connection) as asked:
            page = client.get(desk.url("set"))

        assert len(page.context["shown"].rows) == count + 6
        assert len(asked) == 8


class TestTheTable:
    def test_rows_are_typed_and_added(self, desk):
        first = desk.row("I.1")
        new = {"moi0-code": "II.2", "moi0-title": "Họp", "moi0-maximum": "2,5", "moi0-kind": "manual"}
        new["moi0-parent"] = str(desk.row("II").pk)

        answer = desk.post("set_rows", **table(desk, **new, **{f"t{first.pk}-title": "Thu ngân sách xã"}))

        assert (answer.status_code, answer.url) == (302, desk.url("set_rows"))
        assert desk.codes() == ["I", "I.1", "I.2", "II", "II.1", "II.2", "III"]
        assert (desk.row("II.2").maximum, desk.row("II.2").starts_full) == (2.5, True)

    def test_a_row_moves_after_what_was_typed_is_saved(self, desk):
        row = desk.row("I.2")

        answer = desk.post("set_rows", **table(desk, viec=f"len-{row.pk}", **{f"t{row.pk}-title": "Nghèo"}))

        assert answer.url == f"{desk.url('set_rows')}#dong-{row.pk}"
        assert (desk.codes()[:3], desk.row("I.2").title) == (["I", "I.2", "I.1"], "Nghèo")

    @pytest.mark.parametrize(
        ("name", "typed", "error"),
        [
            ("maximum", "mười", "Ghi «mười», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."),
            ("maximum", "", "Ghi điểm chuẩn của tiêu chí."),
            ("code", "I.2", "Mã «I.2» đã dùng cho dòng khác."),
            ("title", "", "Nội dung tiêu chí còn trống."),
        ],
    )
    def test_what_cannot_stand_is_told_at_its_field_and_nothing_is_lost(self, desk, name, typed, error):
        key = f"t{desk.row('I.1').pk}-{name}"

        answer = desk.post("set_rows", **table(desk, **{key: typed}))

        assert answer.status_code == 422
        [line] = answer.context["error_lines"]
        assert (line.errors, getattr(line, name)) == ({name: error}, typed)
        assert f'href="#id_{key}"' in answer.content.decode()
        assert desk.row("I.1").title == "Thu ngân sách"

    def test_who_comes_second_sees_both_texts_and_may_save_again(self, desk):
        key = f"t{desk.row('I.1').pk}-title"
        mine = table(desk, **{key: "Của tôi"})
        desk.post("set_rows", **table(desk, **{key: "Của người khác"}))

        answer = desk.post("set_rows", **mine)

        assert answer.status_code == 409
        page = answer.content.decode()
        assert 'value="Của tôi"' in page
        assert "Bản đang lưu: I.1 Của người khác, 20 điểm" in page
        assert desk.row("I.1").title == "Của người khác"

        desk.post("set_rows", **mine | {"version": str(answer.context["set"].version)})
        assert desk.row("I.1").title == "Của tôi"

    def test_a_published_set_has_no_such_page(self, desk):
        sent = table(desk, **{f"t{desk.row('I.1').pk}-title": "Khác"})
        desk.publish()

        assert desk.page("set_rows").status_code == 400
        answer = desk.post("set_rows", **sent)

        assert (answer.status_code, desk.row("I.1").title) == (400, "Thu ngân sách")
        assert "đã ban hành thì không sửa được nữa" in answer.content.decode()


class TestOneCriterion:
    def said(self, desk: Desk, **more: str) -> dict[str, str]:
        usual = {"code": "III", "title": "Điểm trừ", "maximum": "10", "kind": "penalty", "scored_by": "review"}
        return {"version": str(desk.version), **usual, **more}

    def test_a_penalty_in_lines(self, desk):
        row = desk.row("III")

        answer = desk.post(
            "criterion", row.pk, **self.said(desk, late="5: 5\n10\t10", late_each="0,5", grace="2", cutoff="30")
        )

        assert answer.status_code == 302
        assert desk.row("III").rule == {
            "late": [{"days": 5, "points": 5}, {"days": 10, "points": 10}],
            "late_each": "0.5",
            "grace": 2,
            "cutoff": 30,
        }
        assert 'value="0,5"' in desk.page("criterion", row.pk).content.decode()

    def test_a_penalty_without_a_rule_is_left_to_whoever_scores_and_can_be_published(self, desk):
        row = desk.row("III")

        answer = desk.post("criterion", row.pk, **self.said(desk))

        assert (answer.status_code, desk.row("III").rule) == (302, {})
        assert "Người chấm ghi số điểm trừ, kèm lý do" in desk.page("set").content.decode()
        assert desk.post("set_publish", version=str(desk.version)).status_code == 302

    @pytest.mark.parametrize(
        ("typed", "field", "error"),
        [
            ({"late": "năm"}, "late", "Dòng 1 «năm»: ghi mức rồi điểm, như 30: 5."),
            ({"grace": "1,5"}, "grace", "Số ngày phải là số nguyên."),
            ({"late_each": "-1"}, "late_each", "Số này không được âm."),
            ({"maximum": ""}, "maximum", "Ghi điểm chuẩn."),
            ({"confirmed_by": "head"}, "confirmed_by", "Bên xác nhận phải ở bước sau bên chấm"),
        ],
    )
    def test_errors_stand_at_their_fields(self, desk, typed, field, error):
        answer = desk.post("criterion", desk.row("III").pk, **self.said(desk, **typed))

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert error in answer.context["form"].errors[field][0]

    def test_the_fields_follow_the_kind_before_anything_is_saved(self, desk):
        row = desk.row("I.1")
        assert "points_each" not in desk.page("criterion", row.pk).context["form"].fields

        answer = desk.post("criterion", row.pk, **self.said(desk, kind="count", title="Mới gõ", viec="doi-cach-tinh"))

        form = answer.context["form"]
        assert (answer.status_code, form.errors, form["title"].value()) == (200, {}, "Mới gõ")
        assert "points_each" in form.fields
        assert desk.row("I.1").kind == "ratio"

    def test_who_comes_second_sees_both_texts(self, desk):
        row = desk.row("III")
        mine = self.said(desk, title="Của tôi", returned_each="5")
        desk.post("criterion", row.pk, **self.said(desk, title="Của người khác", returned_each="5"))

        answer = desk.post("criterion", row.pk, **mine)

        assert answer.status_code == 409
        assert answer.context["form"].errors["title"] == ["Người khác vừa lưu: «Của người khác»."]
        assert desk.row("III").title == "Của người khác"


class TestReading:
    def test_a_table_is_read_shown_and_taken(self, desk):
        page = desk.post("set_read", text=OFFICE)

        assert (page.status_code, len(page.context["lines"])) == (200, 15)
        assert desk.codes()[0] == "I"
        [(_, _, dump)] = page.context["sources"]
        said = {"nguon": dump, "version": str(desk.version), "viec": "lay", "cach": "thay", "hoi-thuong": "co"}

        answer = desk.post("set_read", **said)

        assert (answer.status_code, answer.url) == (302, desk.url("set"))
        assert desk.codes()[:6] == ["I", "I.1", "I.2", "I.2.1", "I.2.2", "II"]
        assert desk.row("I.2.2").kind == "yes_no"
        assert desk.page("set").context["shown"].fault_count == 0

    def test_180_leaves_go_in_with_one_paste(self, desk):
        lines = ["TT\tNội dung\tĐiểm chuẩn"]
        for group in range(1, 19):
            lines.append(f"{group}\tNhóm thứ {group}\t20")
            lines += [f"{group}.{leaf}\tTiêu chí {group}.{leaf}\t2" for leaf in range(1, 11)]
        page = desk.post("set_read", text="\n".join(lines))
        dump = page.context["sources"][0][2]

        with CaptureQueriesContext(connection) as asked:
            answer = desk.post("set_read", nguon=dump, version=str(desk.version), viec="lay", cach="thay")

        assert (answer.status_code, len(desk.codes())) == (302, 198)
        assert desk.page("set").context["shown"].fault_count == 0
        assert len(asked) < 60

    def test_codes_that_are_taken_are_told_at_the_row(self, desk):
        dump = desk.post("set_read", text=OFFICE).context["sources"][0][2]

        answer = desk.post("set_read", nguon=dump, version=str(desk.version), viec="lay", cach="them")

        assert answer.status_code == 422
        assert "Mã «I» đã dùng cho dòng khác." in answer.content.decode()
        assert len(desk.codes()) == 6

    @pytest.mark.parametrize("text", ["", "không phải bảng"])
    def test_what_is_no_table_is_said_at_the_field(self, desk, text):
        answer = desk.post("set_read", text=text)

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])


class TestNextYear:
    def test_the_copy_shows_what_it_changed(self, desk):
        desk.publish()
        made = copy_set(desk.set, desk.unit, values=copy_proposed(desk.set), actor=desk.lan)
        assert (made.name, made.year, made.state) == ("Bộ tiêu chí năm 2027", 2027, "draft")
        assert [row.code for row in made.criteria.all()] == desk.codes()
        made.criteria.filter(code="I.1").update(maximum=15)
        made.criteria.filter(code="I.2").delete()
        made.criteria.filter(code="III").update(rule={"returned_each": 3})
        Criterion.objects.create(set=made, order=9, code="IV", title="Thưởng", maximum=5, kind="bonus")

        page = signed_in(desk.lan).get(reverse("clusters:set_changes", args=[made.pk]))

        assert page.context["standing"] == "Thêm 1, bỏ 1, sửa 2 dòng. So với «Bộ tiêu chí năm 2026»."
        assert [(one.state, one.row.code, one.old_points, one.new_points) for one in page.context["rows"]] == [
            ("changed", "I.1", "20", "15"),
            ("removed", "I.2", "10", ""),
            ("changed", "III", "10", "10"),
            ("added", "IV", "", "5"),
        ]

    def test_what_holds_for_the_whole_set_is_compared_too(self, desk):
        desk.publish()
        made = copy_set(desk.set, desk.unit, values=copy_proposed(desk.set), actor=desk.lan)
        made.surplus_cap, made.decimals = 5, 3
        made.save()

        page = signed_in(desk.lan).get(reverse("clusters:set_changes", args=[made.pk]))

        assert page.context["standing"] == "Sửa 2 quy định chung. So với «Bộ tiêu chí năm 2026»."
        assert [(one.name, one.old, one.new) for one in page.context["rules"]] == [
            ("Số chữ số thập phân", "2", "3"),
            ("Điểm thưởng vượt kế hoạch, nhiều nhất", "", "5"),
        ]
        assert "Các tiêu chí giữ nguyên." in page.content.decode()

    def test_a_published_set_without_changes_is_not_told_to_edit(self, desk):
        desk.publish()
        made = copy_set(desk.set, desk.unit, values=copy_proposed(desk.set), actor=desk.lan)
        url = reverse("clusters:set_changes", args=[made.pk])
        assert "Sửa, thêm, bỏ tiêu chí" in signed_in(desk.lan).get(url).content.decode()

        type(made).objects.filter(pk=made.pk).update(state="published")

        page = signed_in(desk.lan).get(url)
        assert page.context["standing"] == "Không có chỗ nào khác. So với «Bộ tiêu chí năm 2026»."
        assert "Sửa, thêm, bỏ tiêu chí" not in page.content.decode()

    def test_through_the_page(self, desk):
        desk.publish()
        form = desk.page("set_copy").context["form"]
        sent = {name: "" if (value := form[name].value()) is None else value for name in form.fields}

        answer = desk.post("set_copy", **sent)

        made = CriteriaSet.objects.get(copied_from=desk.set)
        assert answer.url == reverse("clusters:set", args=[made.pk])
        assert made.criteria.count() == 6


def test_publishing_through_the_page(desk):
    assert desk.page("set_publish").context["may_publish"]

    answer = desk.post("set_publish", version=str(desk.version))

    assert answer.url == desk.url("set")
    assert CriteriaSet.objects.get(pk=desk.set.pk).state == "published"


def test_the_tie_break_is_typed_as_codes(desk):
    form = desk.page("set_edit").context["form"]
    sent = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
    sent |= {"version": str(desk.version)}

    refused = desk.post("set_edit", **sent | {"tie_break": "I.1; V"})
    assert refused.context["form"].errors == {"tie_break": ["Không có tiêu chí mã «V» trong bộ này."]}

    desk.post("set_edit", **sent | {"tie_break": "II ; I.1"})
    ordered = desk.set.criteria.exclude(tie_order=None).order_by("tie_order")
    assert list(ordered.values_list("code", flat=True)) == ["II", "I.1"]
