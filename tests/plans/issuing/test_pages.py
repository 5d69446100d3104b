"""The pages on which one officer alone takes a plan to its end."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.models import StoredFile
from documents.models import IssuedPaper
from plans import views
from plans.models import Plan
from plans.services import submit_plan, update_plan
from plans.states import PlanState
from tests.factories import PlanFactory, UserFactory
from tests.plans.issuing.signed_copies import BROKEN, SCAN, printed
from tests.plans.rows import again
from tests.units.conftest import signed_in
from units.models import Membership, Unit

Role = Membership.Role


def address(name: str, plan: Plan, *more: Any) -> str:
    return reverse(f"plans:{name}", args=[plan.pk, *more])


def typed(plan: Plan, **values: Any) -> dict[str, Any]:
    fields = {"number": "27", "symbol": "KH-UBND", "date": "12/2/2026", "signer": "Lò Văn Thắng"}
    return {"version": plan.version, **fields, **values}


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def primary(answer: Any) -> list[str]:
    """Where the primary buttons of the page lead."""
    return [part.split('"')[1] for part in answer.content.decode().split('class="btn btn-primary" href=')[1:]]


def test_one_officer_alone_goes_the_whole_way(page, plan):
    assert primary(page.get(address("plan", plan))) == [address("editor", plan)]

    answer = page.post(address("submit", plan), {"to": "Chủ tịch", "on": "12/02/26"}, follow=True)
    assert told(answer) == ["Đã ghi nhận: trình Chủ tịch ngày 12/02/2026."]
    assert answer.context["standing"] == "Đã trình ngày 12/02/2026, chờ Chủ tịch ký."
    assert primary(answer) == [address("issue", plan)]

    data = typed(plan, signed_file=SimpleUploadedFile("27 đã ký.pdf", SCAN))
    answer = page.post(address("issue", plan), data, follow=True)
    paper = IssuedPaper.objects.get()
    assert told(answer) == [
        "Đã ghi nhận ban hành Kế hoạch 27/KH-UBND ngày 12/02/2026.",
        "Bản đã ký: Bản quét không có chữ ký số; vẫn lưu được nếu bản giấy đã ký, đóng dấu.",
    ]
    assert answer.context["standing"] == "Đã ban hành, số 27/KH-UBND ngày 12/02/2026."
    assert primary(answer) == [reverse("core:file", args=[paper.signed_file_id])]
    assert "Chủ tịch, ngày 12/02/2026" in answer.content.decode()
    assert content_of(page.get(primary(answer)[0])) == SCAN


def test_the_form_of_submission_knows_the_usual_signer_and_today(page, plan):
    form = page.get(address("submit", plan)).context["form"]

    assert form["to"].value() == "Chủ tịch"
    assert str(form["on"].value()) == "2026-02-20"


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"to": "", "on": "12/2/2026"}, "to", None),
        ({"to": "Chủ tịch", "on": "21/2/2026"}, "on", "Ngày 21/02/2026 chưa đến; ghi ngày đã trình."),
        ({"to": "<b>Chủ tịch</b>", "on": "12/2/2026"}, "to", None),
    ],
)
def test_a_submission_is_refused_at_its_field(page, plan, data, field, sentence):
    answer = page.post(address("submit", plan), data)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert sentence is None or answer.context["form"].errors[field] == [sentence]
    assert again(plan).state == PlanState.DRAFT


def test_it_is_taken_back_before_it_is_signed(page, plan, officer):
    submit_plan(plan, actor=officer, to="Chủ tịch")

    answer = page.post(address("recall", plan), follow=True)

    assert told(answer) == ["Đã rút lại. Kế hoạch là dự thảo và sửa tiếp được."]
    assert primary(answer) == [address("editor", plan)]


@pytest.mark.parametrize(
    ("name", "data", "standing"),
    [
        ("submit", {"to": "Phó Chủ tịch", "on": "13/2/2026"}, "Đã trình, chờ Chủ tịch ký."),
        ("recall", {}, "Dự thảo, chưa có số."),
    ],
)
def test_a_second_click_is_told_how_it_stands(page, plan, officer, name, data, standing):
    if name == "submit":
        submit_plan(plan, actor=officer, to="Chủ tịch")

    answer = page.post(address(name, plan), data, follow=True)

    assert told(answer) == [f"Không ghi nhận thêm. {standing}"]
    assert again(plan).submitted_to == plan.submitted_to


def test_a_second_click_on_issue_records_nothing_more(page, plan):
    data = typed(plan)
    page.post(address("issue", plan), data, follow=True)

    answer = page.post(address("issue", plan), {**data, "number": "28"}, follow=True)

    assert told(answer) == ["Không ghi nhận thêm. Đã ban hành, số 27/KH-UBND ngày 12/02/2026."]
    assert [paper.number for paper in IssuedPaper.objects.all()] == ["27"]


def test_a_page_of_an_older_text_asks_once_more(page, plan, officer):
    data = typed(plan)
    update_plan(plan, actor=officer, version=1, place="Chỗ khác")

    answer = page.post(address("issue", plan), data)
    form = answer.context["form"]
    assert answer.status_code == 409
    assert form.non_field_errors() == [
        "Kế hoạch vừa được sửa sau khi bạn mở trang này. Hãy xem lại bản in của kế hoạch rồi ghi nhận lần nữa."
    ]

    page.post(address("issue", plan), {**data, "version": form["version"].value()})
    assert again(plan).state == PlanState.ISSUED


def test_a_file_dropped_in_stays_while_the_rest_is_corrected(page, plan):
    data = typed(plan, number="", signed_file=SimpleUploadedFile("27.pdf", SCAN))
    answer = page.post(address("issue", plan), data)
    assert answer.status_code == 422
    assert "Đã nhận tệp <strong>27.pdf</strong>" in answer.content.decode()

    page.post(address("issue", plan), typed(plan, kept=answer.context["form"]["kept"].value()))

    assert IssuedPaper.objects.get().signed_file.name == "27.pdf"


def test_a_file_of_somebody_else_is_not_taken_for_the_signed_copy(page, plan):
    stranger = UserFactory()
    foreign = StoredFile.objects.create(
        unit_id=plan.unit_id, name="x.pdf", sha256="0" * 64, size=1, media_type="application/pdf", created_by=stranger
    )

    page.post(address("issue", plan), typed(plan, kept=foreign.pk))

    assert IssuedPaper.objects.get().signed_file is None


def test_a_number_far_above_is_confirmed_on_the_page(page, plan):
    answer = page.post(address("issue", plan), typed(plan, number="2700"))
    assert answer.status_code == 422
    assert 'type="checkbox" name="confirmed"' in answer.content.decode()

    page.post(address("issue", plan), typed(plan, number="2700", confirmed="on"))
    assert IssuedPaper.objects.get().number == "2700"


@pytest.mark.parametrize(("to", "field"), [("pdf", "issued_file"), ("docx", "word_file")])
def test_an_issued_plan_gives_out_the_kept_bytes_and_is_never_drawn_again(page, plan, monkeypatch, to, field):
    page.post(address("issue", plan), typed(plan))
    monkeypatch.setattr(views, "render", None)  # whoever draws now fails

    answer = page.get(address("download", plan, to))

    stored = getattr(IssuedPaper.objects.get(), field)
    assert len(content_of(answer)) == stored.size > 1_000
    assert answer["Content-Type"] == stored.media_type
    assert "27-kh-ubnd" in answer["Content-Disposition"]


def test_other_forms_of_an_issued_plan_lead_back_to_it(page, plan):
    page.post(address("issue", plan), typed(plan))

    assert page.get(address("download", plan, "txt"))["Location"] == address("plan", plan)


@pytest.mark.parametrize(
    ("role", "submit", "issue"),
    [(Role.OFFICER, 302, 302), (Role.CLERK, 403, 302), (Role.LEADER, 403, 403), (Role.COUNCIL_MEMBER, 403, 403)],
)
def test_officer_and_clerk_record_the_issue_and_only_the_officer_submits(as_role, plan, role, submit, issue):
    window, other = as_role(role), PlanFactory(unit=plan.unit, issuer=plan.issuer)

    submitted = window.post(address("submit", other), {"to": "Chủ tịch", "on": "12/2/2026"})
    recorded = window.post(address("issue", plan), typed(plan))

    assert (submitted.status_code, recorded.status_code) == (submit, issue)
    assert again(plan).state == (PlanState.ISSUED if issue == 302 else PlanState.DRAFT)


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER])
def test_each_sees_the_next_step_that_is_his(as_role, plan, role):
    window = as_role(role)

    expected = address("issue", plan) if role == Role.CLERK else address("download", plan, "docx")

    assert primary(window.get(address("plan", plan))) == [expected]


def test_the_unit_above_opens_the_signed_file_and_a_stranger_does_not(page, plan):
    above = UserFactory(role=Role.REVIEWER)
    Unit.objects.filter(pk=plan.unit_id).update(parent=above.memberships.get().unit)
    page.post(address("issue", plan), typed(plan, signed_file=SimpleUploadedFile("27.pdf", SCAN)))
    url = reverse("core:file", args=[IssuedPaper.objects.get().signed_file_id])

    reader, stranger = signed_in(above), signed_in(UserFactory(role=Role.OFFICER))

    assert content_of(reader.get(url)) == SCAN
    assert "Xem trong Sổ văn bản" not in reader.get(address("plan", plan)).content.decode()
    assert stranger.get(url).status_code == 404


# -- What the signed file says -------------------------------------------------------------


@pytest.fixture
def drawn(plan) -> bytes:
    """The plan's own paper, as it came back numbered but not signed digitally."""
    return printed(plan, number="31", signer="Hà Thị Mận")


