"""Counted on paper and closed: over all members, once."""

from __future__ import annotations

import pytest

from awards.councils import moving, services
from awards.councils.ballots import counts_of_item
from awards.councils.counting import Typed, as_text, save_counts, standing_of
from awards.councils.selectors import facts_of
from awards.models import Item, Nominee, Sitting
from awards.states import NomineeState
from core.errors import AppError
from core.models import AuditEntry
from core.states import EditedMeanwhile, MovedMeanwhile
from tests.awards.councils.sat import a_sitting, an_office_with_council, counting, present, ready
from tests.documents.at_once import at_once

pytestmark = pytest.mark.django_db
NINE = {"issued": "9", "collected": "9", "valid": "9"}


def typed(item: Item, values: str) -> Typed:
    """«8 1 0»: for, against, no opinion; then what absent ones wrote."""
    names = ("yes", "no", "blank", "written_yes", "written_no")
    return Typed(dict(zip(names, values.split(), strict=False)), as_text(counts_of_item(item)))


def enter(sitting: Sitting, *rows: str, ballots: dict[str, str] | None = None):
    items = list(sitting.items.all())
    said = {item.pk: typed(item, row) for item, row in zip(items, rows, strict=False)}
    return save_counts(sitting, actor=sitting.by, rows=said, ballots=NINE if ballots is None else ballots)


def states(*nominees: Nominee) -> list[str]:
    return [Nominee.objects.get(pk=one.pk).state for one in nominees]


def test_eighty_percent_of_nine_is_eight():
    office = an_office_with_council()
    passed, failed = ready(office, 2)
    sitting = counting(office, [passed, failed])
    enter(sitting, "8 1 0", "7 2 0")

    closed = moving.close(sitting, actor=office.secretary, version=sitting.version)

    assert (closed.passed, closed.failed, closed.put_off, closed.elsewhere) == (1, 1, 0, ())
    assert states(passed, failed) == [NomineeState.PASSED, NomineeState.FAILED]
    assert Nominee.objects.get(pk=failed.pk).reason == "Được 7/9 phiếu đồng ý (77,7 %), cần 8 phiếu."
    assert [item.outcome for item in sitting.items.all()] == ["passed", "failed"]


def test_absent_and_recused_members_are_in_the_base_and_written_opinions_are_added():
    """Of nine seven are there, one wrote; one of those present steps back from the first name."""
    office = an_office_with_council()
    first, second = ready(office, 2)
    sitting = counting(office, [first, second], absent=1, written=1)
    services.recuse(sitting.seats.first(), sitting.items.first(), actor=office.secretary, reason="Vợ chồng")
    enter(sitting, "6 0 0 1 0", "7 0 0 1 0", ballots={"issued": "7", "collected": "7", "valid": "7"})

    moving.close(sitting, actor=office.secretary)

    assert states(first, second) == [NomineeState.FAILED, NomineeState.PASSED]


def test_what_does_not_add_up_is_kept_told_and_keeps_the_sitting_open():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 3))

    saved = enter(sitting, "8 1 0", "8 2 0")

    items = list(sitting.items.all())
    standing = standing_of(sitting, items)
    assert saved.refused == {}
    assert [(item.yes, item.no) for item in items] == [(8, 1), (8, 2), (None, None)]
    assert standing.faults == {items[1].pk: "Cộng được 10, phải bằng 9."}
    assert standing.missing == (items[2].pk,)
    with pytest.raises(moving.NotAddedUp) as refused:
        moving.close(sitting, actor=office.secretary)
    assert str(refused.value) == "Còn 1 dòng chưa nhập, 1 dòng chưa khớp."
    assert Sitting.objects.get().state == "counting"


def test_letters_are_refused_at_their_row_and_the_others_are_kept():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 2))

    saved = enter(sitting, "8o 1 0", "9 0 0", ballots={**NINE, "collected": "10"})

    first, second = sitting.items.all()
    assert saved.refused == {first.pk: "«8o» không phải số phiếu; ghi số từ 0 đến 999."}
    assert saved.ballots == {"collected": "Nhiều hơn số phiếu phát ra (9)."}
    assert (first.yes, second.yes) == (None, 9)


def test_two_tellers_do_not_undo_each_other():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 1))
    item = sitting.items.get()
    seen = typed(item, "7 2 0")
    enter(sitting, "8 1 0")

    late = save_counts(sitting, actor=office.officer, rows={item.pk: seen})
    item.refresh_from_db()
    same = save_counts(sitting, actor=office.officer, rows={item.pk: Typed({"yes": "8", "no": "1"}, "stale")})

    assert late.refused == {item.pk: "Vừa có người ghi dòng này: 8/1/0. Nhập lại nếu vẫn muốn sửa."}
    assert (item.yes, item.no, same.refused) == (8, 1, {})


def test_hands_need_no_ballots_and_add_up_to_those_who_are_there():
    office = an_office_with_council()
    [nominee] = ready(office, 1, "LDTT")
    sitting = counting(office, [nominee], route="show", absent=2)
    enter(sitting, "5 2 0", ballots={})

    moving.close(sitting, actor=office.secretary)

    assert states(nominee) == [NomineeState.PASSED]  # five of nine are more than half
    assert (sitting.issued, sitting.valid) == (None, None)


def test_a_round_of_written_opinions_counts_whoever_answered():
    office = an_office_with_council()
    [nominee] = ready(office, 1, "LDTT")
    sitting = counting(office, [nominee], route="written", written=9)
    enter(sitting, "9 0 0")

    moving.close(sitting, actor=office.secretary)

    assert states(nominee) == [NomineeState.PASSED]


