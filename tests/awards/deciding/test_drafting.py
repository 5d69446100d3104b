"""A decision is drafted from those who passed: who goes into it, in which order, with which words."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from awards.deciding import services
from awards.deciding.bases import bases_on, cited
from awards.deciding.candidates import desk_of
from awards.deciding.printing import printed
from awards.deciding.services import IsIssued
from awards.models import Decision, LocalRule, Nominee
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import EditedMeanwhile
from documents import tree
from documents.legal_texts import load_missing
from documents.models import LegalText
from documents.rendering.text import render_text
from tests.awards.deciding.scene import TODAY, a_draft, an_office_to_decide, issued, passed
from tests.awards.rows import an_office
from tests.factories import IssuerFactory, PartFactory, UnitFactory

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def _laws(db):
    """A database that was emptied by tests of whole transactions has lost what its migration brought."""
    load_missing(LegalText)


@pytest.fixture
def office():
    return an_office_to_decide()


def names(decision: Decision) -> list[str]:
    return list(decision.nominees.order_by("decision_order").values_list("name", flat=True))


# -- Who -----------------------------------------------------------------------------------


def test_the_desk_has_what_the_unit_decides_and_what_it_sends_up(office):
    passed(office, "LDTT", "Nguyễn Thị Hoa")
    passed(office, "CSTDCS", "Trần Văn Bình")
    passed(office, "BKT", "Lê Thị Cúc")
    passed(office, "LDTT", "Chưa xét", state="ready")
    passed(office, "LDTT", "Mới gửi", state="proposed")
    passed(office, "LDTT", "Không đạt", state="failed")

    desk = desk_of(office.round, TODAY)

    assert [(one.key, len(one.nominees)) for one in desk.here] == [("CSTDCS:person", 1), ("LDTT:person", 1)]
    assert [(one.key, len(one.nominees)) for one in desk.above] == [("BKT:person", 1)]
    assert (desk.sent, desk.waiting, desk.deciders(TODAY)) == (0, 2, "Chủ tịch Ủy ban nhân dân tỉnh")


@pytest.mark.parametrize(
    ("day", "here"),
    [(dt.date(2025, 6, 30), []), (dt.date(2025, 7, 1), ["CSTDCS:person"])],
    ids=["district", "commune"],
)
def test_since_july_2025_the_chairman_of_a_commune_decides_cstdcs(office, day, here):
    passed(office, "CSTDCS")

    assert [one.key for one in desk_of(office.round, day).here] == here


def test_the_chairman_at_once_and_a_village_need_no_sitting(office):
    passed(office, "GK", "Cứu người", state="ready", path="sudden")
    passed(office, "GK", "Phải họp", state="ready", path="merit")
    passed(office, "GDVH", "Hộ ông Lò Văn A", state="ready", kind="household")

    desk = desk_of(office.round, TODAY)

    assert [(one.key, [row.name for row in one.nominees]) for one in desk.here] == [
        ("GDVH:household", ["Hộ ông Lò Văn A"]),
        ("GK:person", ["Cứu người"]),
    ]


def test_a_local_rule_may_ask_for_a_sitting_all_the_same(office):
    LocalRule.objects.create(unit=office.province, award="GK", route="show", source="Quyết định số 5/2026/QĐ-UBND")
    passed(office, "GK", state="ready", path="sudden")

    assert desk_of(office.round, TODAY).here == ()


def test_reading_the_desk_asks_the_same_of_three_and_of_three_hundred(office, django_assert_num_queries):
    for number in range(3):
        passed(office, "LDTT", f"Người {number}")
    with django_assert_num_queries(5):
        assert len(desk_of(office.round, TODAY).here[0].nominees) == 3
    for number in range(30):
        passed(office, "CSTDCS", f"Người khác {number}")

    with django_assert_num_queries(5):
        assert [len(one.nominees) for one in desk_of(office.round, TODAY).here] == [30, 3]


# -- Begun ---------------------------------------------------------------------------------


def test_a_draft_takes_whole_groups_by_award_kind_and_part(office):
    office.village.order, office.school.order = 1, 2
    office.village.save()
    office.school.save()
    passed(office, "LDTT", "Trường sau", sender="school")
    passed(office, "LDTT", "Thôn trước", sender="village")
    passed(office, "CSTDCS", "Danh hiệu cao hơn")
    passed(office, "TTLDTT", "Tập thể lớp 5A", kind="collective", honorific="")
    left = passed(office, "GK", "Để lại")

    decision = a_draft(office, "LDTT:person", "CSTDCS:person", "TTLDTT:collective")

    assert names(decision) == ["Danh hiệu cao hơn", "Tập thể lớp 5A", "Thôn trước", "Trường sau"]
    left.refresh_from_db()
    assert (left.decision_id, decision.decider, decision.state) == (None, "commune", "draft")
    assert decision.payer == f"Quỹ thi đua, khen thưởng của {office.unit}"
    assert decision.subject == (
        "Về việc tặng danh hiệu “Chiến sĩ thi đua cơ sở”, “Tập thể lao động tiên tiến”, “Lao động tiên tiến” năm 2026"
        " cho tập thể, cá nhân"
    )


def test_the_committee_issues_it_whichever_was_entered_first():
    office = an_office()
    IssuerFactory(unit=office.unit, name_lines="HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG", symbol="HĐTĐKT")
    committee = IssuerFactory(unit=office.unit)
    passed(office)

    assert a_draft(office).issuer == committee


def test_nobody_is_taken_twice(office):
    passed(office)
    a_draft(office)

    with pytest.raises(UnfitField, match="Chọn ít nhất một mục còn trong danh sách"):
        a_draft(office)

    assert Decision.objects.count() == 1


def test_a_province_decides_by_the_one_who_may_on_all():
    office = an_office_to_decide()
    office.round.unit = office.province
    office.round.save()
    IssuerFactory(unit=office.province)
    passed(office, "BKT")
    passed(office, "LDTT")

    decision = a_draft(office, "BKT:person", "LDTT:person")
    assert decision.decider == "province"

    passed(office, "GK")
    passed(office, "COT", "Trường", kind="collective")
    with pytest.raises(UnfitField, match="do những người khác nhau quyết định"):
        a_draft(office, "GK:person", "COT:collective")


def test_the_head_of_an_office_decides_in_its_name():
    office = an_office_to_decide()
    office.round.unit = office.province
    office.round.save()
    IssuerFactory(unit=office.province)
    part = PartFactory(unit=office.province, name="Sở Nội vụ", kind="office")
    bureau = IssuerFactory(
        unit=office.province, part=part, name_lines="SỞ NỘI VỤ", symbol="SNV", signature_lines="GIÁM ĐỐC"
    )
    passed(office, "LDTT")

    decision = services.draft(office.round, actor=office.officer, groups=["LDTT:person"], by="department")

    texts = printed(decision).texts
    assert (decision.decider, decision.issuer) == ("department", bureau)
    assert (texts["authority"], texts["lines"]) == ("GIÁM ĐỐC SỞ NỘI VỤ", "GIÁM ĐỐC")
    assert printed(decision).paper().header.symbol == "QĐ-SNV"


def test_who_passed_later_comes_behind(office):
    passed(office, "LDTT", "Trước")
    decision = a_draft(office)
    passed(office, "CSTDCS", "Sau")

    services.take_in(decision, actor=office.officer, version=decision.version, groups=["CSTDCS:person"])

    assert names(decision) == ["Trước", "Sau"]
    assert "Chiến sĩ thi đua cơ sở" in Decision.objects.get().subject


# -- Order ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("places", "expected"),
    [({"D": 1}, "DABC"), ({"A": 4}, "BCDA"), ({"A": 3, "D": 1}, "DBCA"), ({"B": 2}, "ABCD"), ({"C": 99}, "ABDC")],
)
def test_a_typed_number_moves_a_line_to_that_place(office, places, expected):
    rows = {name: passed(office, "LDTT", name) for name in "ABCD"}
    decision = a_draft(office)

    typed = {rows[name].pk: place for name, place in places.items()}
    services.reorder(decision, actor=office.officer, version=decision.version, typed=typed)

    assert "".join(names(decision)) == expected
    assert list(decision.nominees.order_by("decision_order").values_list("decision_order", flat=True)) == [1, 2, 3, 4]


def test_the_usual_order_comes_back(office):
    rows = [passed(office, "LDTT", name) for name in "ABC"]
    decision = a_draft(office)
    services.reorder(decision, actor=office.officer, version=1, typed={rows[0].pk: 3})

    services.usual_order(decision, actor=office.officer, version=2)

    assert names(decision) == ["A", "B", "C"]
    codes = AuditEntry.objects.filter(unit_id=office.unit.pk).order_by("position").values_list("code", flat=True)
    assert list(codes) == ["awards.decision.drafted", "awards.decision.ordered", "awards.decision.ordered"]


def test_an_older_page_orders_nothing(office):
    rows = [passed(office, "LDTT", name) for name in "AB"]
    decision = a_draft(office)
    services.reorder(decision, actor=office.officer, version=1, typed={rows[0].pk: 2})

    with pytest.raises(EditedMeanwhile):
        services.reorder(decision, actor=office.officer, version=1, typed={rows[0].pk: 1})


def test_who_is_left_out_is_free_again(office):
    rows = [passed(office, "LDTT", name) for name in "ABC"]
    decision = a_draft(office)

    services.leave_out(decision, actor=office.officer, version=1, nominee_id=rows[1].pk)

    assert names(decision) == ["A", "C"]
    assert Nominee.objects.filter(decision=None).get() == rows[1]


def test_a_discarded_draft_frees_all(office):
    passed(office)
    decision = a_draft(office)

    services.discard(decision, actor=office.officer, version=1)

    assert (Decision.objects.count(), Nominee.objects.filter(decision=None, decision_order=None).count()) == (0, 1)


def test_nothing_moves_in_an_issued_decision(office):
    nominee = passed(office)
    decision = issued(a_draft(office), actor=office.officer)

    with pytest.raises(IsIssued):
        services.leave_out(decision, actor=office.officer, version=decision.version, nominee_id=nominee.pk)
    with pytest.raises(IsIssued):
        services.discard(decision, actor=office.officer, version=decision.version)


# -- Words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            dt.date(2023, 6, 1),
            ["77/2015/QH13", "15/2003/QH11", "47/2005/QH11", "39/2013/QH13", "91/2017/NĐ-CP", "12/2019/TT-BNV"],
        ),
        (dt.date(2024, 5, 1), ["77/2015/QH13", "06/2022/QH15", "98/2023/NĐ-CP", "01/2024/TT-BNV"]),
        (dt.date(2026, 9, 30), ["72/2025/QH15", "06/2022/QH15", "152/2025/NĐ-CP", "15/2025/TT-BNV"]),
        (
            dt.date(2026, 10, 1),
            ["72/2025/QH15", "06/2022/QH15", "06/2026/QH16", "152/2025/NĐ-CP", "15/2025/TT-BNV"],
        ),
    ],
    ids=str,
)
def test_the_legal_bases_are_those_of_the_day(day, expected):
    texts = LegalText.objects.in_bulk(field_name="number")

    assert list(bases_on(day, ["LDTT"]).lines) == [cited(texts[number]) for number in expected]


def test_a_law_is_cited_by_name_a_decree_by_number():
    texts = LegalText.objects.in_bulk(field_name="number")

    assert cited(texts["06/2022/QH15"]) == "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
    assert cited(texts["152/2025/NĐ-CP"]).startswith(
        "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp"
    )


def test_competence_and_culture_bring_their_decrees():
    day = dt.date(2026, 12, 1)

    assert "129/2025/NĐ-CP" in " ".join(bases_on(day, ["CSTDCS"]).lines)
    assert "86/2023/NĐ-CP" in " ".join(bases_on(day, ["GDVH"]).lines)
    assert "129/2025/NĐ-CP" not in " ".join(bases_on(day, ["LDTT", "GK"]).lines)


def test_few_names_stand_in_the_first_article(office):
    passed(office, "LDTT", "Nguyễn Thị Hoa")
    passed(office, "LDTT", "Trần Văn Bình", honorific="Ông", post="Trưởng thôn", workplace="Thôn Đông")

    paper = printed(a_draft(office)).paper()

    text = render_text(paper)
    assert paper.appendices == ()
    assert "Điều 1. Tặng danh hiệu “Lao động tiên tiến” năm 2026 cho 02 cá nhân có tên sau đây" in text
    assert "1. Bà Nguyễn Thị Hoa, Giáo viên, Trường Tiểu học số 1;" in text
    assert "2. Ông Trần Văn Bình, Trưởng thôn, Thôn Đông." in text
    assert paper.preamble[0] == tree.EnactingLine(f"CHỦ TỊCH ỦY BAN NHÂN DÂN {office.unit}".upper())
    assert paper.signature.lines == ("CHỦ TỊCH",)
    assert (paper.header.number, paper.header.symbol) == ("", "QĐ-UBND")


def test_many_stand_in_a_list_in_the_order_of_handing_over(office):
    for number in range(4):
        passed(office, "LDTT", f"Cá nhân {number}")
    for number in range(3):
        passed(office, "TTLDTT", f"Tập thể {number}", kind="collective", honorific="", post="", workplace="")
    decision = a_draft(office, "LDTT:person", "TTLDTT:collective")

    paper = printed(decision).paper()

    [appendix] = paper.appendices
    table = appendix.blocks[0]
    assert appendix.subject == "TẬP THỂ, CÁ NHÂN ĐƯỢC TẶNG DANH HIỆU THI ĐUA NĂM 2026"
    assert appendix.reference == (
        f"(Kèm theo Quyết định số {tree.BLANK_NUMBER}/QĐ-UBND ngày {tree.BLANK_DAY} tháng 11 năm 2026"
        f" của Chủ tịch Ủy ban nhân dân {office.unit})"
    )
    assert [row.text if isinstance(row, tree.GroupRow) else row.cells[1][0] for row in table.rows] == [
        "DANH HIỆU “TẬP THỂ LAO ĐỘNG TIÊN TIẾN”", "Tập thể", "Tập thể 0", "Tập thể 1", "Tập thể 2",
        "DANH HIỆU “LAO ĐỘNG TIÊN TIẾN”", "Cá nhân", "Bà Cá nhân 0", "Bà Cá nhân 1", "Bà Cá nhân 2", "Bà Cá nhân 3",
    ]  # fmt: skip
    numbers = [row.cells[0][0] for row in table.rows if isinstance(row, tree.Row)]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7"]


def test_own_words_stay_and_drafted_ones_follow_the_rows(office):
    passed(office, "LDTT", "A")
    decision = a_draft(office)
    texts = printed(decision).texts | {"signer": "Lò Văn Thắng"}
    services.save_words(
        decision, actor=office.officer, version=1, issuer=decision.issuer, payer="Ngân sách xã", texts=texts
    )
    passed(office, "LDTT", "B")
    services.take_in(decision, actor=office.officer, version=2, groups=["LDTT:person"])

    now = printed(Decision.objects.get()).texts

    assert decision.texts == {"signer": "Lò Văn Thắng"}
    assert "cho 02 cá nhân" in now["articles"]
    assert "chi từ Ngân sách xã." in now["articles"]
    assert now["signer"] == "Lò Văn Thắng"


def test_an_issuer_of_another_unit_is_refused(office):
    passed(office)
    decision = a_draft(office)
    other = IssuerFactory(unit=UnitFactory())

    with pytest.raises(UnfitField, match="Chọn một cơ quan ban hành của đơn vị"):
        services.save_words(
            decision, actor=office.officer, version=1, issuer=other, payer="", texts=printed(decision).texts
        )


def test_the_list_line_prints_the_names_where_it_stands(office):
    for number in range(8):
        passed(office, "LDTT", f"Người {number}")
    decision = a_draft(office)
    assert printed(decision).paper().appendices
    decision.texts = {"articles": "Điều 1. Tặng danh hiệu cho các ông, bà:\n[Danh sách]\nĐiều 2. Có hiệu lực./."}

    paper = printed(decision).paper()

    assert paper.appendices == ()
    assert sum(isinstance(block, tree.Item) for block in paper.body) == 8
