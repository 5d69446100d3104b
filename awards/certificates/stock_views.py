"""Pages of stocks: what is printed where, on which paper, and how a printer is measured."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.certificates import runs
from awards.certificates import stocks as services
from awards.certificates.calibration import calibration_html
from awards.certificates.doors import stock_seen, stock_to_write
from awards.certificates.drawing import document, overlay_sheet, whole_sheet
from awards.certificates.forms import CalibrateForm, PlacesForm, StockForm, show_at_field
from awards.certificates.layouts import layout_of
from awards.certificates.sample import sample_certificate
from awards.models import CertificateRun, Stock
from awards.rules import WORKING
from awards.selectors import visible_stocks
from awards.shipped import award_name
from core.errors import AppError, UnfitField
from core.history import history_lines
from core.paging import list_page
from core.states import EditedMeanwhile
from units.doors import unit_to_work_for
from units.selectors import units_to_work_for

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SORTS = {"ten": "name", "cach-in": "mode", "loai": "award"}


@require_safe
def stocks(request: HttpRequest) -> HttpResponse:
    used = CertificateRun.objects.filter(stock=models.OuterRef("pk"))
    rows = visible_stocks(request.user).annotate(is_used=models.Exists(used))
    page = list_page(request, rows, sorts=SORTS, default="ten")
    context = {
        "title": "Phôi, máy in",
        "standing": "Mỗi dòng là một loại phôi trên một máy: in cả giấy khen, hoặc chỉ in nội dung lên phôi in sẵn.",
        "page": page,
        "rows": [(one, award_name(one.award) if one.award else "Mọi loại", _off_words(one)) for one in page.rows],
        "may_write": bool(units_to_work_for(request.user, *WORKING)),
    }
    return render(request, "awards/certificates/stocks.html", context)


@get_or_post
def add(request: HttpRequest) -> HttpResponse:
    unit, _ = unit_to_work_for(request, *WORKING)
    form = StockForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["emblem"]
        try:
            made = services.add(unit, actor=request.user, data=form.data_said(), upload=upload)
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã thêm phôi.")
            return redirect("awards:stock_places" if made.mode == Stock.Mode.VARIABLE else "awards:stocks", *_of(made))
    context = {"title": "Thêm phôi, máy in", "standing": f"{unit.title}.", "form": form, "unit": unit}
    return render(request, "awards/certificates/stock_form.html", context, status=422 if form.errors else 200)


def _of(stock: Stock) -> list[int]:
    return [stock.pk] if stock.mode == Stock.Mode.VARIABLE else []


@get_or_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = stock_to_write(request, pk)
    form = StockForm(request.POST or None, request.FILES or None, stock=found)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.change(
                found,
                actor=request.user,
                version=said["version"] or 0,
                data=form.data_said(),
                upload=said["emblem"],
                drops_emblem=said.get("drops_emblem", False),
            )
        except EditedMeanwhile as error:
            messages.error(request, str(error))
            return redirect("awards:stock", pk)
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("awards:stocks")
    context = {
        "title": found.name if not form.errors else "Sửa phôi, máy in",
        "standing": _standing(found),
        "form": form,
        "stock": found,
        "history": history_lines(found),
    }
    return render(request, "awards/certificates/stock_form.html", context, status=422 if form.errors else 200)


def _standing(stock: Stock) -> str:
    if not (stock.shift_x or stock.shift_y):
        return f"{stock.get_mode_display()}; chưa ghi độ lệch của máy in."
    return f"{stock.get_mode_display()}; máy in lệch {_off_words(stock)}, khi in được bù lại."


def _off_words(stock: Stock) -> str:
    return ", ".join(filter(None, (_off(stock.shift_x, "phải", "trái"), _off(stock.shift_y, "xuống", "lên"))))


def _off(value: Decimal, forward: str, back: str) -> str:
    """«phải 1,5 mm»; blank where it stands right."""
    words = f"{abs(value):.1f}".replace(".", ",").removesuffix(",0")
    return f"{forward if value > 0 else back} {words} mm" if value else ""


@get_or_post
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """Where each line goes, with a picture of it over the pale rest of the certificate."""
    found = stock_to_write(request, pk)
    if found.mode != Stock.Mode.VARIABLE:
        messages.info(request, "Phôi này in cả giấy khen nên không phải đặt vị trí từng dòng.")
        return redirect("awards:stock", pk)
    form = PlacesForm(request.POST or None, stock=found)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            services.place(found, actor=request.user, version=version, places=form.places())
        except EditedMeanwhile as error:
            messages.error(request, str(error))
            return redirect("awards:stock_places", pk)
        except UnfitField as error:
            form.show(error)
        else:
            messages.success(request, "Đã lưu vị trí các dòng. Xem lại ở bản xem thử.")
            return redirect("awards:stock_places", pk)
    sheet = layout_of(found.award).sheet
    context = {
        "title": "Vị trí các dòng",
        "standing": f"{found.name}. Giấy {sheet.width} × {sheet.height} mm, đo bằng mm từ góc trên bên trái.",
        "form": form,
        "stock": found,
        "picture": _picture(found),
    }
    return render(request, "awards/certificates/places.html", context, status=422 if form.errors else 200)


def _picture(stock: Stock) -> str:
    """Blank where it cannot be drawn: the form then says why."""
    one, press = sample_certificate(stock.award, stock.unit), runs.press_of(stock, is_proof=True)
    press = press.without_shift
    try:
        sheet = whole_sheet(one, press) if press.is_whole else overlay_sheet(one, press)
        return runs.picture_of(document("Xem thử", [sheet]))
    except AppError:
        return ""


@get_or_post
def calibrate(request: HttpRequest, pk: int) -> HttpResponse:
    found = stock_to_write(request, pk)
    form = CalibrateForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        try:
            measured = (said["measured_x"], said["measured_y"])
            services.calibrate(found, actor=request.user, version=said["version"] or 0, measured=measured)
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, f"Đã ghi. {_standing(found)}")
            return redirect("awards:stock_calibrate", pk)
    context = {"title": "Đo máy in", "standing": _standing(found), "form": form, "stock": found}
    return render(request, "awards/certificates/calibrate.html", context, status=422 if form.errors else 200)


@require_safe
def calibration_page(request: HttpRequest, pk: int) -> HttpResponse:
    """``da-bu``: with the shift taken back, to see that the crosses then stand right."""
    from documents.rendering.pdf import html_to_pdf  # noqa: PLC0415 -- weasyprint is heavy

    found = stock_seen(request, pk)
    shift = (float(found.shift_x), float(found.shift_y)) if request.GET.get("da-bu") else (0.0, 0.0)
    content = html_to_pdf(calibration_html(layout_of(found.award).sheet, shift))
    headers = {"Content-Disposition": f'attachment; filename="trang-do-may-in-{pk}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = stock_to_write(request, pk)
    try:
        services.remove(found, actor=request.user)
    except AppError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Đã xóa phôi.")
    return redirect("awards:stocks")
