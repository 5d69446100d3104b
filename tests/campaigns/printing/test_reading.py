"""A campaign plan that the office has as a file: dropped in, it is a draft and its campaign."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from campaigns.models import Campaign
from campaigns.part import data_of
from campaigns.printing.telling import tell
from documents.rendering import render
from plans.models import Plan, Reading
from plans.printing import printed
from plans.reading.targets import targets_in
from plans.receiving.services import receive
from tests.campaigns.printing.conftest import PART
from tests.plans.conftest import rendered
from tests.plans.files import read_file
from tests.plans.starting.world import text_of

pytestmark = pytest.mark.django_db

Read = Callable[[bytes, str], Reading]


@pytest.fixture
def read(unit: Any, officer: Any, django_capture_on_commit_callbacks: Any) -> Read:
    """The file is dropped in and the worker has read it."""

    def read(content: bytes, name: str) -> Reading:
        with django_capture_on_commit_callbacks(execute=True):
            reading = receive(io.BytesIO(content), name=name, unit=unit, actor=officer)
        reading.refresh_from_db()
        assert reading.plan is not None
        return reading

    return read


def test_a_word_file_gives_the_campaign_that_its_text_tells(read):
    reading = read(rendered("diem_hai", "docx"), "Kế hoạch.docx")

    campaign = Campaign.objects.get(plan=reading.plan)
    wanted = read_file("diem_hai")["campaign"]
    assert (campaign.unit, campaign.theme) == (reading.unit, wanted["theme"])
    counts = (campaign.targets.count(), campaign.waves.count(), campaign.movements.count())
    assert counts == tuple(len(wanted[name]) for name in ("targets", "waves", "thematic"))


def test_the_draft_says_so_and_leads_there(page, read):
    reading = read(rendered("diem_hai", "docx"), "Kế hoạch.docx")
    campaign = Campaign.objects.get(plan=reading.plan)

    answer = page.get(reverse("plans:editor", args=[reading.plan.pk]))

    counts = (
        f"{campaign.targets.count()} chỉ tiêu, {campaign.waves.count()} đợt, {campaign.movements.count()} chuyên đề"
    )
    assert f"Đã lập phong trào với {counts}: xem lại" in text_of(answer)
    address = reverse("campaigns:campaign", args=[campaign.pk])
    assert f'<a href="{address}">xem lại</a>' in answer.content.decode()
    assert page.get(address).status_code == 200


def test_a_plan_that_is_typed_here_is_not_told_of_as_read(page, plan):
    assert "Đã lập phong trào" not in text_of(page.get(reverse("plans:editor", args=[plan.pk])))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (PART, "Đã lập phong trào với 3 chỉ tiêu, 2 đợt, 2 chuyên đề"),
        ({"theme": "A", "waves": [], "thematic": ["B"], "targets": []}, "Đã lập phong trào với 1 chuyên đề"),
        ({"theme": "A", "waves": [], "thematic": [], "targets": []}, "Đã lập phong trào, chưa có chỉ tiêu nào"),
    ],
)
def test_only_what_is_there_is_counted(make, part, words):
    found = tell(make(part=part))

    assert found is not None
    assert found.words == words


def test_a_plan_without_a_campaign_tells_nothing(make):
    assert tell(make(part=None)) is None


def test_days_of_another_year_are_to_be_looked_at(read):
    """A wave that is printed with the year before, which the real plan of 2024 did."""
    reading = read(rendered("diem_hai", "docx"), "Kế hoạch.docx")

    [one] = reading.unsure.filter(place__startswith="Phong trào")
    assert (one.place, one.words, one.spot) == ("Phong trào, đợt 1", "từ ngày 01/01/2024 đến 30/6/2024", None)
    assert one.why == "Thời gian này thuộc năm 2024, trước năm 2025 của kế hoạch."


def test_uncertain_targets_are_to_be_looked_at(read):
    text = (
        "KẾ HOẠCH\nPhát động phong trào thi đua năm 2026\nI. NỘI DUNG\n1. Mục tiêu cụ thể\n"
        "- Tỷ lệ hộ dùng nước sạch tăng từ 85% lên 90%;\n- Thu ngân sách từ 20 đến 19 tỷ đồng;\n- Trồng 15 ha rừng.\n"
    )

    reading = read(text.encode(), "ke-hoach.txt")

    told = [(one.place, one.why) for one in reading.unsure.filter(place__startswith="Phong trào, chỉ tiêu")]
    assert told == [
        ("Phong trào, chỉ tiêu 1", "Câu này còn ghi «85%»: chỉ tiêu lấy «90%», hãy xem lại."),
        ("Phong trào, chỉ tiêu 2", "Ghi từ 20 đến 19, số sau nhỏ hơn số trước: tạm lấy số trước."),
    ]
    campaign = Campaign.objects.get(plan=reading.plan)
    assert [(row.text, row.comparison, row.low, row.high) for row in campaign.targets.all()] == [
        ("Tỷ lệ hộ dùng nước sạch tăng từ 85%", "=", 90, None),
        ("Thu ngân sách", "=", 20, None),
        ("Trồng rừng", "=", 15, None),
    ]


def test_what_is_certain_is_not_asked_about():
    clear = (
        "Sản lượng lúa 2.205 tấn; hạ tỷ lệ hộ nghèo 1-2%/năm; 95% hộ đạt gia đình văn hóa; trồng 3 ngàn cây phân tán."
    )

    assert [one.doubt for one in targets_in(clear)] == ["", "", "", ""]


@pytest.mark.parametrize("to", ["docx", "pdf"])
def test_a_plan_that_printed_its_campaign_is_read_as_the_same(read, make, to):
    plan = make("1. Chủ đề thi đua\n[Chủ đề]\n2. Các đợt thi đua\n[Các đợt thi đua]\n3. Chuyên đề\n[Chuyên đề]\n"
                "4. Mục tiêu cụ thể\n[Chỉ tiêu]")  # fmt: skip
    before = data_of(Campaign.objects.get(plan=plan), plan)

    reading = read(render(printed(plan), to), f"Kế hoạch.{to}")

    found = Plan.objects.get(pk=reading.plan.pk)
    after = data_of(found.campaign, found)
    assert (after.theme, after.waves, after.movements) == (before.theme, before.waves, before.movements)
    assert [
        (one.text.lower(), one.comparison, one.low, one.high, one.measure, one.direction) for one in after.targets
    ] == [(one.text.lower(), one.comparison, one.low, one.high, one.measure, one.direction) for one in before.targets]
