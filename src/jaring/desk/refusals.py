"""A refusal of a room becomes a page that says what to do, never a fault."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from jaring.desk.frame import page
from jaring.facts.reason import Refused


class Refusals:
    """Middleware, inside the gate: the action has rolled itself back before it gets here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, Refused):
            return None
        return page(request, "refused", status=409, reason=fault.reason)
