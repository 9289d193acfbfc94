"""Lists of people taken out: asked with a reason, let go by a second person where they are long."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from jaring.cycle import agenda, work
from jaring.cycle.works.export import reach
from jaring.desk.frame import XLSX, attachment, page
from jaring.desk.pages.people.forms import Take
from jaring.desk.paging import keyset
from jaring.desk.uploads import follow
from jaring.enrolment import peoplebook
from jaring.facts.month import Month
from jaring.facts.reason import Refused, refuse
from jaring.facts.region import region
from jaring.officers import actions_export, handout
from jaring.officers.access import fresh, requires
from jaring.officers.models import ALONE, Export


def _own(request: HttpRequest) -> QuerySet[Export]:
    return Export.objects.filter(asked_by=request.scope.actor, kind="orang")  # type: ignore[attr-defined]


@requires("export.people")
def listed(request: HttpRequest) -> HttpResponse:
    """The officer's own requests, the newest first."""
    found = keyset(_own(request), request, order="-pk")
    rows = [
        (one, peoplebook.described(one.parameters, region(settings.REGION)), actions_export.STATES[one.state])
        for one in found.rows
    ]
    return page(request, "people/exports", slice=found, rows=rows)


@requires("export.people")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a list; a short one is ready at once."""
    scope = request.scope  # type: ignore[attr-defined]
    months = agenda.months() or [Month.of(timezone.localdate())]
    may_open = scope.may("nik.reveal")
    form = Take(request.POST or None, months=months, may_open=may_open, reach=scope.desa)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        parameters = {name: given[name] for name in ("month", "state", "kecamatan") if given[name]}
        if given.get("numbers"):
            parameters["numbers"] = True
        people = scope.narrow(peoplebook.chosen(parameters), desa="desa_code")
        try:
            made = actions_export.ask(
                "orang", parameters, peoplebook.counted(people), given["reason"], by=scope.actor
            )
            if made.state == "approved":
                return follow(work.make_export(made))
            return redirect("people_export", pk=made.pk)
        except Refused as fault:
            form.refused(fault)
    return page(request, "people/export_ask", form=form, alone=ALONE)


@requires("export.people")
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: its state, and the file once it may be taken."""
    one = get_object_or_404(_own(request), pk=pk)
    kept = one.state == "made" and handout.is_kept(one.pk)
    return page(
        request,
        "people/export",
        export=one,
        chosen=peoplebook.described(one.parameters, region(settings.REGION)),
        state=actions_export.STATES[one.state],
        mark=actions_export.watermark(one),
        kept=kept,
        until=one.made_at + handout.KEPT if kept and one.made_at else None,
        work=work.export(one.pk),
    )


@require_POST
@requires("export.people")
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the file made that was let go."""
    one = get_object_or_404(_own(request), pk=pk)
    if one.state != "approved":
        return redirect("people_export", pk=pk)
    return follow(work.make_export(one))


@require_POST
@requires("export.people")
@fresh
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook as it was made, to its asker while they still see as far as then."""
    one = get_object_or_404(_own(request), pk=pk)
    scope = request.scope  # type: ignore[attr-defined]
    made = work.export(one.pk)
    if made is not None and made.state == "done" and made.result["reach"] != reach(scope):
        raise refuse(
            "wilayah-berubah",
            "Wilayah atau hak Anda berubah sejak berkas ini dibuat.",
            "Ajukan unduhan baru.",
        )
    content = actions_export.take(one, by=scope.actor)
    answer = attachment(f"orang-{one.parameters['month']}-{one.pk}.xlsx", content, XLSX)
    answer.headers["Cache-Control"] = "no-store"
    return answer