def test_number_day_and_signer_are_read_from_the_file_and_a_contradiction_is_asked_about_once(page, plan, drawn):
    data = typed(plan, number="", date="", signer="", doc="1", signed_file=SimpleUploadedFile("31.pdf", drawn))

    answer = page.post(address("issue", plan), data)

    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (200, {})
    assert [str(form[name].value()) for name in ("number", "symbol", "date", "signer")] == [
        "31",
        "KH-UBND",
        "2026-02-12",
        "Hà Thị Mận",
    ]
    assert form.findings.sentences == (
        "Tệp PDF này chưa có chữ ký số.",
        "Đọc được từ tệp: số 31/KH-UBND, ngày 12/02/2026, người ký Hà Thị Mận. Hãy đối chiếu trước khi ghi nhận.",
    )
    assert again(plan).state == PlanState.DRAFT

    shown = {name: form[name].value() for name in ("version", "symbol", "signer", "kept")}
    other = {**shown, "number": "32", "date": "13/2/2026"}
    assert page.post(address("issue", plan), other).context["form"].errors == {
        "number": ["Tệp đã ký ghi số 31, ô này ghi 32."],
        "date": ["Tệp đã ký ghi ngày 12/02/2026."],
    }

    page.post(address("issue", plan), {**other, "confirmed": "on"})
    paper = IssuedPaper.objects.get(number="32")
    assert (paper.signer, paper.signed_file.size) == ("Hà Thị Mận", len(drawn))


