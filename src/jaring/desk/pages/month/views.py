"""The month: its steps, and the start of what the office may start."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.cycle import agenda, work
from jaring.cycle.stages import stages
from jaring.desk.frame import page
from jaring.facts.month import Month
from jaring.officers.access import requires
from jaring.officers.scope import counting


def asked(text: str) -> Month:
    """The month of an address, else not found."""
    try:
        return Month.parse(text)
    except ValueError:
        raise Http404 from None


@requires("fund.read")
def newest(request: HttpRequest) -> HttpResponse:
    """The newest month that anything was done in; before there is one, the running month."""
    with counting():
        known = agenda.months()
    month = known[0] if known else Month.of(timezone.localdate())
    return redirect("month_of", month=str(month))


@requires("fund.read")
def choose(request: HttpRequest) -> HttpResponse:
    """Go to the month that was asked for."""
    return redirect("month_of", month=str(asked(request.GET.get("bulan", ""))))


@requires("fund.read")
def steps(request: HttpRequest, month: str) -> HttpResponse:
    """Every step in order, with its state and what it waits for."""
    chosen = asked(month)
    with counting():
        points = agenda.points(chosen)
        known = agenda.months()
    listed = sorted({*known, chosen, (known[0] if known else chosen) + 1}, reverse=True)
    return page(
        request,
        "month/steps",
        month=chosen,
        months=listed,
        points=[(point, _address(point.page, chosen)) for point in points],
        first=agenda.next_point(points),
        runs=request.scope.may("month.run"),  # type: ignore[attr-defined]
        token=secrets.token_hex(6),
    )


def _address(name: str, month: Month) -> str:
    """Where a step's own pages are: of this month where they go by month."""
    for given in ({"month": str(month)}, {}):
        for route in (f"{name}_of" if given else name,):
            try:
                return reverse(route, kwargs=given) if name else ""
            except NoReverseMatch:
                continue
    return ""


@require_POST
@requires("month.run")
def start(request: HttpRequest, month: str) -> HttpResponse:
    """Begin one stage in the background. The page's token makes a second press the same work."""
    chosen = asked(month)
    stage = request.POST.get("stage", "")
    token = request.POST.get("token", "")
    known = {one.name: one.title for one in stages()}
    if stage not in known or not token.isalnum():
        messages.error(request, _("Tahap itu tidak ada. Pilih dari daftar."))
        return redirect("month_of", month=str(chosen))
    who = request.scope.actor  # type: ignore[attr-defined]
    begun = work.start(
        "stage",
        {"month": str(chosen), "stage": stage, "by": who},
        key=f"tahap-{chosen}-{stage}-{token[:20]}",
        by=who,
    )
    return redirect("job", key=begun.key)


__all__ = ["asked", "choose", "newest", "start", "steps"]
