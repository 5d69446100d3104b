"""What holds for every request: its limits, who may keep the answer, errors told as sentences."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.errors import AppError
from core.states import EditedMeanwhile, MovedMeanwhile

GetResponse = Callable[[HttpRequest], HttpResponse]


class AddressLimitMiddleware:
    """An address with more parameters than are read is refused at once.

    Later it would be refused again by each page that tells the refusal, for they read the address too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.GET  # noqa: B018 -- the first reading parses and counts, later ones are free
        except TooManyFieldsSent:
            return HttpResponse(render_to_string("400.html"), status=400)
        return self.get_response(request)


class PrivatePagesMiddleware:
    """What a signed-in person sees is kept by no browser and no proxy: office machines are shared."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class AppErrorMiddleware:
    """The last net: an error meant for a person reaches the page as its sentence, with a way back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, AppError):
            return None
        status = 409 if isinstance(error, EditedMeanwhile | MovedMeanwhile) else 400
        return render(request, "error.html", {"sentence": str(error)}, status=status)
