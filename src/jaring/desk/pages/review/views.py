"""The office's side: the queue, one case after the other, and verdicts taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.desk.frame import page, units
from jaring.desk.paging import keyset
from jaring.desk.saying import said as spoken
from jaring.enrolment import actions_split
from jaring.facts.reason import Refused
from jaring.officers.access import requires
from jaring.people import actions_asked, actions_review, cases
from jaring.people import queue as counted
from jaring.people.models import Review

_FILTERS = ("kecamatan", "bobot", "keadaan")
_STATES = {"": ("answered", "open"), "asked": ("asked",)}


def seen(request: HttpRequest, rows: QuerySet[Review]) -> QuerySet[Review]:
    """Questions of which both people are within the officer's reach."""
    scope = request.scope  # type: ignore[attr-defined]
    rows = scope.narrow(rows, desa="left_person__desa_code")
    return scope.narrow(rows, desa="right_person__desa_code")


def _filtered(request: HttpRequest) -> QuerySet[Review]:
    asked = request.GET
    rows = cases.waiting(_STATES.get(asked.get("keadaan", ""), _STATES[""]))
    rows = cases.within(rows, kecamatan=asked.get("kecamatan", ""), band=asked.get("bobot", ""))
    return seen(request, rows)


def _query(request: HttpRequest) -> str:
    kept = {name: request.GET[name] for name in _FILTERS if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _kecamatan() -> dict[str, str]:
    return dict(sorted({u["kecamatan_code"]: u["kecamatan"] for u in units().values()}.items()))


@requires("review.decide")
def queue(request: HttpRequest) -> HttpResponse:
    """How much waits, where, and the first of it."""
    rows = _filtered(request)
    places = cases.places(seen(request, cases.waiting()))
    named = _kecamatan()
    return page(
        request,
        "review/queue",
        slice=keyset(rows, request, order="-weight"),
        counts=[(title, counted.counts()[state]) for state, title in counted.STATES.items()],
        places=[(code, named.get(code, _("Kecamatan belum diketahui")), n) for code, n in places.items()],
        bands=[(code, title) for code, (title, _least, _below) in cases.BANDS.items()],
        chosen={name: request.GET.get(name, "") for name in _FILTERS},
        first=rows.values_list("pk", flat=True).first(),
        query=_query(request),
        units=units(),
    )


@requires("review.decide")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case; a decision leads to the next one of the same filter."""
    every = Review.seen.select_related("left_person", "right_person")
    review = get_object_or_404(seen(request, every), pk=pk)
    if request.method == "POST":
        return _decided(request, review)
    rows = _filtered(request)
    names = {code: f"{u['name']}, {u['kecamatan']}" for code, u in units().items()}
    return page(
        request,
        "review/case",
        case=cases.opened(review, names),
        waits=review.state in {"open", "asked", "answered"},
        state=counted.STATES[review.state],
        after=cases.after(rows, review),
        before=cases.before(rows, review),
        left=rows.count(),
        query=_query(request),
        asked=names.get(review.asked_desa, ""),
    )


def _decided(request: HttpRequest, review: Review) -> HttpResponse:
    verdict = request.POST.get("verdict", "")
    who = request.scope.actor  # type: ignore[attr-defined]
    following = cases.after(_filtered(request), review)
    try:
        if verdict == "ask":
            actions_asked.ask_village(review.pk, by=who)
            told = _("ditanyakan ke desa")
        else:
            actions_review.decide_review(review.pk, verdict, by=who)
            told = _("orang yang sama") if verdict == "same" else _("orang berbeda")
    except Refused as fault:
        messages.error(request, f"{spoken(fault.reason.sentence)} {spoken(fault.reason.mend)}")
        return redirect(reverse("review_case", kwargs={"pk": review.pk}) + _query(request))
    back = reverse("review_case", kwargs={"pk": review.pk})
    said = _("Kasus %(n)s: %(told)s.") % {"n": review.pk, "told": told}
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, back, _("Lihat atau batalkan")))
    if following is None or not Review.seen.filter(pk=following, state__in=("open", "answered")).exists():
        return redirect("review_queue")
    return redirect(reverse("review_case", kwargs={"pk": following}) + _query(request))


@requires("review.decide")
def decided(request: HttpRequest) -> HttpResponse:
    """What was decided last, the newest first: a slip is taken back here."""
    rows = seen(request, cases.decided())
    return page(
        request, "review/decided", slice=keyset(rows, request, order="-decided_at"), states=counted.STATES
    )


@requires("review.decide")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before a verdict is taken back."""
    review = get_object_or_404(seen(request, Review.seen.filter(state__in=("same", "different"))), pk=pk)
    if request.method == "POST":
        actions_split.undo(review.pk, by=request.scope.actor)  # type: ignore[attr-defined]
        messages.success(request, _("Putusan kasus %(n)s dibatalkan; kasusnya terbuka lagi.") % {"n": pk})
        return redirect("review_case", pk=pk)
    return page(request, "review/undo", review=review, state=counted.STATES[review.state])


@require_POST
@requires("review.decide")
def stale(request: HttpRequest) -> HttpResponse:
    """Close what no longer needs an answer: the cause was mended in a later list."""
    closed = actions_review.close_stale()
    messages.success(request, _("%(n)s kasus ditutup: sebabnya sudah hilang.") % {"n": closed})
    return redirect("review_queue")


def context_of(review: Review) -> dict[str, Any]:
    """What both sides of the desk show of one case."""
    names = {code: f"{u['name']}, {u['kecamatan']}" for code, u in units().items()}
    return {"case": cases.opened(review, names)}
