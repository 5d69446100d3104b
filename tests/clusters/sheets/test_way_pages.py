"""The pages on which a sheet goes on its way, and the page of one row."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusters.models import ScoreSheet
from clusters.states import Stage
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import cell, entry_of, move_all, send, write
from tests.factories import Role, UserFactory
from tests.units.conftest import signed_in
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    """Nothing is late yet, whenever the test runs."""
    found = a_round()
    found.season.steps.update(due=dt.date(2099, 11, 30))
    return found


def page(user: User, name: str, *args: int, **query: str):
    return signed_in(user).get(reverse(f"clusters:{name}", args=args), query)


def text_of(response) -> str:
    content = response.content.decode()
    main = content[content.index("<main") : content.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def told(response) -> dict:
    return json.loads(response.content)


# -- From stage to stage -----------------------------------------------------------------


def test_before_handing_in_empty_rows_and_missing_evidence_are_told(found):
    write(found, 2, "II.1", "x")
    client = signed_in(found.officers[2])
    url = reverse("clusters:sheet_hand_in", args=[found.sheets[2].pk])

    words = text_of(client.get(url))
    assert "4 dòng chưa ghi kết quả nên được 0 điểm: I.1, I.2, I.3, II.2." in words
    assert "1 dòng chưa có tài liệu kiểm chứng nên chưa được điểm: II.1." in words

    response = client.post(url, follow=True)
    assert "Đã gửi bảng điểm Xã Cẩm Sơn sang bước đang chấm chéo." in text_of(response)
    assert ScoreSheet.objects.get(pk=found.sheets[2].pk).stage == "cross"


def test_a_figure_without_its_target_is_told_at_the_cell_and_before_handing_in(found):
    answer = told(send(signed_in(found.officers[2]), found, cell(found, 2, "I.1", "150")))

    [saved] = answer["saved"]
    assert saved["problem"] == "Chưa có chỉ tiêu giao, hoặc chỉ tiêu giao bằng 0, nên không tính được điểm."
    words = text_of(page(found.officers[2], "sheet_hand_in", found.sheets[2].pk))
    assert "1 dòng chưa được giao chỉ tiêu nên chưa tính được điểm: I.1." in words


def test_rows_that_the_reviewer_must_confirm_are_told(found):
    move_all(found, Stage.REVIEW)

    words = text_of(page(found.noivu, "sheet_hand_in", found.sheets[2].pk))

    assert "1 dòng phải xác nhận ở bước này nhưng chưa ghi gì: II.3." in words


def test_a_sheet_is_returned_with_its_reason_at_the_field(found):
    move_all(found, Stage.HEAD)
    client = signed_in(found.officers[0])
    url = reverse("clusters:sheet_return", args=[found.sheets[2].pk])

    refused = client.post(url, {"to": "self", "reason": ""})
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"reason": ["Ghi lý do trả lại để đơn vị biết cần sửa gì."]}

    client.post(url, {"to": "self", "reason": "Thiếu tài liệu"})
    words = text_of(page(found.officers[2], "sheet", found.sheets[2].pk))
    assert "Bảng điểm bị trả lại: Thiếu tài liệu" in words


def test_it_is_taken_back_from_its_page(found):
    ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(stage=Stage.CROSS)
    client, pk = signed_in(found.officers[2]), found.sheets[2].pk
    assert client.get(reverse("clusters:sheet", args=[pk])).context["acts"]["recall"] is True

    client.post(reverse("clusters:sheet_recall", args=[pk]))

    assert ScoreSheet.objects.get(pk=pk).stage == "self"


# -- One row -----------------------------------------------------------------------------


def entry_url(found: Round, place: int, code: str, name: str = "entry") -> str:
    return reverse(f"clusters:{name}", args=[found.sheets[place].pk, found.criteria[code].pk])


def test_a_row_is_saved_without_any_script(found):
    client, url = signed_in(found.officers[0]), entry_url(found, 0, "II.3")

    refused = client.post(url, {"value": "2,5", "reason": "", "version": "0"})
    assert refused.context["form"].errors == {"reason": ["Ghi lý do trừ điểm."]}
    assert refused.context["form"]["value"].value() == "2,5"

    saved = client.post(url, {"value": "2,5", "reason": "vắng 01 buổi", "version": "0"})
    assert saved.status_code == 302
    entry = entry_of(found.sheets[0], "II.3")
    assert (entry.deduction, entry.reason) == (2.5, "vắng 01 buổi")


def test_a_stale_row_shows_both_and_the_second_saving_is_a_decision(found):
    write(found, 0, "II.2", "72")
    colleague = UserFactory(role=Role.OFFICER, unit=found.communes[0])
    client, url = signed_in(colleague), entry_url(found, 0, "II.2")

    refused = client.post(url, {"value": "75", "reason": "", "version": "0"})
    [sentence] = refused.context["form"].errors["value"]
    assert "vừa ghi 72" in sentence

    version = refused.context["form"]["version"].value()
    client.post(url, {"value": "75", "reason": "", "version": str(version)})
    assert entry_of(found.sheets[0], "II.2").actual == 75


def test_the_reviewer_says_late_days_and_proof(found):
    move_all(found, Stage.REVIEW)
    client = signed_in(found.noivu)

    client.post(
        entry_url(found, 0, "IV"), {"value": "2", "late_days": "6", "reason": "theo sổ văn bản đến", "version": "0"}
    )
    client.post(
        entry_url(found, 0, "II.1"),
        {"value": "", "is_proved": "False", "reason": "văn bản của năm trước", "version": "0"},
    )

    late, proof = entry_of(found.sheets[0], "IV", "review"), entry_of(found.sheets[0], "II.1", "review")
    assert (late.returned, late.late_days) == (2, 6)
    assert (proof.is_proved, proof.reason) == (False, "văn bản của năm trước")


def test_evidence_is_added_and_taken_off_on_the_row(found):
    client = signed_in(found.officers[0])
    scan = SimpleUploadedFile("giấy mời.pdf", b"%PDF-1.4\n%%EOF\n")

    refused = client.post(entry_url(found, 0, "II.1", "entry_prove"), {})
    assert refused.context["proof"].errors == {"file": ["Chọn tệp, hoặc ghi số, ngày của văn bản."]}
    client.post(entry_url(found, 0, "II.1", "entry_prove"), {"file": scan})
    [evidence] = entry_of(found.sheets[0], "II.1").evidence.all()
    assert "giấy mời.pdf" in text_of(client.get(entry_url(found, 0, "II.1")))

    client.post(reverse("clusters:entry_unprove", args=[found.sheets[0].pk, found.criteria["II.1"].pk, evidence.pk]))
    assert not entry_of(found.sheets[0], "II.1").evidence.exists()


def test_a_row_of_another_set_or_a_group_is_not_there(found):
    client = signed_in(found.officers[0])

    assert client.get(entry_url(found, 0, "I")).status_code == 404
    other = a_round(year=2025, names=("An Khê", "Bình Khê"))
    url = reverse("clusters:entry", args=[found.sheets[0].pk, other.criteria["I.1"].pk])
    assert client.get(url).status_code == 404


def test_a_khoi_is_spoken_of_as_a_khoi(found):
    found.season.cluster.kind = "block"
    found.season.cluster.save()
    move_all(found, Stage.HEAD)

    for name, pk in (("sheets", found.season.pk), ("grid", found.season.pk), ("sheet", found.sheets[2].pk)):
        words = text_of(page(found.officers[0], name, pk))
        assert "Trưởng khối" in words
        assert "Trưởng cụm" not in words
