"""Whoever is surely known is tied to the register at once, whoever only bears the name is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from awards.collecting import identifying, rows
from awards.collecting.identifying import MayNotBeUndone, Settled, questions, settle, undo
from awards.collecting.rows import RowData, data_of
from awards.collecting.selectors import doubles_of, nominees_for_list
from awards.models import Nominee, Subject
from awards.sealing import unseal
from core.errors import UnfitField
from tests.awards.collecting.desk import codes
from tests.awards.rows import a_grant
from tests.factories import PartFactory, PersonFactory, UnitFactory
from units.models import Succession

HOA = "Nguyễn Thị Hoa"


def known(desk, name: str = HOA, place: str = "Thôn Đông", **more) -> Subject:
    return Subject.objects.create(unit=desk.unit, name=name, part=desk.parts[place], **more)


def asked(desk) -> dict[str, list[str]]:
    """Name → the choices of the page."""
    return {one.nominee.name: [choice.label for choice in one.choices] for one in questions(desk.round)}


def test_name_birth_year_and_part_are_enough(desk):
    there = known(desk, birth_year=1985)

    assert desk.nominee(HOA, birth_year=1985).subject == there


def test_a_name_that_nobody_has_is_somebody_new(desk):
    row = desk.nominee(HOA, birth_year=1985, post="Trưởng thôn")

    subject = row.subject
    assert (subject.name, subject.birth_year, subject.post, subject.part) == (
        HOA,
        1985,
        "Trưởng thôn",
        desk.parts["Thôn Đông"],
    )
    assert codes(desk.round) == ["awards.nominees.identified_surely"]


def test_two_awards_for_one_new_person_make_one_row_of_the_register(desk):
    first = desk.nominee(HOA, birth_year=1985)
    second = desk.nominee(HOA, "CSTDCS", birth_year=1985)

    assert (first.subject, Subject.objects.count()) == (second.subject, 1)


def test_in_one_file_too(desk):
    said = [RowData(data_of(Nominee(name=HOA, award=code, birth_year=1985, year=2026))) for code in ("LDTT", "CSTDCS")]

    first, second = rows.add_rows(desk.list_of(), actor=desk.an, rows=said)

    assert (first.subject_id, Subject.objects.count()) == (second.subject_id, 1)


def test_a_row_out_of_an_old_decision_learns_where_and_who_it_is(desk):
    old = Subject.objects.create(unit=desk.unit, name=HOA, birth_year=1985)
    person = PersonFactory.create(unit=desk.unit, part=desk.parts["Thôn Đông"], full_name=HOA, birth_year=1985)
    row = desk.nominee(HOA, birth_year=1985)
    [question] = questions(desk.round)

    assert [choice.value for choice in question.choices] == [f"doi-tuong-{old.pk}", "moi"]  # one and the same, once
    settle(desk.round, actor=desk.an, picks={row.pk: f"doi-tuong-{old.pk}"})

    old.refresh_from_db()
    assert (old.part, old.person) == (desk.parts["Thôn Đông"], person)
    assert desk.nominee(HOA, "CSTDCS", birth_year=1985).subject == old


def test_the_name_alone_is_asked_about(desk):
    there = known(desk, place="Thôn Tây", birth_year=1985, post="Bí thư chi bộ")
    row = desk.nominee(HOA)

    assert row.subject is None
    assert asked(desk) == {
        HOA: [f"{HOA} (sinh 1985; Bí thư chi bộ; Thôn Tây)", "Một người khác, chưa có trong sổ"],
    }
    assert settle(desk.round, actor=desk.an, picks={row.pk: f"doi-tuong-{there.pk}"}) == 1
    assert desk.fresh(row).subject == there
    assert codes(desk.round) == ["awards.nominees.identified"]


def test_somebody_new_of_a_name_that_is_there(desk):
    known(desk, place="Thôn Tây")
    row = desk.nominee(HOA, birth_year=1990)

    settle(desk.round, actor=desk.an, picks={row.pk: "moi"})

    assert Subject.objects.filter(name=HOA).count() == 2
    assert desk.fresh(row).subject.birth_year == 1990


def test_another_birth_year_in_another_place_is_somebody_else(desk):
    known(desk, place="Thôn Tây", birth_year=1960)

    assert desk.nominee(HOA, birth_year=1990).subject.birth_year == 1990


def test_without_birth_years_the_post_must_agree(desk):
    there = known(desk, post="Trưởng thôn")

    assert desk.nominee(HOA, post="Trưởng thôn").subject == there
    assert desk.nominee(HOA, "GK", post="Phó thôn").subject is None


def test_the_identity_number_decides_and_is_kept_sealed(desk):
    first = desk.nominee(HOA, identity="012 345 678 901")
    second = desk.nominee("Nguyễn Thị Hoà", "GK", "Thôn Tây", identity="012345678901", birth_year=1985)

    assert second.subject == first.subject
    subject = Subject.objects.get()
    assert unseal(subject.identity_sealed, "identity") == "012345678901"
    assert "012345678901" not in f"{subject.identity_hash} {first.as_sent} {second.as_sent}"


def test_a_person_of_the_unit_is_known(desk):
    person = PersonFactory.create(
        unit=desk.unit, part=desk.parts["Thôn Đông"], full_name=HOA, birth_year=1985, post="Trưởng thôn"
    )

    subject = desk.nominee(HOA).subject

    assert (subject.person, subject.birth_year) == (person, 1985)


def test_a_collective_is_its_part(desk):
    row = desk.nominee("Tập thể Trường Tiểu học số 1", "TTLDTT", "Trường Tiểu học số 1", kind="collective")

    assert (row.subject.name, row.subject.part) == ("Trường Tiểu học số 1", desk.parts["Trường Tiểu học số 1"])
    assert desk.nominee("trường tiểu học số 1", "GK", "", kind="collective").subject == row.subject


def test_a_collective_inside_a_part_is_another_one(desk):
    school = desk.nominee("Trường Tiểu học số 1", "TTLDTT", "Trường Tiểu học số 1", kind="collective")
    group = desk.nominee("Tổ chuyên môn 4-5", "TTLDTT", "Trường Tiểu học số 1", kind="collective")

    assert (group.subject.name, group.subject.part) == ("Tổ chuyên môn 4-5", school.subject.part)
    assert group.subject != school.subject


def test_whoever_was_known_before_the_merger_goes_on(desk):
    before = UnitFactory.create(parent=desk.province)
    village = PartFactory.create(unit=before, name="Thôn 3")
    old = Subject.objects.create(unit=before, name=HOA, birth_year=1985, part=village)
    Succession.objects.create(date="2025-07-01", old_unit=before, new_unit=desk.unit)
    Succession.objects.create(date="2025-07-01", old_part=village, new_part=desk.parts["Thôn Đông"])

    first, second = desk.nominee(HOA, birth_year=1985), desk.nominee(HOA, "GK", birth_year=1985)

    assert (first.subject.unit, first.subject.continues) == (desk.unit, old)
    assert second.subject == first.subject


def test_a_double_is_shown_and_never_blocked(desk):
    first = desk.nominee(HOA, birth_year=1985)
    second = desk.nominee(HOA, place="Trường Tiểu học số 1", birth_year=1985)
    settle(desk.round, actor=desk.an, picks={second.pk: f"doi-tuong-{first.subject_id}"})
    grant = a_grant(first.subject, "LDTT", 2026)

    assert doubles_of(nominees_for_list(desk.round)) == {
        first.pk: ["Trùng với đề nghị của Trường Tiểu học số 1", f"Đã được khen: {grant.decision}"],
        second.pk: ["Trùng với đề nghị của Thôn Đông", f"Đã được khen: {grant.decision}"],
    }


def test_one_who_was_taken_for_somebody_else_is_asked_about_again(desk):
    there = known(desk, birth_year=1985)
    row = desk.nominee(HOA, birth_year=1985)

    undo(row, actor=desk.an)

    assert identifying.identify_sure(desk.round, actor=desk.an) == 0
    assert asked(desk) == {HOA: [f"{HOA} (sinh 1985; Thôn Đông)", "Một người khác, chưa có trong sổ"]}
    settle(desk.round, actor=desk.an, picks={row.pk: "moi"})
    assert desk.fresh(row).subject != there
    Nominee.objects.filter(pk=row.pk).update(state="ready")
    with pytest.raises(MayNotBeUndone):
        undo(desk.fresh(row), actor=desk.an)


def test_a_choice_that_was_not_offered_is_refused(desk):
    known(desk, place="Thôn Tây")
    row = desk.nominee(HOA)
    stranger = Subject.objects.create(unit=UnitFactory.create(), name=HOA)

    with pytest.raises(UnfitField):
        settle(desk.round, actor=desk.an, picks={row.pk: f"doi-tuong-{stranger.pk}"})

    assert desk.fresh(row).subject is None
    settle(desk.round, actor=desk.an, picks={row.pk: "moi"})
    with pytest.raises(Settled):
        settle(desk.round, actor=desk.an, picks={row.pk: "moi"})


def test_the_page_asks_and_keeps_the_answers(desk):
    there = known(desk, place="Thôn Tây")
    row = desk.nominee(HOA)

    assert f"Là {HOA} (Thôn Tây)" in desk.page("identify").content.decode()
    answer = desk.post("identify", **{f"ai-{row.pk}": f"doi-tuong-{there.pk}"})

    assert answer["Location"] == desk.url("round")
    assert desk.fresh(row).subject == there


def test_a_changed_name_is_known_anew(desk):
    row = desk.nominee(HOA, birth_year=1985)

    rows.change_row(row, actor=desk.an, row=RowData(replace(data_of(row), name="Vì Thị Mơ")))

    assert desk.fresh(row).subject.name == "Vì Thị Mơ"
    assert [one.name for one in Subject.objects.all()] == ["Vì Thị Mơ"]  # of the mistyped name nothing is left


def test_of_whom_more_is_known_the_register_keeps(desk):
    row = desk.nominee(HOA, birth_year=1985)
    a_grant(row.subject, "LDTT", 2025)

    rows.change_row(row, actor=desk.an, row=RowData(replace(data_of(row), name="Vì Thị Mơ")))

    assert sorted(one.name for one in Subject.objects.all()) == [HOA, "Vì Thị Mơ"]


def test_a_person_on_the_units_own_list_is_known_by_the_birth_year(desk):
    person = PersonFactory.create(unit=desk.unit, full_name=HOA, birth_year=1985)

    assert desk.nominee(HOA, place="").subject is None
    assert desk.nominee(HOA, "GK", "", birth_year=1985).subject.person == person
