"""The month: its steps, and the start of what the office may start."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.cycle import agenda, work
from jaring.cycle.stages import stages
from jaring.desk import months
from jaring.desk.frame import page
from jaring.facts.month import Month
from jaring.officers.access import requires
from jaring.officers.scope import counting


@requires("fund.read")
def newest(request: HttpRequest) -> HttpResponse:
    """The month that was chosen, or the newest that anything was done in."""
    return months.onward(request, "month_of")


@requires("fund.read")
def steps(request: HttpRequest, month: str) -> HttpResponse:
    """Every step in order, with its state and what it waits for."""
    chosen = months.asked(month)
    with counting():
        points = agenda.points(chosen)
    return page(
        request,
        "month/steps",
        **months.chooser(chosen),
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
    chosen = months.asked(month)
    stage = request.POST.get("stage", "")
    token = request.POST.get("token", "")
    known = {one.name: one.title for one in stages()}
    if stage not in known or not token.isalnum():
        messages.error(request, _("Tahap itu tidak ada. Pilih dari daftar."))
        return redirect("month_of", month=str(chosen))
    who = request.scope.actor  # type: ignore[attr-defined]
    begun = work.start(
        "stage",
        {"month": str(chosen), "stage": stage, "by": who, "about": f"{known[stage]}, {chosen.name}"},
        key=f"tahap-{chosen}-{stage}-{token[:20]}",
        by=who,
    )
    return redirect("job", key=begun.key)
