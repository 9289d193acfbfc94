"""Reports to decide, mutations on record, places and who comes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.desk.forms import Because
from jaring.desk.frame import page, units
from jaring.desk.paging import keyset, leaf
from jaring.desk.saying import dotted, month_name
from jaring.desk.uploads import Upload, begun
from jaring.enrolment import actions_report, actions_split, lifeline, replacements, reports
from jaring.enrolment.models import Report
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.officers.access import requires
from jaring.officers.scope import ALL
from jaring.people.models import Person


def _people() -> QuerySet[Person]:
    return Person.seen.all()


def _reports(request: HttpRequest, rows: QuerySet[Report]) -> QuerySet[Report]:
    seen: QuerySet[Report] = request.scope.narrow(rows, desa="desa_code")  # type: ignore[attr-defined]
    return seen


@requires("mutation.decide")
def reports_waiting(request: HttpRequest) -> HttpResponse:
    """Reports that wait for a decision, and those decided last."""
    found = keyset(_reports(request, reports.waiting()), request)
    done = list(_reports(request, reports.decided()).order_by("-decided_at")[:10])
    named, people = units(), _people()
    return page(
        request,
        "changes/reports",
        slice=found,
        rows=[
            (row, person, named.get(row.desa_code), reports.title(row.kind))
            for row, person in reports.with_people(found.rows, people)
        ],
        done=[
            (row, person, reports.title(row.kind), reports.STATES[row.state])
            for row, person in reports.with_people(done, people)
        ],
    )


@requires("mutation.decide")
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One report: what the village says, what the house knows, accept or refuse with a reason."""
    one = get_object_or_404(Report.seen, public_id=public_id)
    scope = request.scope  # type: ignore[attr-defined]
    refuses = request.method == "POST" and "refuse" in request.POST
    form = Because(request.POST if refuses else None)
    if request.method == "POST" and "accept" in request.POST:
        counts = actions_report.accept(one, by=scope.actor)
        said = _("Laporan diterima: %(n)s bulan dihentikan, %(p)s tempat terbuka.")
        messages.success(request, said % {"n": dotted(counts["months"]), "p": dotted(counts["places"])})
        return redirect("changes")
    if refuses and form.is_valid():
        try:
            actions_report.refuse(one, form.cleaned_data["reason"], by=scope.actor)
            messages.success(request, _("Laporan ditolak. Desa membaca alasannya."))
            return redirect("changes")
        except Refused as fault:
            form.refused(fault, "reason")
    person = _people().filter(pk=one.person_id).first()
    return page(
        request,
        "changes/report",
        report=one,
        person=person,
        kind=reports.title(one.kind),
        state=reports.STATES[one.state],
        unit=units().get(one.desa_code),
        months=lifeline.months(person)[:12] if person else [],
        form=form,
        refusing=refuses,
    )


@require_POST
@requires("mutation.decide")
def photo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The photo of the paper; that it was opened stands in the journal, since such papers show a NIK."""
    one = get_object_or_404(Report.seen, public_id=public_id)
    picture = actions_report.open_photo(one, by=request.scope.actor)  # type: ignore[attr-defined]
    answer = HttpResponse(picture, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@requires("mutation.decide")
def recorded(request: HttpRequest) -> HttpResponse:
    """Mutations on record, the newest first."""
    people = _people()
    narrow = None if ALL in request.scope.desa else people  # type: ignore[attr-defined]
    found = keyset(reports.mutations(narrow), request, order="-pk")
    rows = [
        (row, person, reports.title(row.kind), Month.of(row.from_month))
        for row, person in reports.with_people(found.rows, people)
    ]
    return page(request, "changes/recorded", slice=found, rows=rows)


@requires("mutation.decide")
def questions(request: HttpRequest) -> HttpResponse:
    """Money that was promised while two people were held to be one: whose is it?"""
    found = keyset(actions_split.questions(), request)
    rows = reports.with_people(found.rows, _people())
    return page(request, "changes/questions", slice=found, rows=rows, form=Because())


@require_POST
@requires("mutation.decide")
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """The office says whose it was."""
    one = get_object_or_404(actions_split.questions(), pk=pk)
    form = Because(request.POST)
    if form.is_valid():
        actions_split.close(one, form.cleaned_data["reason"], by=request.scope.actor)  # type: ignore[attr-defined]
        messages.success(request, _("Pertanyaan ditutup; alasannya tercatat."))
    else:
        messages.error(request, _("Tulis alasannya, paling sedikit sepuluh huruf."))
    return redirect("changes_questions")


@requires("mutation.decide")
def upload(request: HttpRequest) -> HttpResponse:
    """A mutation file of an office."""
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return begun(request, form, "mutations")
    return page(request, "changes/upload", form=form)


@requires("mutation.decide")
def places(request: HttpRequest) -> HttpResponse:
    """Places that fell free with who stands next, and those that were taken."""
    reach = request.scope.desa  # type: ignore[attr-defined]
    named = units()
    free = replacements.open_places(names=True).to_dicts()
    taken = replacements.filled(names=True).to_dicts()
    seen = [row for row in free if ALL in reach or row["left_desa"] in reach]
    came = [row for row in taken if ALL in reach or row["left_desa"] in reach]
    for row in (*seen, *came):
        row["source_name"] = lifeline.payer(row["source"])
        row["since"] = month_name(Month.of(row["month_from"]))
        for side in ("left", "next", "came"):
            code = row.get(f"{side}_desa") or ""
            row[f"{side}_place"] = named.get(code, {}).get("name", "")
    part = leaf(seen, request, size=80)
    return page(
        request,
        "changes/places",
        free=part.rows,
        leaf=part,
        taken=came[:50],
        counts=replacements.counts() if ALL in reach else [],
    )
