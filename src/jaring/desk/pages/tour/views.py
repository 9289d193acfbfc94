"""The walk through the month, and the doors of its actors. Outside a demo's home there is no such page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jaring.desk.frame import page, working_month
from jaring.desk.pages.tour.steps import actors, steps
from jaring.officers.access import public
from jaring.officers.actions_demo import enter as open_session
from jaring.tables.home import home


def _only_in_a_demo() -> None:
    if not (home() / "REKAAN").exists():
        raise Http404


@public("hanya ada di peragaan, yang semua orangnya rekaan")
def tour(request: HttpRequest) -> HttpResponse:
    """Who takes part, and ten minutes of walking through their month."""
    _only_in_a_demo()
    month = working_month()
    return page(request, "tour/walk", actors=actors(), steps=steps(str(month)) if month else ())


@require_POST
@public("hanya ada di peragaan, dari komputer itu sendiri")
def enter(request: HttpRequest) -> HttpResponse:
    """Become one of the demo's officers."""
    _only_in_a_demo()
    open_session(request, request.POST.get("username", ""))
    onward = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(onward if safe else "/")
