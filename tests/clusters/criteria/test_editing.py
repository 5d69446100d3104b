"""The rows of a draft: typed, moved, taken out; who comes too late is told; what is published never changes."""

from __future__ import annotations

import inspect
from decimal import Decimal

import pytest

from clusters.criteria import editing, services, taking
from clusters.criteria.editing import NewRow, RowEdit, Unmovable
from clusters.criteria.services import AlreadyPublished, HasFaults, NotPublishable
from clusters.criteria.values import CriterionValues, set_values, values_of
from clusters.models import CriteriaSet, Criterion
from clusters.scheme import faults_in
from clusters.standing import scheme_of
from core.audit import first_broken_link
from core.errors import UnfitField, UnfitRow
from core.models import AuditEntry
from core.states import EditedMeanwhile
from tests.clusters.criteria.conftest import NODES, leaf

D = Decimal


def tree(desk) -> list[tuple[str, str | None]]:
    return [(row.code, row.parent.code if row.parent else None) for row in desk.set.criteria.select_related("parent")]


class TestTheTable:
    def test_rows_are_changed_and_added_in_one_act(self, desk):
        first, new = desk.row("I.1"), CriterionValues("I.3", "Nông thôn mới", D(5), "yes_no")

        count = editing.save_rows(
            desk.set,
            [
                RowEdit(first.pk, "I.1", "Thu ngân sách trên địa bàn", D(25)),
                RowEdit(desk.row("I").pk, "I", "Kinh tế", None),
            ],
            [NewRow(new, desk.row("I").pk)],
            version=desk.version,
            actor=desk.lan,
        )

        assert count == 3
        assert desk.codes() == ["I", "I.1", "I.2", "I.3", "II", "II.1", "III"]
        assert (desk.row("I").maximum, desk.row("I.1").title) == (40, "Thu ngân sách trên địa bàn")
        assert faults_in(scheme_of(desk.set)) == []
        assert AuditEntry.objects.get(code="clusters.criterion.changed", subject_id=first.pk).changes == {
            "maximum": ["20", "25"],
            "title": ["Thu ngân sách", "Thu ngân sách trên địa bàn"],
        }
        assert first_broken_link(desk.unit.pk) is None

    def test_two_codes_change_places(self, desk):
        one, two = desk.row("I.1"), desk.row("I.2")
        edits = [RowEdit(one.pk, "I.2", one.title, one.maximum), RowEdit(two.pk, "I.1", two.title, two.maximum)]

        editing.save_rows(desk.set, edits, [], version=desk.version, actor=desk.lan)

        assert desk.codes() == ["I", "I.2", "I.1", "II", "II.1", "III"]

    @pytest.mark.parametrize(
        ("said", "field", "error"),
        [
            (("", "Thu", D(1)), "code", "Mã còn trống."),
            (("I.2", "Thu", D(1)), "code", "Mã «I.2» đã dùng cho dòng khác."),
            (("I.1", " ", D(1)), "title", "Nội dung tiêu chí còn trống."),
            (("I.1", "Thu", D("0.12345")), "maximum", "Điểm chuẩn có quá 4 chữ số lẻ."),
            (("I.1", "Thu", None), "maximum", "Ghi điểm chuẩn của tiêu chí."),
        ],
    )
    def test_what_cannot_stand_names_its_row_and_field(self, desk, said, field, error):
        with pytest.raises(UnfitRow, match=error) as refused:
            editing.save_rows(desk.set, [RowEdit(desk.row("I.1").pk, *said)], [], version=desk.version, actor=desk.lan)

        assert (refused.value.position, refused.value.field) == (0, field)
        assert desk.row("I.1").title == "Thu ngân sách"

    def test_who_saw_an_older_version_overwrites_nothing(self, desk):
        row, seen = desk.row("I.1"), desk.version
        editing.save_rows(desk.set, [RowEdit(row.pk, "I.1", "Một", D(20))], [], version=seen, actor=desk.lan)

        with pytest.raises(EditedMeanwhile):
            editing.save_rows(desk.set, [RowEdit(row.pk, "I.1", "Hai", D(20))], [], version=seen, actor=desk.lan)

        assert desk.row("I.1").title == "Một"


class TestMoving:
    @pytest.mark.parametrize(
        ("code", "way", "order"),
        [
            ("II", "len", ["II", "II.1", "I", "I.1", "I.2", "III"]),
            ("I", "xuong", ["II", "II.1", "I", "I.1", "I.2", "III"]),
            ("I.2", "len", ["I", "I.2", "I.1", "II", "II.1", "III"]),
            ("II", "vao", ["I", "I.1", "I.2", "II", "II.1", "III"]),
            ("I.1", "ra", ["I", "I.2", "I.1", "II", "II.1", "III"]),
        ],
    )
    def test_a_row_takes_what_is_inside_along(self, desk, code, way, order):
        editing.move_criterion(desk.set, desk.row(code), way=way, version=desk.version, actor=desk.lan)

        assert desk.codes() == order
        assert [row.order for row in desk.set.criteria.all()] == [1, 2, 3, 4, 5, 6]

    def test_into_and_out_of_a_group(self, desk):
        editing.move_criterion(desk.set, desk.row("II"), way="vao", version=desk.version, actor=desk.lan)
        assert dict(tree(desk))["II"] == "I"

        editing.move_criterion(desk.set, desk.row("II.1"), way="ra", version=desk.version, actor=desk.lan)
        assert (dict(tree(desk))["II.1"], desk.codes()[-3:]) == ("I", ["II", "II.1", "III"])

    @pytest.mark.parametrize(("code", "way"), [("I", "len"), ("I", "ra"), ("I.1", "vao"), ("I.2", "vao")])
    def test_where_there_is_no_way_nothing_moves(self, desk, code, way):
        with pytest.raises(Unmovable):
            editing.move_criterion(desk.set, desk.row(code), way=way, version=desk.version, actor=desk.lan)

        assert desk.codes() == ["I", "I.1", "I.2", "II", "II.1", "III"]


