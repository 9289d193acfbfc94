"""What is given back: answer files and bill files, and what became of each."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from jaring.decide.local import settings as local_settings
from jaring.desk.frame import page
from jaring.desk.pages.insurer.views import asked_month
from jaring.desk.paging import keyset
from jaring.desk.uploads import Upload, lent
from jaring.enrolment import actions, answering, wadah
from jaring.enrolment.actions_pay import STATES
from jaring.enrolment.models import Answer, Bill
from jaring.enrolment.reconciling import months as billed_months
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.facts.rupiah import dotted
from jaring.officers.access import requires
from jaring.officers.scope import acting, counting


@requires("answer.give")
def answers(request: HttpRequest) -> HttpResponse:
    """Give an answer file; those given before, newest first."""
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        found = _take_answer(request, form)
        if found is not None:
            return redirect("insurer_answer", pk=found.pk)
    slice_ = keyset(Answer.objects.all(), request, order="-pk", size=30)
    return page(request, "insurer/answers", form=form, slice=slice_)


def _take_answer(request: HttpRequest, form: Upload) -> Answer | None:
    """Read the file within one action; None with the fault in the form when it could not be read."""
    by = request.user.get_username()
    with lent(form.cleaned_data["file"]) as path:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            with acting(request.scope, "answer.give"):  # type: ignore[attr-defined]
                counts = actions.read_answers(path, by=by)
        except Refused as fault:
            form.refused(fault, "file")
            return None
    found = Answer.objects.filter(sha256=sha256).first()
    if found is None:
        _unread(form, path.name)
    elif counts["known"]:
        messages.warning(request, _("Berkas ini sudah diterima sebelumnya; tidak ada yang berubah."))
    elif found.state == "held":
        messages.error(request, _("Angka kendali tidak sama dengan isinya: tidak ada yang diambil."))
    else:
        messages.success(
            request,
            _("%(n)s baris diambil, %(told)s tidak cocok.")
            % {
                "n": dotted(counts["accepted"] + counts["rejected"] + counts["pending"]),
                "told": dotted(counts["told"]),
            },
        )
    return found


def _unread(form: Upload, file_name: str) -> None:
    with counting():
        said = answering.unreadable(file_name)
    form.add_error("file", said.sentence if said else _("Berkas ini tidak dapat dibaca."))


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
        sha256 = _take_bills(request, form)
        if sha256:
            return redirect("insurer_bill_file", sha256=sha256)
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


def _take_bills(request: HttpRequest, form: Upload) -> str | None:
    by = request.user.get_username()
    with lent(form.cleaned_data["file"]) as path:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        with acting(request.scope, "answer.give"):  # type: ignore[attr-defined]
            counts = actions.read_bills(path, by=by, settings=local_settings())
    if not counts["files"]:
        _unread(form, path.name)
        return None
    if not counts["bills"] and not counts["told"]:
        messages.warning(request, _("Semua tagihan di berkas ini sudah diterima sebelumnya."))
    else:
        messages.success(
            request,
            _("%(n)s tagihan diterima; %(matched)s tagihan sekarang cocok dengan daftar.")
            % {"n": dotted(counts["bills"]), "matched": dotted(counts["matched"])},
        )
    return sha256


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
