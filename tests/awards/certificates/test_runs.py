"""A batch: chosen, made by the worker with its progress, found again; names confirmed, handed over, given anew."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from awards.certificates import handing, naming, reissuing, runs, stocks
from awards.certificates.layouts import Field, Place
from awards.certificates.reissuing import Asked
from awards.certificates.runs import Wanted
from awards.certificates.tasks import render_certificates
from awards.models import CertificateRun, Decision, Grant, Nominee, Reissue, Stock
from core import files
from core.errors import AppError, UnfitField
from core.history import history_lines
from core.models import AuditEntry, Job
from core.states import EditedMeanwhile, MovedMeanwhile
from tests.awards.certificates.samples import printed_lines
from tests.awards.certificates.scene import SIGNED, Scene, a_scene, enter
from tests.factories import UnitFactory
from tests.units.conftest import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def in_november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def address(scene: Scene, name: str = "certificates") -> str:
    return reverse(f"awards:{name}", args=[scene.decision.pk])


def made(run: CertificateRun) -> CertificateRun:
    render_certificates(job_id=run.job_id, run_id=run.pk)
    return CertificateRun.objects.select_related("file", "job").get(pk=run.pk)


def bytes_of(run: CertificateRun) -> bytes:
    with files.open_stored(run.file) as content:
        return content.read()


def acts() -> list[str]:
    return list(AuditEntry.objects.filter(code__startswith="awards.").order_by("pk").values_list("code", flat=True))


# -- Batches -------------------------------------------------------------------------------


def test_a_batch_of_all_is_printed_in_the_order_of_handing_over_and_found_again(scene):
    page = signed_in(scene.office.officer)

    answer = page.post(address(scene), {"stock": "", "citation": "", "tat-ca": "1"})

    run = made(CertificateRun.objects.get())
    assert answer["Location"] == reverse("core:job", args=[run.job_id])
    assert (run.count, run.grants, run.stock.mode, run.job.state, run.job.done) == (3, [], "full", "done", 3)
    for number, name in enumerate(("Bà Nguyễn Thị Hoa", "Ông Trần Văn Bình", "Ông Lê Văn Tám")):
        said = printed_lines(bytes_of(run), number)
        assert {name, "GIẤY KHEN", f"Số sổ vàng: {number + 1}", "Đã cứu hai học sinh bị đuối nước"} <= said.keys()
        assert "Quyết định số 312/QĐ-UBND ngày 20 tháng 11 năm 2026" in said
    text = page.get(address(scene)).content.decode()
    assert "Các lần in" in text
    assert reverse("core:file", args=[run.file_id]) in text
    assert acts() == ["awards.certificates.printed"]


def test_some_of_them_with_one_sentence_for_all(scene):
    wanted = Wanted(None, (scene.grants[1].pk,), "Đã có thành tích xuất sắc năm 2026")

    run = made(runs.begin(scene.decision, actor=scene.office.officer, wanted=wanted))

    assert (run.count, run.grants) == (1, [scene.grants[1].pk])
    assert {"Ông Trần Văn Bình", "Đã có thành tích xuất sắc năm 2026"} <= printed_lines(bytes_of(run)).keys()


def test_a_title_is_given_for_its_year():
    scene = a_scene("CSTDCS", many=1)

    run = made(runs.begin(scene.decision, actor=scene.office.officer, wanted=Wanted(None)))

    assert {"TẶNG DANH HIỆU", "Năm 2026"} <= printed_lines(bytes_of(run)).keys()


def test_nothing_is_printed_of_a_draft_of_another_or_without_a_choice(scene):
    page = signed_in(scene.office.officer)

    answer = page.post(address(scene), {"stock": ""})
    assert (answer.status_code, "Chưa chọn ai để in" in answer.content.decode()) == (422, True)

    Decision.objects.filter(pk=scene.decision.pk).update(state="draft")
    answer = page.post(address(scene), {"stock": "", "tat-ca": "1"})
    assert (answer.status_code, CertificateRun.objects.count()) == (422, 0)


def test_what_was_taken_back_is_not_printed_and_not_offered(scene):
    first = scene.grants[0]
    Grant.objects.create(
        unit=first.unit,
        decision=scene.decision,
        order=9,
        entry="revoked",
        reverses=first,
        reason="Gian dối",
        subject=first.subject,
        kind=first.kind,
        name=first.name,
        award_name=first.award_name,
        year=2026,
    )

    run = runs.begin(scene.decision, actor=scene.office.officer, wanted=Wanted(None))

    assert run.count == 2
    text = signed_in(scene.office.officer).get(address(scene)).content.decode()
    assert f'name="lines" value="{scene.grants[1].pk}"' in text
    assert f'name="lines" value="{first.pk}"' not in text


def test_two_sizes_of_paper_are_two_batches(scene):
    enter(scene, "GDVH")

    with pytest.raises(UnfitField, match="khổ A5"):
        runs.begin(scene.decision, actor=scene.office.officer, wanted=Wanted(None))


def test_stock_of_another_size_is_not_printed_on(scene):
    family = enter(scene, "GDVH")
    stock = Stock.objects.create(unit=scene.office.unit, name="Phôi Giấy khen", mode="variable")

    with pytest.raises(UnfitField, match="khác khổ giấy") as refused:
        runs.begin(scene.decision, actor=scene.office.officer, wanted=Wanted(stock, (family.pk,)))
    assert refused.value.field == "stock"


def test_a_text_that_fits_nowhere_is_told_before_the_worker_begins(scene):
    Grant.objects.filter(pk=scene.grants[2].pk).update(achievement="Đã có thành tích " * 900)

    with pytest.raises(AppError, match="Ông Lê Văn Tám dài quá"):
        runs.begin(scene.decision, actor=scene.office.officer, wanted=Wanted(None))
    assert (Job.objects.count(), CertificateRun.objects.count()) == (0, 0)


def test_a_stock_of_another_unit_is_not_taken(scene):
    other = Stock.objects.create(unit=UnitFactory.create(), name="Máy của xã khác")

    answer = signed_in(scene.office.officer).post(address(scene), {"stock": str(other.pk), "tat-ca": "1"})

    assert (answer.status_code, CertificateRun.objects.count()) == (422, 0)


def test_the_page_asks_the_database_as_often_for_60_rows_as_for_3(scene, django_assert_num_queries):
    page = signed_in(scene.office.officer)
    page.get(address(scene))

    def asked() -> int:
        with django_assert_num_queries(QUERIES) as queries:
            answer = page.get(f"{address(scene)}?dong=100")
        assert len(answer.context["rows"]) == len(scene.grants)
        return len(queries)

    page.get(f"{address(scene)}?dong=100")
    few = asked()
    for _ in range(57):
        enter(scene)

    assert (few, asked()) == (QUERIES, QUERIES)


QUERIES = 11


# -- Names ---------------------------------------------------------------------------------


def test_names_are_confirmed_before_printing_and_those_that_are_not_are_pointed_out(scene):
    page = signed_in(scene.office.officer)
    assert "3 tên chưa được người nhận xác nhận" in page.get(address(scene)).content.decode()

    sheet = page.get(address(scene, "certificate_names")).content.decode()
    for words in ("Bà Nguyễn Thị Hoa", "1981", "Giáo viên, Trường Tiểu học số 1", "Ký xác nhận"):
        assert words in sheet
    page.post(
        address(scene, "certificate_names"),
        {"lines": [scene.nominees[0].pk], "confirmed_by": "Từng người ký", "confirmed_on": "21/11/2026"},
    )

    assert list(Nominee.objects.order_by("pk").values_list("name_confirmed_by", "name_confirmed_on")) == [
        ("Từng người ký", dt.date(2026, 11, 21)),
        ("", None),
        ("", None),
    ]
    text = page.get(address(scene)).content.decode()
    assert "2 tên chưa được người nhận xác nhận: Trần Văn Bình, Lê Văn Tám" in text
    assert runs.begin(scene.decision, actor=scene.office.officer, wanted=Wanted(None)).count == 3
    assert naming.confirm(scene.decision, actor=None, nominee_ids=None, by="Hiệu trưởng", day=TODAY) == 2
    assert "chưa được người nhận xác nhận" not in page.get(address(scene)).content.decode()


def test_a_name_ticked_by_mistake_is_taken_back(scene):
    naming.confirm(scene.decision, actor=scene.office.officer, nominee_ids=None, by="Hiệu trưởng", day=TODAY)

    naming.undo(scene.decision, actor=scene.office.officer, nominee_id=scene.nominees[1].pk)

    left = [one.name for one in naming.names_of(scene.decision) if one.confirmed_on is None]
    assert left == ["Ông Trần Văn Bình"]
    assert acts() == ["awards.names.confirmed", "awards.names.undone"]


@pytest.mark.parametrize(
    ("by", "day", "field"), [("", TODAY, "confirmed_by"), ("Ai", dt.date(2027, 1, 1), "confirmed_on")]
)
def test_who_and_when_are_asked(scene, by, day, field):
    with pytest.raises(UnfitField) as refused:
        naming.confirm(scene.decision, actor=scene.office.officer, nominee_ids=None, by=by, day=day)
    assert refused.value.field == field


# -- Handed over ---------------------------------------------------------------------------


def test_many_are_handed_over_at_once_and_each_only_once(scene):
    who = {"actor": scene.office.officer}

    assert handing.hand_over(scene.decision, **who, grant_ids=[scene.grants[0].pk], day=SIGNED) == 1
    assert handing.hand_over(scene.decision, **who, grant_ids=None, day=TODAY) == 2
    with pytest.raises(UnfitField):
        handing.hand_over(scene.decision, **who, grant_ids=None, day=TODAY)
    handing.undo(scene.decision, **who, grant_id=scene.grants[2].pk)

    assert list(Grant.objects.order_by("order").values_list("handed_on", flat=True)) == [SIGNED, TODAY, None]
    assert acts() == [*["awards.certificates.handed"] * 2, "awards.certificates.hand_undone"]


@pytest.mark.parametrize("day", [SIGNED - dt.timedelta(1), TODAY + dt.timedelta(1)])
def test_nothing_is_handed_over_before_it_was_decided_or_tomorrow(scene, day):
    with pytest.raises(UnfitField, match="Ngày trao"):
        handing.hand_over(scene.decision, actor=scene.office.officer, grant_ids=None, day=day)


# -- Cấp đổi, cấp lại ----------------------------------------------------------------------


def test_a_wrong_name_is_printed_as_corrected_and_the_register_keeps_what_was_decided(scene):
    correction = Decision.objects.create(
        unit=scene.office.unit, kind="correct", state="issued", number="330/QĐ-UBND", day=SIGNED
    )
    page = signed_in(scene.office.officer)

    answer = page.post(
        reverse("awards:reissue", args=[scene.grants[0].pk]),
        {
            **{"kind": "exchange", "reason": "In sai họ tên", "asked_on": "21/11/2026", "name": "Nguyễn Thị Hoà"},
            **{"detail": "Giáo viên, Trường Tiểu học số 1", "decision": str(correction.pk)},
        },
    )

    assert answer["Location"] == address(scene)
    found = Reissue.objects.get()
    assert (found.name, found.decision, found.done_on) == ("Nguyễn Thị Hoà", correction, None)
    assert Grant.objects.get(pk=scene.grants[0].pk).name == "Nguyễn Thị Hoa"
    run = made(runs.begin(scene.decision, actor=scene.office.officer, wanted=Wanted(None, (scene.grants[0].pk,))))
    assert "Bà Nguyễn Thị Hoà" in printed_lines(bytes_of(run))
    assert "quyết định ghi: Nguyễn Thị Hoa" in page.get(address(scene)).content.decode()

    page.post(reverse("awards:reissue_given", args=[found.pk]), {"day": "22/11/2026"})
    found.refresh_from_db()
    assert found.done_on == TODAY
    with pytest.raises(MovedMeanwhile):
        reissuing.give(found, actor=scene.office.officer, day=TODAY)


def test_a_lost_one_is_given_again_with_the_same_words(scene):
    said = Asked("again", "Bị mất do bão", TODAY, "Nguyễn Thị Hoa", "Giáo viên, Trường Tiểu học số 1")

    found = reissuing.ask(scene.grants[0], actor=scene.office.officer, said=said)

    assert (found.name, found.detail, str(found.reason)) == ("", "", "Bị mất do bão")


def test_a_reissue_needs_a_reason(scene):
    with pytest.raises(UnfitField) as refused:
        reissuing.ask(scene.grants[0], actor=scene.office.officer, said=Asked("again", " ", TODAY))
    assert refused.value.field == "reason"


# -- Stocks --------------------------------------------------------------------------------


def a_picture() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(content, "PNG")
    content.seek(0)
    content.name = "huy-hieu.png"
    return content


def test_a_stock_with_the_units_own_emblem_prints_it_in_its_place(scene):
    page = signed_in(scene.office.officer)
    page.post(reverse("awards:stock_add"), {"name": "Máy phòng Văn hóa", "mode": "full", "emblem": a_picture()})
    stock = Stock.objects.get()

    assert stock.emblem.media_type == "image/png"
    preview = page.get(f"{address(scene, 'certificates_preview')}?phoi={stock.pk}")
    assert "data:image/png;base64" in preview.content.decode()
    assert "Chưa có hình Quốc huy" not in preview.content.decode()
    assert "Chưa có hình Quốc huy" in page.get(address(scene, "certificates_preview")).content.decode()


def test_what_is_no_picture_is_refused_at_its_field(scene):
    fake = io.BytesIO(b"%PDF-1.4 no picture")
    fake.name = "quoc-huy.png"

    answer = signed_in(scene.office.officer).post(
        reverse("awards:stock_add"), {"name": "Máy", "mode": "full", "emblem": fake}
    )

    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"emblem"})


def test_the_shift_is_worked_out_from_what_was_measured(scene):
    stock = Stock.objects.create(unit=scene.office.unit, name="Máy", mode="variable")

    signed_in(scene.office.officer).post(
        reverse("awards:stock_calibrate", args=[stock.pk]),
        {"measured_x": "51,5", "measured_y": "49", "version": stock.version},
    )

    stock.refresh_from_db()
    assert (float(stock.shift_x), float(stock.shift_y)) == (1.5, -1.0)
    run = made(runs.begin(scene.decision, actor=scene.office.officer, wanted=Wanted(stock)))
    left, right, foot = printed_lines(bytes_of(run))["Bà Nguyễn Thị Hoa"]
    assert ((left + right) / 2, foot) == (pytest.approx(148.5 - 1.5, abs=0.3), pytest.approx(111 + 1, abs=0.3))


def test_places_are_kept_and_one_that_leaves_the_sheet_is_refused_at_its_line(scene):
    stock = Stock.objects.create(unit=scene.office.unit, name="Máy", mode="variable")
    page, where = signed_in(scene.office.officer), reverse("awards:stock_places", args=[stock.pk])
    form = page.get(where).context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() not in (None, False)}

    assert page.post(where, typed | {"name_x": "200", "name_width": "150"}).status_code == 422
    assert page.post(where, typed | {"name_x": "80", "name_y": "112,5", "name_width": "140"}).status_code == 302

    stock.refresh_from_db()
    assert stock.places["name"] == {"x": 80.0, "y": 112.5, "width": 140.0, "size": 26.0, "shown": True}
    assert stock.places["award"]["shown"] is False
    with pytest.raises(EditedMeanwhile):
        stocks.place(stock, actor=scene.office.officer, version=1, places={Field.CODE: (False, Place(10, 10, 20, 18))})


def test_a_stock_that_was_printed_on_stays(scene):
    used = runs.begin(scene.decision, actor=scene.office.officer, wanted=Wanted(None)).stock
    unused = Stock.objects.create(unit=scene.office.unit, name="Nhập nhầm")

    with pytest.raises(stocks.IsUsed):
        stocks.remove(used, actor=scene.office.officer)
    stocks.remove(unused, actor=scene.office.officer)

    assert list(Stock.objects.all()) == [used]


def test_the_history_tells_each_act_in_words(scene):
    who = {"actor": scene.office.officer}
    runs.begin(scene.decision, **who, wanted=Wanted(None))
    naming.confirm(scene.decision, **who, nominee_ids=None, by="Hiệu trưởng", day=TODAY)
    handing.hand_over(scene.decision, **who, grant_ids=None, day=TODAY)
    reissuing.ask(scene.grants[0], **who, said=Asked("again", "Bị mất", TODAY, "Nguyễn Thị Hoà"))

    lines = history_lines(scene.decision, scene.grants[0])

    assert [line.what for line in lines] == [
        "Ghi cấp đổi, cấp lại",
        "Ghi đã trao giấy khen, bằng",
        "Xác nhận họ tên",
        "In giấy khen, bằng",
    ]
    assert not [
        change.name for line in lines for change in line.changes if "_" in change.name or change.name.isascii()
    ]