def test_a_group_goes_with_all_that_is_inside(desk):
    count = editing.remove_criterion(desk.set, desk.row("I"), version=desk.version, actor=desk.lan)

    assert (count, desk.codes()) == (3, ["II", "II.1", "III"])
    told = AuditEntry.objects.get(code="clusters.criterion.removed").changes["criteria_text"][0]
    assert told == "I Kinh tế (30)\nI.1 Thu ngân sách (20)\nI.2 Hộ nghèo (10)"


def test_a_group_with_rows_inside_becomes_no_criterion(desk):
    values = CriterionValues("I", "Kinh tế", D(30), "manual")

    with pytest.raises(UnfitField, match="còn tiêu chí bên trong"):
        editing.change_criterion(desk.set, desk.row("I"), values=values, version=desk.version, actor=desk.lan)


def test_what_the_kind_does_not_know_is_left_out(desk):
    values = CriterionValues(
        "I.1", "Thu", D(20), "yes_no", rule={"bands": [{"from": 1, "points": 2}]}, is_lower_better=True
    )

    editing.change_criterion(desk.set, desk.row("I.1"), values=values, version=desk.version, actor=desk.lan)

    row = desk.row("I.1")
    assert (row.kind, row.rule, row.is_lower_better) == ("yes_no", {}, False)


def test_180_leaves_are_taken_at_once_in_few_statements(desk, django_assert_max_num_queries):
    many = [leaf(f"L{n}", f"Tiêu chí {n}", 1) for n in range(180)]

    with django_assert_max_num_queries(40):
        made = editing.take_over(desk.set, many, replaces=True, version=desk.version, actor=desk.lan)

    assert made == 180
    assert desk.codes() == [f"L{n}" for n in range(180)]


class TestPublishing:
    def test_only_what_adds_up(self, desk):
        editing.save_rows(
            desk.set, [RowEdit(desk.row("I").pk, "I", "Kinh tế", D(31))], [], version=desk.version, actor=desk.lan
        )

        with pytest.raises(HasFaults, match="Còn 1 chỗ cần sửa"):
            services.publish_set(desk.set, version=desk.version, actor=desk.lan)

        assert CriteriaSet.objects.get(pk=desk.set.pk).state == "draft"

    def test_an_empty_set_is_nothing_to_publish(self, desk):
        empty = services.create_set(desk.unit, values=set_values(desk.set).__class__("Rỗng", 2026), actor=desk.lan)

        with pytest.raises(NotPublishable, match="chưa có tiêu chí nào"):
            services.publish_set(empty, version=empty.version, actor=desk.lan)

    def test_it_is_told_in_the_history(self, desk):
        services.publish_set(desk.set, version=desk.version, actor=desk.lan)

        found = CriteriaSet.objects.get(pk=desk.set.pk)
        assert (found.state, found.published_at is not None) == ("published", True)
        assert AuditEntry.objects.get(code="clusters.set.published").changes["state"] == ["draft", "published"]


def acts(desk) -> dict:
    """Every service that writes, as a call on the set of the desk."""
    row = desk.row("I.1")
    said = {"version": desk.version, "actor": desk.lan}
    return {
        "change_set": lambda: services.change_set(desk.set, values=set_values(desk.set), tie_break=[], **said),
        "discard_set": lambda: services.discard_set(desk.set, **said),
        "publish_set": lambda: services.publish_set(desk.set, **said),
        "save_rows": lambda: editing.save_rows(desk.set, [RowEdit(row.pk, "I.1", "Khác", D(20))], [], **said),
        "change_criterion": lambda: editing.change_criterion(desk.set, row, values=values_of(row), **said),
        "move_criterion": lambda: editing.move_criterion(desk.set, row, way="xuong", **said),
        "remove_criterion": lambda: editing.remove_criterion(desk.set, row, **said),
        "take_rows": lambda: taking.take_rows(desk.set, [], **said),
        "take_over": lambda: editing.take_over(desk.set, NODES, replaces=True, **said),
    }


def test_every_service_refuses_a_published_set(desk):
    desk.publish()
    before = list(Criterion.objects.order_by("pk").values())
    entries = AuditEntry.objects.count()

    for name, act in acts(desk).items():
        with pytest.raises(AlreadyPublished):
            act()
        assert (name, list(Criterion.objects.order_by("pk").values())) == (name, before)

    assert AuditEntry.objects.count() == entries


def test_no_service_that_takes_a_version_is_left_out_of_that_test(desk):
    """What makes a new set (``create_set``, ``copy_set``) touches none that is there."""
    found = {
        name
        for module in (services, editing, taking)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and "version" in inspect.signature(function).parameters
    }

    assert found - {"claim"} == set(acts(desk))
