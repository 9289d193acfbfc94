"""The village's side: what the office asks about people of the operator's own desa."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from jaring.desk.frame import page
from jaring.desk.pages.review.views import context_of
from jaring.desk.paging import keyset
from jaring.officers.access import requires
from jaring.people import actions_asked, cases
from jaring.people.models import Review

_SAYS = {"same": "orang yang sama", "different": "dua orang berbeda", "unknown": "tidak tahu"}


def _mine(request: HttpRequest) -> QuerySet[Review]:
    """Questions put to a desa for which this officer may answer."""
    scope = request.scope  # type: ignore[attr-defined]
    rows = cases.asked_of(scope.desa)
    return scope.narrow(scope.narrow(rows, desa="left_person__desa_code"), desa="right_person__desa_code")


@requires("review.answer")
def listed(request: HttpRequest) -> HttpResponse:
    """What the office asks."""
    return page(request, "review/asked", slice=keyset(_mine(request), request))


@requires("review.answer")
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: are these two the same person?"""
    review = get_object_or_404(_mine(request).select_related("left_person", "right_person"), pk=pk)
    says = request.POST.get("says", "")
    if request.method == "POST" and says in _SAYS:
        actions_asked.answer(
            review.pk,
            says,
            desa_code=review.asked_desa,
            by=request.scope.actor,  # type: ignore[attr-defined]
        )
        messages.success(request, _("Terima kasih. Jawaban Anda tercatat; kantor yang memutuskan."))
        return redirect("review_asked")
    missing = request.method == "POST"
    return page(request, "review/question", missing=missing, **context_of(review))
