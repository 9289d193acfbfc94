"""One decree, one batch: what stands in it, its files, taking it back."""

from __future__ import annotations

import io
import zipfile

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.desk.forms import Because
from jaring.desk.frame import PDF, XLSX, attachment, page, units
from jaring.enrolment import actions_papers, actions_refuse, month_papers, sending
from jaring.enrolment.models import Batch, Decree
from jaring.enrolment.refusals import reason
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.officers.access import fresh, requires
from jaring.officers.scope import ALL, counting
from jaring.people.models import Person

ZIP = "application/zip"


@requires("fund.read")
def decree(request: HttpRequest, pk: int) -> HttpResponse:
    """The decree in sums; its annex is a file of its own."""
    one = get_object_or_404(Decree, pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    with counting():
        sources = month_papers.by_source(one)
        places = month_papers.by_kecamatan(one, region(settings.REGION))
    return page(
        request,
        "papers/decree",
        decree=one,
        month=Month.of(one.month),
        state=month_papers.STATES[one.state],
        digest=bytes(one.digest).hex(),
        sources=sources,
        places=places,
        names=scope.may("people.read") and ALL in scope.desa,
        mine=one.state == "draft" and one.made_by == scope.actor,
    )


@require_POST
@requires("people.read")
def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """The annex with the names of the whole regency: for those alone who may read all of them."""
    if ALL not in request.scope.desa:  # type: ignore[attr-defined]
        raise Http404
    one = get_object_or_404(Decree, pk=pk)
    who = request.scope.actor  # type: ignore[attr-defined]
    name, content = actions_papers.print_annex(one, region(settings.REGION), by=who)
    return attachment(name, content, PDF if name.endswith(".pdf") else ZIP)


@requires("decree.make")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The maker takes their own draft back."""
    who = request.scope.actor  # type: ignore[attr-defined]
    one = get_object_or_404(Decree, pk=pk, state="draft", made_by=who)
    form = Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions_refuse.withdraw_decree(one.number, form.cleaned_data["reason"], by=who)
            messages.success(request, _("Rancangan SK ditarik."))
            return redirect("papers_of", month=str(Month.of(one.month)))
        except Refused as fault:
            form.refused(fault, "reason")
    return page(request, "papers/withdraw", decree=one, form=form)


@requires("fund.read")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: its control totals, what was answered, the refused by name for those who may read them."""
    one = get_object_or_404(Batch, pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    month = Month.of(one.month)
    with counting():
        counts = month_papers.lines(one)
        refusals = month_papers.refusals(month, one)
    rows = []
    if scope.may("people.read"):
        own = Person.seen.all()
        refused = month_papers.refused_lines(one).order_by("pk")
        if ALL not in scope.desa:
            refused = refused.filter(person_id__in=own.values("pk"))
        lines = list(refused[:200])
        people = own.in_bulk([line.person_id for line in lines])
        named = units()
        for line in lines:
            person = people.get(line.person_id)
            unit = named.get(person.desa_code or "") if person else None
            rows.append((line, person, unit, reason(line.code)))
    return page(
        request,
        "papers/batch",
        batch=one,
        month=month,
        name=month_papers.named([one.wadah], region(settings.REGION))[one.wadah],
        state=month_papers.STATES[one.state],
        counts=counts,
        refusals=refusals,
        rows=rows,
        fetches=scope.may("batch.fetch") and one.state == "approved",
    )


@require_POST
@requires("batch.fetch")
@fresh
def batch_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of an approved batch, with NIK: made for this download and kept nowhere."""
    one = get_object_or_404(Batch, pk=pk, state="approved")
    with counting():
        made = sending.files(one.number, region(settings.REGION))
    if len(made) == 1:
        return attachment(made[0][0], made[0][1], XLSX)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in made:
            file.writestr(name, content)
    return attachment(f"batch-{one.number}.zip", packed.getvalue(), ZIP)
