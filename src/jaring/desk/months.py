"""Pages that stand under a month: the month of the address, and the months to choose from."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from jaring.coverage import brief
from jaring.cycle import agenda
from jaring.desk.frame import working_month
from jaring.facts.month import Month
from jaring.officers.scope import counting


def asked(text: str) -> Month:
    """The month of an address, else not found."""
    try:
        return Month.parse(text)
    except ValueError:
        raise Http404 from None


def newest() -> Month:
    """The newest month that anything was done in; before there is one, the running month."""
    with counting():
        known = agenda.months()
    return known[0] if known else Month.of(timezone.localdate())


def chooser(chosen: Month) -> dict[str, Any]:
    """What the part ``parts/months.html`` draws."""
    with counting():
        known = agenda.months()
    return {"month": chosen, "months": sorted({*known, chosen, newest() + 1}, reverse=True)}


def onward(request: HttpRequest, route: str) -> HttpResponse:
    """From the address without a month to the one of the month that was chosen, or the newest."""
    text = request.GET.get("bulan", "")
    return redirect(route, month=str(asked(text) if text else newest()))


def pictured(request: HttpRequest) -> dict[str, Any]:
    """For pages that show who is protected: ``month``, and where to look besides.

    The month of the address, when it was worked on; else the newest that anybody's contribution was paid
    for, because the one under way protects nobody yet. ``underway``: that one, when another is shown;
    ``paid_last``: the newest paid one, when the month shown is not paid for anybody.
    """
    newest = working_month()
    if newest is None:
        return {"month": None}
    with counting():
        paid = brief.paid_month()
    try:
        month = min(Month.parse(request.GET.get("bulan", "")), newest)
    except ValueError:
        month = paid or newest
    return {
        "month": month,
        "underway": newest if paid and paid < newest != month else None,
        "paid_last": paid if paid and paid < month else None,
    }