def test_who_is_put_off_stays_ready_and_who_was_sent_back_meanwhile_keeps_his_state():
    office = an_office_with_council()
    later, sent_back, passed = ready(office, 3)
    sitting = counting(office, [later, sent_back, passed])
    item = sitting.items.get(nominee=later)
    item.sitting = sitting
    services.put_off(item, actor=office.secretary, note="Chờ xác minh")
    enter(sitting, "", "9 0 0", "9 0 0")
    Nominee.objects.filter(pk=sent_back.pk).update(state=NomineeState.CORRECTING)

    closed = moving.close(sitting, actor=office.secretary)

    assert (closed.passed, closed.put_off, closed.elsewhere) == (2, 1, (sent_back.name,))
    assert states(later, sent_back, passed) == ["ready", "correcting", "passed"]
    assert [item.nominee for item in a_sitting(office, [later, sent_back, passed]).items.all()] == [later]


def test_who_closes_has_seen_the_last_figures():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 1))
    enter(sitting, "9 0 0")
    shown = sitting.version
    enter(sitting, "7 2 0")

    with pytest.raises(EditedMeanwhile):
        moving.close(sitting, actor=office.secretary, version=shown)

    assert Sitting.objects.get().state == "counting"


def test_a_closed_sitting_stays_closed():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 1))
    enter(sitting, "9 0 0")
    stale = Sitting.objects.get()
    moving.close(sitting, actor=office.secretary)

    with pytest.raises(MovedMeanwhile):
        moving.close(stale, actor=office.officer)
    for act in (moving.back_to_voting, moving.back_to_draft):
        with pytest.raises(services.NotTheTime):
            act(stale, actor=office.officer)
    with pytest.raises(services.NotTheTime):
        enter(sitting, "1 8 0")


def test_facts_say_what_the_minutes_need():
    office = an_office_with_council()
    first, second = ready(office, 2)
    sitting = counting(office, [first, second], absent=1)
    enter(sitting, "8 0 0", "7 1 0", ballots={"issued": "8", "collected": "8", "valid": "8"})
    moving.close(sitting, actor=office.secretary)

    facts = facts_of(Sitting.objects.get())

    assert (facts.members, len(facts.present), len(facts.absent), facts.is_quorate) == (9, 8, 1, True)
    assert [
        (one.name, one.yes, one.no, one.percent, one.needed, one.needed_percent, one.outcome) for one in facts.items
    ] == [
        (first.name, 8, 0, "88,8 %", 8, 80, "passed"),
        (second.name, 7, 1, "77,7 %", 8, 80, "failed"),
    ]
    assert (facts.issued, facts.collected, facts.valid, facts.is_closed) == (8, 8, 8, True)
    assert facts.tellers == (office.council[0].person.full_name,)
    assert facts.conclusion == (
        "Chiến sĩ thi đua cơ sở: thông qua 1/2 đối tượng đề nghị. Không thông qua: Nguyễn Thị Hoa 2."
    )


def test_what_was_written_down_goes_before_what_is_drafted():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 1))
    enter(sitting, "9 0 0")
    moving.close(sitting, actor=office.secretary)

    services.write_minutes(sitting, actor=office.secretary, opinions="Ông Nam: nhất trí.", conclusion="Giao Thư ký.")

    facts = facts_of(Sitting.objects.get())
    assert (facts.opinions, facts.conclusion) == ("Ông Nam: nhất trí.", "Giao Thư ký.")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_secretaries_who_close_at_once_produce_one_result():
    office = an_office_with_council()
    nominees = ready(office, 5)
    sitting = counting(office, nominees)
    enter(sitting, *["9 0 0"] * 4, "5 4 0")

    def close() -> AppError | moving.Closed:
        try:
            return moving.close(Sitting.objects.get(pk=sitting.pk), actor=office.secretary, version=sitting.version)
        except AppError as error:
            return error

    answers, errors = at_once(4, close)

    assert errors == []
    closed = [one for one in answers if isinstance(one, moving.Closed)]
    assert [(one.passed, one.failed) for one in closed] == [(4, 1)]
    assert {type(one) for one in answers} == {moving.Closed, MovedMeanwhile}
    assert states(*nominees) == ["passed"] * 4 + ["failed"]
    assert AuditEntry.objects.filter(code="awards.sitting.closed").count() == 1
    assert AuditEntry.objects.filter(code__in=["awards.nominee.passed", "awards.nominee.failed"]).count() == 5


def test_of_two_who_come_in_turn_the_second_learns_that_it_is_done():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 1))
    enter(sitting, "9 0 0")
    second = Sitting.objects.get()

    moving.close(sitting, actor=office.secretary, version=sitting.version)
    with pytest.raises(MovedMeanwhile):
        moving.close(second, actor=office.officer, version=second.version)

    assert AuditEntry.objects.filter(code="awards.sitting.closed").count() == 1


@pytest.mark.django_db
def test_a_long_list_is_closed_in_one_go(django_assert_max_num_queries):
    """Three hundred names: a move and its entry in the history for each, and little besides."""
    office = an_office_with_council()
    sitting = a_sitting(office, ready(office, 300))
    present(sitting)
    moving.open_sitting(sitting, actor=office.secretary)
    moving.start_counting(sitting, actor=office.secretary)
    enter(sitting, *["9 0 0"] * 300)

    with django_assert_max_num_queries(300 * 6 + 40):
        closed = moving.close(sitting, actor=office.secretary)

    assert closed.passed == 300
