"""What is given back: answer files and bill files, and what became of each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from jaring.desk.frame import page
from jaring.desk.pages.insurer.views import asked_month
from jaring.desk.paging import keyset
from jaring.desk.uploads import Upload, begun
from jaring.enrolment import answering, wadah
from jaring.enrolment.actions_pay import STATES
from jaring.enrolment.models import Answer, Bill
from jaring.enrolment.reconciling import months as billed_months
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.officers.access import requires
from jaring.officers.scope import counting


@requires("answer.give")
def answers(request: HttpRequest) -> HttpResponse:
    """Give an answer file; those given before, newest first."""
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return begun(request, form, "answers", place="insurer")
    slice_ = keyset(Answer.objects.all(), request, order="-pk", size=30)
    return page(request, "insurer/answers", form=form, slice=slice_)


@requires("answer.give")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer file: what was taken, refusals by code, and what did not match, line by line."""
    one = get_object_or_404(Answer, pk=pk)
    with counting():
        taken, refused = answering.taken(one), answering.refused(one)
        told = answering.told(one.sha256, "jawaban")
    return page(request, "insurer/answer", answer=one, taken=taken, refused=refused, told=told)


@requires("answer.give")
def bills(request: HttpRequest) -> HttpResponse:
    """Give a bill file; the bills of a month with how each stands."""
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return begun(request, form, "bills", place="insurer")
    months = [Month.of(one["month"]) for one in billed_months()]
    month = asked_month(request, months)
    state = request.GET.get("lihat", "")
    found = answering.bills(month, state=state if state in STATES else "") if month else Bill.objects.none()
    slice_ = keyset(found, request, order="wadah")
    return page(
        request,
        "insurer/bills",
        form=form,
        month=month,
        months=months,
        shown=state,
        states=_FILTERS,
        slice=slice_,
        rows=_shown(slice_.rows),
    )


_FILTERS = [(code, STATES[code]) for code in ("different", "changed", "matched", "paid")]


def _shown(listed: list[Bill]) -> list[dict[str, Any]]:
    names = wadah.names([bill.wadah for bill in listed], region(settings.REGION))
    with counting():
        open_ = answering.differences(listed)
    return [
        {
            "bill": bill,
            "name": names[bill.wadah],
            "title": STATES.get(bill.state, bill.state),
            "difference": bill.billed_idr - bill.recomputed_idr,
            "told": open_.get(bill.pk, [])[:10],
        }
        for bill in listed
    ]


@requires("answer.give")
def bill_file(request: HttpRequest, sha256: str) -> HttpResponse:
    """The bills of one file as they stand now, and lines of it that were not taken."""
    with counting():
        told = answering.told(sha256, "tagihan")
    found = answering.bills(sha256=sha256)
    if not told and not found.exists():
        raise Http404
    slice_ = keyset(found, request, order="wadah")
    return page(request, "insurer/bill_file", slice=slice_, rows=_shown(slice_.rows), told=told)
