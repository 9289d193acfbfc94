"""The proposal of a month, its waiting list, the budgets behind it."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from jaring.desk import months
from jaring.desk.forms import Because
from jaring.desk.frame import page, units
from jaring.desk.paging import keyset
from jaring.desk.uploads import Upload, begun
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.funding import actions_refuse, standing
from jaring.funding.models import Change, Fund, Proposal, Waiting
from jaring.officers.access import requires
from jaring.officers.scope import counting
from jaring.people.models import Person


@requires("fund.read")
def newest(request: HttpRequest) -> HttpResponse:
    """The month that was chosen, or the newest."""
    return months.onward(request, "funding_of")


@requires("fund.read")
def proposal(request: HttpRequest, month: str) -> HttpResponse:
    """Per source, against the optimum, who waits and why; earlier proposals with what became of them."""
    chosen = months.asked(month)
    every = standing.proposals(chosen)
    held = next((one for one in every if one.state in {"proposed", "approved"}), None)
    with counting():
        sources = standing.by_source(held) if held else []
        reasons = standing.reasons(held) if held else []
    scope = request.scope  # type: ignore[attr-defined]
    sums = {n: sum(row[n] or 0 for row in sources) for n in ("budget_idr", "committed_idr", "asked_idr")}
    return page(
        request,
        "funding/proposal",
        **months.chooser(chosen),
        held=held,
        state=standing.STATES[held.state] if held else "",
        sources=sources,
        sums=sums,
        freed=held.funded_idr - sums["asked_idr"] if held else 0,
        reasons=reasons,
        lost=standing.lost_per_thousand(held) if held else 0,
        others=[(one, standing.STATES[one.state]) for one in every if one != held],
        proposes=scope.may("fund.propose"),
        names=scope.may("people.read"),
        mine=held is not None and held.made_by == scope.actor and held.state == "proposed",
        token=secrets.token_hex(6),
    )


@requires("people.read")
def waiting(request: HttpRequest, month: str) -> HttpResponse:
    """The waiting list by rank, with names within the officer's reach."""
    chosen = months.asked(month)
    every = standing.proposals(chosen)
    held = next((one for one in every if one.state in {"proposed", "approved"}), None)
    if held is None:
        raise Http404
    found = keyset(Waiting.seen.filter(proposal=held), request, order="rank")
    people = Person.seen.in_bulk([row.person_id for row in found.rows])
    named = units()
    listed = []
    for row in found.rows:
        person = people.get(row.person_id)
        unit = named.get(person.desa_code or "") if person else None
        listed.append((row, person, unit, standing.said(row.reason), standing.name(row.source)))
    return page(request, "funding/waiting", month=chosen, held=held, slice=found, rows=listed)


@requires("fund.read")
def budgets(request: HttpRequest) -> HttpResponse:
    """Funds with their documents and versions; a budget file is sent here."""
    scope = request.scope  # type: ignore[attr-defined]
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and scope.may("fund.load") and form.is_valid():
        return begun(request, form, "budgets")
    found = keyset(Fund.objects.all(), request, order="code")
    versions = {
        row["fund"]: row for row in Change.objects.order_by("version").values("fund", "version", "at")
    }
    rows = [
        {
            "fund": one,
            "name": standing.name(one.source),
            "desa": units().get(one.desa_code or "", {}).get("name", ""),
            "left": one.budget_idr - one.committed_idr,
            "change": versions.get(one.pk),
            "since": Month.of(one.month_from),
            "until": Month.of(one.month_to),
        }
        for one in found.rows
    ]
    loads = scope.may("fund.load")
    return page(request, "funding/budgets", slice=found, rows=rows, form=form if loads else None)


@requires("fund.propose")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The maker takes their own proposal back, with a reason."""
    scope = request.scope  # type: ignore[attr-defined]
    held = get_object_or_404(Proposal, pk=pk, state="proposed", made_by=scope.actor)
    month = Month.of(held.month)
    form = Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions_refuse.withdraw(held, form.cleaned_data["reason"], by=scope.actor)
            messages.success(request, _("Usulan ditarik."))
            return redirect("funding_of", month=str(month))
        except Refused as fault:
            form.refused(fault, "reason")
    return page(request, "funding/withdraw", held=held, month=month, form=form)
