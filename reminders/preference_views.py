"""Lời nhắc gửi tôi: what one person wants for himself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reminders.models import Preference
from reminders.settings_forms import PreferenceForm
from reminders.settings_services import set_preference
from units.models import Person, User


@require_http_methods(["GET", "HEAD", "POST"])
def preference(request: HttpRequest) -> HttpResponse:
    user: User = request.user
    person = user.person
    by_mail = _wants_mail(person)
    typed = request.POST if request.method == "POST" else None  # a box left empty sends nothing at all
    form = PreferenceForm(typed, initial={"by_mail": by_mail}) if person else None
    if person and form and form.is_valid():
        set_preference(person, actor=user, by_mail=form.cleaned_data["by_mail"])
        messages.success(request, "Đã lưu cách nhắc bạn.")
        return redirect("reminders:preference")
    context = {
        "title": "Lời nhắc gửi tôi",
        "standing": _standing(user, by_mail),
        "form": form,
        "address": user.email or (person.email if person else ""),
        "is_own_address": bool(user.email),
    }
    return render(request, "reminders/settings_mine.html", context)


def _wants_mail(person: Person | None) -> bool:
    row = Preference.objects.filter(person=person).first() if person else None
    return row.by_mail if row else True


def _standing(user: User, by_mail: bool) -> str:
    if user.person is None:
        return "Tài khoản này chưa gắn với người nào trong danh sách Nhân sự nên không nhận lời nhắc."
    if not by_mail:
        return "Lời nhắc chỉ hiện trong chương trình, không gửi thư điện tử."
    address = user.email or user.person.email
    if not address:
        return "Lời nhắc chỉ hiện trong chương trình vì chưa có địa chỉ thư điện tử."
    return f"Lời nhắc hiện trong chương trình và gửi đến {address}."
