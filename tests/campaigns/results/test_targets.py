"""The table of targets: edited, added, moved, removed; sentences read into it; two who edit at once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from campaigns.models import Share, Target
from campaigns.results.targets import HasResults, TargetRow, remove_target, save_targets
from core.audit import first_broken_link
from core.errors import UnfitRow
from core.models import AuditEntry
from core.states import EditedMeanwhile
from tests.campaigns.results.conftest import insured, rice

D = Decimal


def fields(prefix: str, **said) -> dict[str, str]:
    values = {"text": "", "comparison": "=", "low": "", "high": "", "measure": "", "direction": "", "baseline": ""}
    return {f"{prefix}-{name}": value for name, value in {**values, **said}.items()}


def form_of(page) -> dict[str, str]:
    """What the page would send if nobody typed anything."""
    sent = {"version": str(page.context["campaign"].version), "seen": page.context["seen"]}
    for row in page.context["rows"]:
        for field in row.form:
            value = field.value()
            if value not in (None, False, ""):
                sent[field.html_name] = "on" if value is True else str(value)
            elif field.name != "adds_up":
                sent[field.html_name] = ""
    return sent


def texts(office) -> list[str]:
    return list(Target.objects.filter(campaign=office.campaign).order_by("order").values_list("text", flat=True))


class TestSaving:
    def test_rows_are_changed_and_added_in_one_act(self, office):
        [lua] = office.targets(rice())
        sent = form_of(office.page("targets"))

        answer = office.post(
            "targets",
            **sent
            | {f"t{lua.pk}-low": "2.350,5", f"t{lua.pk}-baseline": "2100"}
            | fields(
                "moi0", text="tỷ lệ hộ nghèo", comparison="range", low="1", high="2", measure="%/năm", direction="down"
            ),
        )

        assert (answer.status_code, answer.url) == (302, office.url("targets"))
        rows = Target.objects.order_by("order").values_list("text", "low", "high", "direction", "baseline")
        assert list(rows) == [
            ("Sản lượng lúa", D("2350.5"), None, "", D(2100)),
            ("tỷ lệ hộ nghèo", D(1), D(2), "down", None),
        ]
        changes = AuditEntry.objects.get(code="campaigns.target.changed").changes
        assert changes == {"low": ["2.200", "2.350,5"], "baseline": [None, "2.100"]}
        assert first_broken_link(office.unit.pk) is None

    def test_what_was_not_changed_writes_nothing(self, office):
        office.targets(rice(), insured())
        entries = AuditEntry.objects.count()

        office.post("targets", **form_of(office.page("targets")))

        assert AuditEntry.objects.count() == entries

    def test_the_page_shows_how_papers_print_it(self, office):
        office.targets(TargetRow("hộ nghèo", "range", D(1), D(2), "%/năm", "down"))

        assert "Khi in: hộ nghèo giảm 1-2 %/năm" in office.page("targets").content.decode()

    @pytest.mark.parametrize(
        ("typed", "field", "error"),
        [
            ({"low": "mười hai"}, "low", "Ghi «mười hai», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."),
            (
                {"low": "1,234,567"},
                "low",
                "Ghi «1,234,567»: phần nghìn dùng dấu chấm, phần lẻ dùng dấu phẩy, như 1.234.567,5.",
            ),
            ({"text": ""}, "text", "Chỉ tiêu còn trống."),
            ({"comparison": "range"}, "high", "Ghi số cuối của khoảng, không nhỏ hơn số đầu."),
            ({"comparison": "range", "high": "3"}, "high", "Ghi số cuối của khoảng, không nhỏ hơn số đầu."),
            ({"high": "9"}, "high", "Chỉ ghi ô này khi so sánh là «từ … đến …»; nếu không thì để trống."),
            (
                {"measure": "%", "adds_up": "on"},
                "adds_up",
                "Tỷ lệ phần trăm của các nơi không cộng lại thành của toàn đơn vị.",
            ),
            ({"text": "<b>lúa</b>"}, "text", "Chỉ tiêu có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."),
        ],
    )
    def test_what_cannot_stand_is_told_at_its_field_and_nothing_is_lost(self, office, typed, field, error):
        [lua] = office.targets(rice())
        sent = form_of(office.page("targets")) | {f"t{lua.pk}-{name}": value for name, value in typed.items()}

        answer = office.post("targets", **sent)

        assert answer.status_code == 422
        [row] = answer.context["error_rows"]
        assert row.form.errors == {field: [error]}
        assert f'href="#id_t{lua.pk}-{field}"' in answer.content.decode()
        assert [row.form[name].value() for name in typed if name != "adds_up"] == [
            value for name, value in typed.items() if name != "adds_up"
        ]
        lua.refresh_from_db()
        assert (lua.text, lua.low, lua.comparison) == ("Sản lượng lúa", D(2200), "=")

    def test_a_colleague_reads_and_may_not_write(self, office):
        office.targets(rice())

        page = office.page("targets", who=office.binh)

        assert "Sản lượng lúa" in page.content.decode()
        assert "<textarea" not in page.content.decode()
        assert office.post("targets", who=office.binh, **fields("moi0", text="Thêm")).status_code == 403
        assert texts(office) == ["Sản lượng lúa"]

    def test_a_target_takes_only_waves_of_its_campaign(self, office):
        other = type(office.campaign).objects.create(unit=office.unit, title="Khác", year=2024)
        wave = other.waves.create(order=1, name="Đợt 1")

        with pytest.raises(UnfitRow) as error:
            office.targets(rice(wave=wave))

        assert error.value.field == "wave"


class TestTwoAtOnce:
    def test_who_saves_later_sees_both_and_loses_nothing(self, office):
        [lua] = office.targets(rice())
        sent = form_of(office.page("targets"))
        office.targets(replace(rice(), low=D(2300), pk=lua.pk))

        answer = office.post("targets", **sent | {f"t{lua.pk}-low": "2.400"})

        assert answer.status_code == 409
        [row, _] = answer.context["rows"]
        assert (row.theirs, row.form["low"].value()) == ("Sản lượng lúa 2.300 tấn", "2.400")
        again = form_of(answer)
        assert office.post("targets", **again).status_code == 302
        lua.refresh_from_db()
        assert lua.low == D(2400)

    def test_a_change_of_the_campaign_elsewhere_is_in_nobodys_way(self, office):
        [lua] = office.targets(rice())
        sent = form_of(office.page("targets"))
        office.campaign.version += 1
        office.campaign.save()

        assert office.post("targets", **sent | {f"t{lua.pk}-low": "9"}).status_code == 302

    def test_words_typed_into_a_row_that_is_gone_come_back_as_a_new_row(self, office):
        lua, _ = office.targets(rice(), insured())
        sent = form_of(office.page("targets")) | {f"t{lua.pk}-low": "2.400"}
        office.campaign.refresh_from_db()
        remove_target(office.campaign, lua, version=office.campaign.version, actor=office.lan)

        answer = office.post("targets", **sent)

        assert answer.status_code == 409
        [back] = [row for row in answer.context["rows"] if row.form["text"].value() == "Sản lượng lúa"]
        assert (back.target, back.form["low"].value()) == (None, "2.400")

    def test_an_old_version_is_refused_by_the_service(self, office):
        office.targets(rice())

        with pytest.raises(EditedMeanwhile):
            save_targets(office.campaign, [insured()], version=office.campaign.version - 1, actor=office.an)

        assert texts(office) == ["Sản lượng lúa"]


class TestMovingAndRemoving:
    def test_a_row_moves_after_what_was_typed_is_saved(self, office):
        lua, thue = office.targets(rice(), insured())
        sent = form_of(office.page("targets")) | {f"t{lua.pk}-text": "Lúa", "viec": f"len-{thue.pk}"}

        answer = office.post("targets", **sent)

        assert answer.url == f"{office.url('targets')}#chi-tieu-{thue.pk}"
        assert texts(office) == ["tỷ lệ người tham gia BHYT", "Lúa"]

    def test_at_the_end_of_the_list_it_stays(self, office):
        _, thue = office.targets(rice(), insured())

        office.post("targets", **form_of(office.page("targets")) | {"viec": f"xuong-{thue.pk}"})

        assert texts(office) == ["Sản lượng lúa", "tỷ lệ người tham gia BHYT"]

    def test_a_target_goes_with_its_shares(self, office):
        lua, _ = office.targets(rice(), insured())
        Share.objects.create(target=lua, part=office.villages[0], low=5)
        version = office.page("target_remove", lua.pk).context["campaign"].version

        answer = office.post("target_remove", lua.pk, version=version)

        assert answer.url == office.url("targets")
        assert (texts(office), Share.objects.count()) == (["tỷ lệ người tham gia BHYT"], 0)
        assert Target.objects.get().order == 1
        assert AuditEntry.objects.get(code="campaigns.target.removed").changes["removed_shares"] == [
            "Thôn Đông: 5",
            None,
        ]

    def test_one_with_results_stays_and_says_why(self, office):
        [lua] = office.targets(rice())
        office.record(lua, 5)
        why = (
            "Chỉ tiêu này đã có 1 kết quả được ghi nên không bỏ được. Nếu chỉ tiêu thay đổi, hãy sửa lời và số giao; "
            "kết quả đã ghi vẫn giữ nguyên."
        )

        page = office.page("target_remove", lua.pk)
        answer = office.post("target_remove", lua.pk, version=page.context["campaign"].version)

        assert (page.context["why_not"], answer.status_code, answer.context["why_not"]) == (why, 422, why)
        assert texts(office) == ["Sản lượng lúa"]
        office.campaign.refresh_from_db()
        with pytest.raises(HasResults):
            remove_target(office.campaign, lua, version=office.campaign.version, actor=office.an)


class TestSentences:
    text = "Tỷ lệ hộ nghèo giảm 1-2 %/năm; trồng 3.000 cây phân tán\nGiữ vững an ninh"

    def test_what_was_read_is_shown_before_it_is_taken(self, office):
        page = office.post("targets_paste", text=self.text)

        forms = [form for form, _ in page.context["forms"]]
        assert [form["text"].value() for form in forms] == ["Tỷ lệ hộ nghèo", "trồng cây phân tán"]
        assert [form["adds_up"].value() for form in forms] == [False, True]
        assert page.context["without"] == ["Giữ vững an ninh"]
        assert texts(office) == []

    def test_the_chosen_ones_are_taken_as_corrected(self, office):
        forms = [form for form, _ in office.post("targets_paste", text=self.text).context["forms"]]
        sent = {field.html_name: field.value() or "" for form in forms for field in form if field.name != "adds_up"}

        answer = office.post("targets_paste", **sent | {"viec": "lay", "lay": ["moi1"], "moi1-low": "3.500"})

        assert answer.url == office.url("targets")
        assert [(row.text, row.low, row.measure) for row in Target.objects.all()] == [
            ("trồng cây phân tán", D(3500), "cây")
        ]

    def test_no_choice_is_told(self, office):
        answer = office.post("targets_paste", viec="lay", text=self.text)

        assert (answer.status_code, answer.context["error"]) == (422, "Chưa chọn chỉ tiêu nào để lấy.")


@pytest.mark.parametrize("count", [3, 45])
def test_the_table_costs_the_same_with_3_and_45_targets(office, count, django_assert_num_queries):
    office.targets(*(TargetRow(f"Chỉ tiêu {number}", low=D(number)) for number in range(count)))
    office.page("targets")  # the session knows the list

    with django_assert_num_queries(10):
        page = office.page("targets")

    assert sum(row.target is not None for row in page.context["rows"]) == count