def test_what_a_picture_does_not_say_stays_as_it_was_typed(page, plan):
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    data = typed(plan, doc="1", signed_file=SimpleUploadedFile("anh.png", picture.getvalue()))

    form = page.post(address("issue", plan), data).context["form"]

    assert [form[name].value() for name in ("number", "date")] == ["27", "12/2/2026"]
    assert form.findings.sentences[-1] == "Không đọc được số, ngày, người ký từ tệp này; hãy ghi theo bản giấy."


def test_reading_without_a_file_asks_for_one(page, plan):
    answer = page.post(address("issue", plan), typed(plan, doc="1"))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"signed_file": ["Chưa chọn tệp để đọc."]}
    assert again(plan).state == PlanState.DRAFT


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("27.pdf", BROKEN, "Tệp bị hỏng hoặc tải về chưa đủ; hãy tải lại từ nơi lưu rồi chọn lại."),
        (
            "27.jpg",
            SCAN,
            "Tệp tên «27.jpg» nhưng bên trong là tệp PDF; hãy xem có chọn nhầm tệp không, hoặc đổi lại đuôi tệp.",
        ),
    ],
)
def test_a_file_that_is_broken_or_not_what_its_name_says_is_asked_about_before_it_is_frozen(
    page, plan, name, content, sentence
):
    data = typed(plan, signed_file=SimpleUploadedFile(name, content))

    answer = page.post(address("issue", plan), data)

    assert answer.context["form"].errors == {"signed_file": [sentence]}
    assert again(plan).state == PlanState.DRAFT
    page.post(address("issue", plan), typed(plan, kept=answer.context["form"]["kept"].value(), confirmed="on"))
    assert IssuedPaper.objects.get().signed_file.name == name
