"""A plan that prints its campaign: the same in every form, pointed out where there is nothing, kept once issued."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from campaigns.models import Campaign, Target
from documents.issuing import UnfitPaper
from documents.rendering import render
from documents.rendering.html import paper_body
from documents.rendering.text import render_text
from documents.signed import compare
from plans import interchange
from plans.amending.services import start_amending
from plans.editor.state import state_of
from plans.models import Plan, Revision
from plans.moving.places import Place
from plans.paper import compose
from plans.presenters import lines
from plans.printed_places import texts_by_path
from plans.printing import printed, printed_before
from plans.selectors import any_plan, plan_data, with_content
from plans.services import create_plan
from plans.signed_changes import take_over
from tests.campaigns.printing.conftest import BODY, PART, PRINTED, issue, lines_of
from tests.factories import PlanFactory

ROWS = ["1 Sản lượng lúa tấn 2.205,5", "2 Tỷ lệ hộ nghèo %/năm giảm 1 - 2", "3 Tỷ lệ người tham gia"]


def data_of(plan: Plan) -> interchange.PlanData:
    return plan_data(any_plan(plan.pk))


def words_of_word(content: bytes) -> list[str]:
    return [" ".join(one.text.split()) for one in Document(io.BytesIO(content)).paragraphs if one.text.strip()]


def words_of_html(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def findings_of(page: Any, plan: Plan) -> list[dict[str, Any]]:
    asked = {"state": state_of(plan)}
    answer = page.post(reverse("plans:editor_findings", args=[plan.pk]), asked, content_type="application/json")
    return answer.json()["findings"]


class TestPrinted:
    def test_every_line_prints_what_the_campaign_has(self, plan):
        found = lines_of(plan)

        start = found.index("1. Chủ đề thi đua")
        assert found[start : start + len(PRINTED.splitlines())] == PRINTED.splitlines()
        assert "[" not in render_text(printed(plan))

    def test_word_and_preview_say_the_same(self, plan):
        word = words_of_word(render(printed(plan), "docx"))
        page = words_of_html(str(paper_body(printed(plan))))

        for line in PRINTED.splitlines():
            assert line in word
            assert line in page

    def test_the_editors_preview_and_its_offers(self, page, plan):
        state = state_of(plan)
        state["sections"][0]["body"] = "1. Mục tiêu\n[chỉ tiêu]\n[Một dòng khác]"

        answer = page.post(
            reverse("plans:editor_preview", args=[plan.pk]), {"state": state}, content_type="application/json"
        ).json()
        shown = page.get(reverse("plans:editor", args=[plan.pk]))

        said = words_of_html(answer["html"])
        assert "- Tỷ lệ hộ nghèo giảm 1-2 %/năm;" in said
        assert ("[chỉ tiêu]" in said, "[Một dòng khác]" in said) == (False, True)
        assert shown.context["settings"]["blocks"] == [
            "[Chủ đề]", "[Các đợt thi đua]", "[Chuyên đề]", "[Chỉ tiêu]", "[Bảng chỉ tiêu]"
        ]  # fmt: skip

    def test_only_what_has_something_to_print_is_offered(self, page, make):
        plan = make(part={"theme": "", "waves": [], "thematic": ["Dạy tốt"], "targets": []})
        without = make(part=None)

        offers = [
            page.get(reverse("plans:editor", args=[one.pk])).context["settings"]["blocks"] for one in (plan, without)
        ]

        assert offers == [["[Chuyên đề]"], []]

    def test_the_page_of_the_plan_names_what_is_printed_there(self, plan):
        (section,) = plan.sections.all()

        assert [line.text for line in lines(section) if line.is_block] == [
            "Chủ đề", "Các đợt thi đua", "Chuyên đề", "Chỉ tiêu", "Bảng chỉ tiêu"
        ]  # fmt: skip

    def test_the_line_goes_out_as_typed_and_the_campaign_as_data(self, plan):
        written = interchange.write(data_of(plan))

        again = create_plan(interchange.read(written), actor=None)

        assert {"type": "paragraph", "text": "[Chỉ tiêu]"} in written["blocks"]
        assert written["campaign"] == PART
        assert interchange.write(data_of(again)) == written
        assert lines_of(again)[8:] == lines_of(plan)[8:]

    def test_what_the_campaign_says_now_is_printed(self, plan):
        Target.objects.filter(campaign__plan=plan, order=1).update(low=2300)

        assert "- Sản lượng lúa 2.300 tấn;" in lines_of(plan)


class TestNothingToPrint:
    @pytest.mark.parametrize("part", [None, PART | {"targets": []}, PART | {"slogan": "Không dòng nào giữ được"}])
    def test_it_is_a_finding_at_its_line(self, page, make, part):
        plan = make("1. Mục tiêu\n[Chỉ tiêu]", part)

        answer = page.post(
            reverse("plans:editor_findings", args=[plan.pk]),
            {"state": state_of(plan)},
            content_type="application/json",
        )
        (found,) = [one for one in answer.json()["findings"] if one["code"] == "block.empty"]

        assert (found["message"], found["severity"]) == ("Dòng [Chỉ tiêu] chưa có chỉ tiêu nào.", "must")
        assert (found["spot"]["of"], found["spot"]["field"], found["spot"]["line"]) == ("section", "body", 1)

    def test_no_paper_is_issued_with_brackets(self, make, officer):
        plan = make("1. Chủ đề\n[Chủ đề]\n2. Mục tiêu\n[Chỉ tiêu]", PART | {"targets": []})

        with pytest.raises(UnfitPaper, match=r"^Dòng \[Chỉ tiêu\] chưa có chỉ tiêu nào\. Hãy bổ sung, hoặc bỏ dòng"):
            issue(plan, officer)

        plan.refresh_from_db()
        assert (plan.state, plan.paper, plan.printed_parts) == ("draft", None, None)

    def test_a_plan_without_such_lines_needs_no_campaign(self, make, officer):
        assert issue(make("1. Mục tiêu\n[Một dòng khác]", None), officer).printed_parts is None


class TestPlaces:
    def test_a_finding_in_printed_data_leads_to_the_line_and_offers_no_replacement(self, page, make):
        wrong = {"text": "tỷ lệ hộ hộ nghèo", "op": "=", "low": 2, "unit": "%"}
        plan = make(part=PART | {"targets": [wrong]})

        answer = page.post(
            reverse("plans:editor_findings", args=[plan.pk]),
            {"state": state_of(plan)},
            content_type="application/json",
        ).json()
        found = [one for one in answer["findings"] if "hộ hộ" in one["words"]]

        assert [(one["spot"]["line"], one["suggestion"], one["start"]) for one in found] == [
            (7, None, None),
            (9, None, None),
        ]

    def test_the_places_behind_a_block_are_those_of_their_lines(self, make):
        data = data_of(make(f"{BODY}\n6. Tổ chức\n- Các thôn thực hiện."))
        texts = texts_by_path(data, paper := compose(data))

        last = ("body", len(paper.body) - 2)  # before the closing
        assert [str(one.where) for one in texts[last]] == ["blocks/12/marker", "blocks/12/text"]
        made = {one.where for found in texts.values() for one in found if one.is_made}
        assert made == {Place(("blocks", str(at), "text")) for at in (2, 4, 6, 8, 10)}

    def test_what_the_signed_copy_says_of_a_target_is_left_to_a_person(self, plan):
        data = data_of(plan)
        signed = plan_with(data, "low", 2300)

        found = take_over(data, compare(compose(data), render_text(signed)).differences)

        assert (found.plan, found.taken, found.gone) == (data, (), ())
        assert [(one.before, one.after) for one in found.left] == [("2.205,5", "2.300")] * 2

    def test_a_target_that_the_signed_copy_leaves_out_does_not_take_the_line_along(self, plan):
        data = data_of(plan)
        part = PART | {"targets": PART["targets"][1:]}
        signed = compose(replace(data, parts={"campaign": part}))

        found = take_over(data, compare(compose(data), render_text(signed)).differences)

        assert (found.plan.blocks, found.gone) == (data.blocks, ())
        assert found.left


def plan_with(data: interchange.PlanData, name: str, value: Any) -> Any:
    """The paper that says another figure of the first target."""
    part = dict(data.parts["campaign"])
    part["targets"] = [part["targets"][0] | {name: value}, *part["targets"][1:]]
    return compose(replace(data, parts={"campaign": part}))


class TestIssued:
    def test_what_was_printed_stays(self, plan, officer):
        before = lines_of(plan)
        issued = issue(plan, officer)
        told = lines_of(issued)

        Target.objects.filter(campaign__plan=plan).update(low=7, high=None, comparison="=")
        Campaign.objects.filter(plan=plan).update(theme="Khác")

        assert lines_of(issued) == told
        assert told[8:] == before[8:]
        assert issued.printed_parts == {"campaign": PART}
        assert data_of(issued).parts["campaign"]["theme"] == "Khác"

    def test_an_amending_plan_prints_what_changed_in_the_campaign(self, plan, officer):
        issued = issue(plan, officer)
        Target.objects.filter(campaign__plan=plan, order=1).update(low=2300)

        draft = start_amending(issued, actor=officer, reason="Theo Nghị quyết của Hội đồng nhân dân xã")

        found = lines_of(draft)
        assert Campaign.objects.count() == 1
        assert "1. Sửa đổi, bổ sung khoản 4 Mục I như sau:" in found
        assert "- Sản lượng lúa 2.300 tấn;" in found
        assert "2. Sửa đổi, bổ sung khoản 5 Mục I như sau:" in found
        assert not any("[" in line or "Chủ đề" in line for line in found)

    def test_once_in_force_the_plan_prints_it_and_remembers_what_it_printed_before(self, plan, officer):
        issued = issue(plan, officer)
        Target.objects.filter(campaign__plan=plan, order=1).update(low=2300)
        draft = start_amending(issued, actor=officer, reason="Theo Nghị quyết của Hội đồng nhân dân xã")
        said = lines_of(draft)

        amending = issue(draft, officer, "31", day=issued.paper.date.replace(month=5))
        Target.objects.filter(campaign__plan=plan, order=1).update(low=9)

        assert "- Sản lượng lúa 2.300 tấn;" in lines_of(issued)
        assert "- Sản lượng lúa 2.205,5 tấn;" in render_text(printed_before(Revision.objects.get()))
        assert [line for line in lines_of(amending) if line.startswith("- Sản")] == [
            line for line in said if line.startswith("- Sản")
        ]
        assert Campaign.objects.get().plan == issued
        assert sorted(any_plan(issued.pk).sections.values_list("body", flat=True)) == [BODY]


def test_reading_plans_asks_no_more_for_four_than_for_one(unit, make):
    for _ in range(4):
        make()
    plain = PlanFactory(unit=unit, sections=1)

    campaign = Plan.objects.exclude(pk=plain.pk)
    asked = [queries_for(rows) for rows in (Plan.objects.filter(pk=plain.pk), campaign[:1], campaign)]

    assert asked[1] == asked[2] == asked[0] + 3


def queries_for(plans: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        found = [plan_data(plan) for plan in with_content(Plan.objects.filter(pk__in=[one.pk for one in plans]))]
    assert found
    return len(queries) - 1
