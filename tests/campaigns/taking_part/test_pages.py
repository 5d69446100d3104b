"""The pages of registrations: who stands where, judging, entering, asking and taking."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign, Registration
from campaigns.taking_part import services, taking
from campaigns.taking_part.values import Who
from documents.deliveries.services import send
from reminders.models import Request
from tests.campaigns.taking_part.office import LDTT, TODAY, TTLDTT
from tests.core.sheet_samples import book
from tests.factories import PartFactory, PersonFactory, Role, UserFactory
from tests.reminders.asking.desk import paper_of


def names(answer) -> list[str]:
    return [row.name for _, row in answer.context["rows"]]


def test_the_page_counts_who_stands_where_and_marks_the_late(office):
    office.approved(office.registered("Thôn Đông"))
    office.registered("Thôn Tây", day=TODAY)
    hac = office.person("Lò Văn Hặc", "Thôn Tây")
    office.registered("Thôn Tây", LDTT, person=hac)

    page = office.page("registrations")

    assert page.context["standing"] == (
        "Chưa gửi 2, chờ duyệt 1, trả lại 0, đã duyệt 1. Cá nhân: chờ duyệt 1, trả lại 0, đã duyệt 0. "
        "Hạn đăng ký 15/02/2026, đã quá 3 ngày."
    )
    assert [(head, row.name, row.word, row.note) for head, row in page.context["rows"]] == [
        ("Thôn (3)", "Thôn Đông", "Đã duyệt", ""),
        ("", "Thôn Tây", "Chờ duyệt", "gửi muộn 3 ngày"),
        ("", "Lò Văn Hặc", "Chờ duyệt", ""),
        ("", "Thôn Nam", "Chưa gửi", "quá 3 ngày"),
        ("Trường học (1)", "Trường Tiểu học Mai Khê", "Chưa gửi", "quá 3 ngày"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"tinh_trang": "chua-gui"}, ["Thôn Nam", "Trường Tiểu học Mai Khê"]),
        ({"tinh_trang": "cho-duyet"}, ["Thôn Tây", "Lò Văn Hặc"]),
        ({"tinh_trang": "gui-muon"}, ["Thôn Tây", "Thôn Nam", "Trường Tiểu học Mai Khê"]),
        ({"loai": "school"}, ["Trường Tiểu học Mai Khê"]),
        ({"doi_tuong": "ca-nhan"}, ["Lò Văn Hặc"]),
        ({"q": "hac"}, ["Lò Văn Hặc"]),
        ({"q": "tap the tien tien"}, ["Thôn Đông", "Thôn Tây"]),
        ({"q": "khong co"}, []),
        ({"xep": "-ten"}, ["Trường Tiểu học Mai Khê", "Thôn Tây", "Thôn Nam", "Thôn Đông", "Lò Văn Hặc"]),
        (
            {"tinh_trang": "la-lung", "xep": "la-lung", "trang": "99"},
            ["Thôn Đông", "Thôn Tây", "Lò Văn Hặc", "Thôn Nam", "Trường Tiểu học Mai Khê"],
        ),
    ],
)
def test_the_list_is_filtered_searched_and_sorted(office, query, expected):
    office.approved(office.registered("Thôn Đông"))
    office.registered("Thôn Tây", day=TODAY)
    office.registered("Thôn Tây", LDTT, person=office.person("Lò Văn Hặc", "Thôn Tây"))

    assert names(office.page("registrations", **query)) == expected


@pytest.mark.parametrize("count", [3, 300])
def test_the_number_of_queries_does_not_grow(office, count):
    for number in range(count):
        part = PartFactory(unit=office.unit, name=f"Xóm {number}", order=20 + number)
        if number % 2:
            services.register(office.campaign, actor=office.an, who=Who(part), data=office.data())
            person = PersonFactory(unit=office.unit, part=part, full_name=f"Vì Thị {number}")
            services.register(office.campaign, actor=office.an, who=Who(part, person), data=office.data(LDTT))
    office.page("registrations")

    with CaptureQueriesContext(connection) as found:
        page = office.page("registrations", dong="tat-ca")

    assert page.context["page"].total == 4 + count + count // 2
    assert len(found) == 14


# -- Judging -----------------------------------------------------------------------------------


def test_the_leader_approves_those_ticked_and_comes_back_to_the_same_filters(office):
    rows = [office.registered(name) for name in ("Thôn Đông", "Thôn Tây", "Thôn Nam")]
    seen = [f"{row.pk}:{row.version}" for row in rows[:2]]

    answer = office.post("registration_approve", who=office.lan, **{"dang-ky": seen, "tinh_trang": "cho-duyet"})

    assert answer["Location"] == f"{office.url('registrations')}?tinh_trang=cho-duyet"
    assert [office.fresh(row).state for row in rows] == ["approved", "approved", "sent"]
    again = office.window(office.lan).post(office.url("registration_approve"), {"dang-ky": seen}, follow=True)
    assert "Đã duyệt 0 đăng ký; 2 đăng ký vừa thay đổi hoặc đã xử lý rồi, hãy xem lại." in again.content.decode()


def test_rubbish_in_what_is_ticked_approves_nothing(office):
    office.registered()

    answer = office.post("registration_approve", **{"dang-ky": ["", "x", "1", "9999999:1", "1:y"]})

    assert answer.status_code == 302
    assert Registration.objects.get().state == "sent"


def test_giving_back_from_the_page_of_one(office):
    row = office.registered()

    refused = office.post("registration_return", row.pk, who=office.lan, reason=" ")
    done = office.post("registration_return", row.pk, who=office.lan, reason="Ghi rõ chỉ tiêu")

    assert (refused.status_code, done.status_code) == (422, 302)
    page = office.page("registration", row.pk)
    assert page.context["standing"] == "Gửi ngày 10/02/2026; đã trả lại: Ghi rõ chỉ tiêu."
    assert "Ghi lý do trả lại" in refused.content.decode()


def test_the_colleague_reads_and_the_stranger_learns_nothing(office):
    row = office.registered()

    for name, arguments in (("registrations", ()), ("registration", (row.pk,)), ("registration_export", ())):
        assert office.page(name, *arguments, who=office.binh).status_code == 200, name
        assert office.page(name, *arguments, who=office.cuong).status_code == 404, name
    for name, arguments in (
        ("registration_new", ()),
        ("registration_ask", ()),
        ("registration_take", ()),
        ("registration_import", ()),
        ("registration_edit", (row.pk,)),
    ):
        assert office.page(name, *arguments, who=office.binh).status_code == 403, name
        assert office.page(name, *arguments, who=office.cuong).status_code == 404, name
    button = "Duyệt các đăng ký đã chọn"
    assert button in office.page("registrations", who=office.lan).content.decode()
    assert button not in office.page("registrations", who=office.binh).content.decode()


def test_the_leader_judges_and_does_not_enter(office):
    row = office.registered()

    assert office.page("registration_edit", row.pk, who=office.lan).status_code == 403
    assert office.post("registration_approve", who=office.binh, **{"dang-ky": f"{row.pk}:1"}).status_code == 403
    assert office.fresh(row).state == "sent"


def test_a_superior_to_whom_the_plan_went_does_not_see_who_registered(office):
    row = office.registered()
    above = UserFactory(person=PersonFactory(unit=office.province), role=Role.OFFICER, unit=office.province)

    assert office.page("registrations", who=above).status_code == 404
    assert office.page("registration", row.pk, who=above).status_code == 404


def test_a_registration_of_one_campaign_is_not_reached_through_another(office):
    row = office.registered()
    other = Campaign(unit=office.unit, title="Khác", year=2026, state="running")
    other.save()

    answer = office.window().get(f"/phong-trao/{other.pk}/dang-ky/{row.pk}/")

    assert answer.status_code == 404


# -- Entering ----------------------------------------------------------------------------------


def said(**more):
    return {"place": "Thôn Đông", "day": "10/2/2026", "chosen": [LDTT], "titles": "", "promises": "", **more}


def test_the_officer_enters_for_a_place_with_titles_targets_and_words(office):
    answer = office.post(
        "registration_new",
        **said(
            chosen=[TTLDTT],
            titles="Thôn kiểu mẫu",
            promises="Hiến đất",
            **{f"chi-tieu-{office.trees.pk}": "1.200 cây"},
        ),
    )

    assert answer["Location"] == office.url("registrations")
    row = Registration.objects.get()
    assert (row.titles, row.promises) == (
        f"{TTLDTT}\nThôn kiểu mẫu",
        [{"target": office.trees.pk, "low": "1200"}, {"text": "Hiến đất"}],
    )


def test_the_place_is_filled_in_from_the_row_that_was_missing(office):
    part = office.parts["Thôn Tây"]

    page = office.page("registration_new", noi=f"part-{part.pk}")

    assert page.context["form"]["place"].value() == "Thôn Tây"
    assert 'value="Thôn Tây"' in page.content.decode()
    for strange in ("part-999999999", "lower-1", "part-x", f"part-{'9' * 40}"):
        assert office.page("registration_new", noi=strange).context["form"]["place"].value() is None


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"place": ""}, "place", "Chọn nơi đăng ký."),
        ({"place": "Thôn Lạ"}, "place", "Không có nơi này trong danh sách của đơn vị."),
        ({"chosen": []}, "titles", "Ghi danh hiệu đăng ký, hoặc ít nhất một chỉ tiêu đăng ký."),
        ({"day": "31/2/2026"}, "day", "Không có ngày này. Ngày/tháng/năm, ví dụ 5/3/2026."),
        ({"day": "20/2/2026"}, "day", "Ngày 20/02/2026 chưa đến."),
        (
            {"person": "Lò Văn Lạ"},
            "person",
            "Chưa có người này trong danh sách. Xem lại tên, hoặc đánh dấu «Thêm người này vào danh sách».",
        ),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_stays(office, typed, field, words):
    answer = office.post("registration_new", **said(**typed))

    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [words]
    assert not Registration.objects.exists()


def test_a_figure_in_words_is_refused_at_its_target(office):
    name = f"chi-tieu-{office.trees.pk}"

    answer = office.post("registration_new", **said(**{name: "mười hai"}))

    assert answer.status_code == 422
    assert answer.context["form"].errors[name] == [
        "Số đăng ký ghi «mười hai», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."
    ]


def test_a_person_is_chosen_by_name_or_added_when_that_is_said(office):
    hac = office.person("Lò Văn Hặc", post="Phó thôn")

    office.post("registration_new", **said(person="lo van hac"))
    office.post("registration_new", **said(person="Vì Thị Mới", is_new="on", post="Bí thư"))
    again = office.post("registration_new", **said(person="Lò Văn Hặc"))

    people = [row.person for row in Registration.objects.order_by("pk").select_related("person__part")]
    assert people[0] == hac
    assert (people[1].full_name, people[1].post, str(people[1].part)) == ("Vì Thị Mới", "Bí thư", "Thôn Đông")
    assert again.context["form"].errors["person"] == [
        "Lò Văn Hặc đã đăng ký phong trào này. Hãy mở đăng ký đó để sửa."
    ]


def test_of_two_of_one_name_the_form_asks_which(office):
    office.person("Lò Văn Hặc", "Thôn Tây", post="Phó thôn")
    office.person("Lò Văn Hặc", "Thôn Tây", post="Công an viên")

    answer = office.post("registration_new", **said(person="Lò Văn Hặc"))

    assert answer.context["form"].errors["person"] == [
        "Có nhiều người cùng tên; hãy chọn dòng có ghi thêm trong ngoặc."
    ]


def test_a_page_that_is_old_saves_nothing_and_says_so(office):
    row = office.registered()
    page = office.page("registration_edit", row.pk)
    assert page.context["form"]["chosen"].value() == [TTLDTT]
    services.change_registration(row, actor=office.an, version=1, data=office.data("Thôn kiểu mẫu"))

    answer = office.post("registration_edit", row.pk, **said(version="1"))

    assert answer.status_code == 409
    assert office.fresh(row).titles == "Thôn kiểu mẫu"


def test_editing_shows_what_is_kept_and_keeps_what_is_not_touched(office):
    row = office.registered("Thôn Đông", LDTT, "Thôn kiểu mẫu", promises=())
    form = office.page("registration_edit", row.pk).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    assert form["day"].value() == row.day

    values["day"] = "10/2/2026"
    answer = office.post("registration_edit", row.pk, **values)

    assert answer.status_code == 302
    assert office.fresh(row).version == 1


def test_a_unit_below_is_entered_with_the_paper_it_sent(office):
    campaign = Campaign(unit=office.province, title="Của tỉnh", year=2026, state="running")
    campaign.save()
    nga = UserFactory(person=PersonFactory(unit=office.province), role=Role.OFFICER, unit=office.province)
    [delivery] = send(paper_of(office.unit, day=TODAY), actor=office.an, sent_on=TODAY, units=[office.province])
    url = f"/phong-trao/{campaign.pk}/dang-ky/"

    page = office.window(nga).get(f"{url}nhap/", {"noi": f"lower-{office.unit.pk}"})
    paper = page.context["form"].fields["delivery"].labels[delivery.pk]
    answer = office.window(nga).post(
        f"{url}nhap/", said(place="xã Mai Khê", delivery=paper, day="18/2/2026", chosen=[TTLDTT])
    )

    assert answer.status_code == 302
    row = Registration.objects.get()
    assert (row.lower, row.delivery) == (office.unit, delivery)
    shown = office.window(nga).get(url)
    assert [(row.name, row.word) for _, row in shown.context["rows"]] == [
        ("xã Hồng Lạc", "Chưa gửi"),
        ("xã Mai Khê", "Chờ duyệt"),
    ]
    asked = office.window(nga).get(f"{url}yeu-cau/", follow=True)
    assert "Đơn vị cấp dưới đăng ký bằng văn bản gửi đến" in asked.content.decode()


# -- Asking and taking ---------------------------------------------------------------------------


def test_the_places_that_are_missing_are_asked_at_once(office):
    office.registered("Thôn Đông")
    page = office.page("registration_ask")
    form = page.context["form"]
    assert form.ticked == {part.pk for name, part in office.parts.items() if name != "Thôn Đông"}

    answer = office.post(
        "registration_ask",
        title=form["title"].value(),
        body=form["body"].value(),
        due="28/2/2026",
        parts=[str(pk) for pk in form.ticked],
    )

    request = Request.objects.get()
    assert answer["Location"] == f"/nhac-viec/yeu-cau/{request.pk}/"
    assert (request.kind, request.subject, request.due) == (
        "campaigns.registration",
        office.campaign.pk,
        dt.date(2026, 2, 28),
    )
    assert request.asks.count() == 3
    assert [row.title for row in office.page("registrations").context["requests"]] == ["Đăng ký thi đua"]


def test_asking_nobody_is_refused(office):
    answer = office.post("registration_ask", title="Đăng ký", body="", due="28/2/2026")

    assert answer.status_code == 422
    assert "Chưa chọn nơi nào" in answer.context["form"].errors["parts"][0]


def test_what_came_is_shown_row_by_row_and_taken_by_one_button(office):
    office.person("Lò Văn Hặc")
    office.person("Lò Văn Hặc")
    answer = office.sent(
        office.asked(),
        "Thôn Đông",
        ("Thôn Đông", "", "TTLĐTT", "Trồng cây phân tán: 200"),
        ("Lò Văn Hặc", "", "LĐTT", ""),
        ("Lò Văn Đông", "", "", ""),
    )
    assert office.page("registrations").context["to_take"] == 1
    page = office.page("registration_take")
    assert page.context["standing"] == (
        "1 nơi đã gửi, 3 dòng, 1 dòng không nhận được. Chưa dòng nào được ghi; hãy xem rồi nhận."
    )
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    values[f"nhan-{answer.pk}"] = "on"

    refused = office.post("registration_take", **values)
    values[f"ai-{answer.pk}-2"] = "bo-qua"
    taken = office.post("registration_take", **values)
    twice = office.post("registration_take", **values)

    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        f"ai-{answer.pk}-2": ["Chọn «Lò Văn Hặc» là ai, hoặc chọn không nhận dòng này."]
    }
    assert (taken.status_code, twice.status_code) == (302, 302)
    assert [str(row) for row in Registration.objects.all()] == ["Thôn Đông"]


def test_an_answer_of_pictures_alone_leads_to_entering_it(office):
    request = office.asked()
    answer = office.sent(request, "Thôn Đông", ("Thôn Đông", "", "TTLĐTT", ""))
    type(answer).objects.filter(pk=answer.pk).update(rows=[])

    page = office.page("registration_take")

    assert "Nơi này chỉ gửi ảnh hoặc tệp" in page.content.decode()
    values = {f"nhan-{answer.pk}": "on", f"xem-{answer.pk}": page.context["form"][f"xem-{answer.pk}"].value()}
    office.post("registration_take", **values)
    assert taking.shown(office.campaign) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_the_taking_page_do_not_grow_with_what_came(office, count):
    request = office.asked()
    for name in [*office.parts][:count]:
        rows = [(f"Vì Thị {name} {number}", "", "LĐTT", "") for number in range(count)]
        office.sent(request, name, *rows)
    office.page("registration_take")

    with CaptureQueriesContext(connection) as found:
        page = office.page("registration_take")

    assert len(page.context["answers"]) == count
    assert len(found) == 12


def test_a_sheet_is_taken_in_by_the_import_page(office):
    file = SimpleUploadedFile(
        "dang-ky.xlsx", book([("Nơi đăng ký", "Danh hiệu đăng ký"), ("Thôn Đông", "LĐTT"), ("Thôn Lạ", "LĐTT")])
    )

    answer = office.post("registration_import", file=file)

    assert answer.status_code == 302
    assert office.page("registration_template").status_code == 200
    assert not Registration.objects.exists()
