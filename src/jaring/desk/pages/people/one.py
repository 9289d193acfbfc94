"""One person: months and papers, the lists that name them, what the law said; a pause, a NIK opened."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from jaring.desk.forms import Because
from jaring.desk.frame import page, units, working_month
from jaring.desk.pages.people.forms import Hold
from jaring.desk.saying import month_name
from jaring.enrolment import actions_pause, lifeline, pausing
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.officers import actions as officers
from jaring.officers.access import fresh, requires
from jaring.people import register
from jaring.people.models import Person


def within(request: HttpRequest, public_id: UUID) -> Person:
    """The person, if the officer's reach holds them; the same 404 otherwise."""
    return get_object_or_404(Person.seen.filter(merged_into=None), public_id=public_id)


@requires("people.read")
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything that the house knows of one person, but for their numbers."""
    one = within(request, public_id)
    pauses = pausing.of_person(one.pk).to_dicts()
    return page(
        request,
        "people/person",
        person=one,
        code=str(one.public_id)[:8].upper(),
        unit=units().get(one.desa_code or ""),
        months=lifeline.months(one),
        lists=lifeline.lists(one),
        judged=lifeline.judged(one),
        place=lifeline.queue_place(one),
        pauses=[{**row, "since": Month.of(row["from_month"])} for row in pauses],
        held=next((row for row in pauses if row["resumed_at"] is None), None),
    )


@requires("nik.reveal")
@fresh
def reveal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open the NIK of one person: asked with a reason, shown once, kept nowhere."""
    one = within(request, public_id)
    form = Because(request.POST or None)
    nik = None
    if request.method == "POST" and form.is_valid():
        try:
            nik = officers.reveal_nik(
                request.user,  # type: ignore[arg-type]
                one.public_id,
                form.cleaned_data["reason"],
                desa_code=one.desa_code,
                nik_of=lambda _id: register.with_nik([one.pk])["nik"][0],
            )
            shown = page(request, "people/nik", person=one, nik=nik, opened=True)
            shown.headers["Cache-Control"] = "no-store"
            return shown
        except Refused as fault:
            form.refused(fault, "reason")
    return page(request, "people/nik", person=one, form=form, opened=False)


@requires("pause.set")
def pause(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hold a person back from every batch."""
    one = within(request, public_id)
    first = max(working_month() or Month.of(timezone.localdate()), Month.of(timezone.localdate()) - 12)
    form = Hold(request.POST or None, first=first)
    if request.method == "POST" and form.is_valid():
        try:
            month, why = Month.parse(form.cleaned_data["month"]), form.cleaned_data["reason"]
            actions_pause.pause(one.pk, month, why, by=request.scope.actor)  # type: ignore[attr-defined]
            messages.success(request, _("Ditahan mulai %(month)s.") % {"month": month_name(month)})
            return redirect("person", public_id=public_id)
        except Refused as fault:
            form.refused(fault)
    return page(request, "people/pause", person=one, form=form)


@requires("pause.set")
def resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a person go again."""
    one = within(request, public_id)
    held = next((row for row in pausing.of_person(one.pk).to_dicts() if row["resumed_at"] is None), None)
    if held is None:
        messages.info(request, _("Orang ini tidak sedang ditahan."))
        return redirect("person", public_id=public_id)
    form = Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data["reason"]
            actions_pause.resume(held["pause_id"], why, by=request.scope.actor)  # type: ignore[attr-defined]
            messages.success(request, _("Dilepas. Berkas berikutnya mengikutkannya lagi."))
            return redirect("person", public_id=public_id)
        except Refused as fault:
            form.refused(fault)
    return page(request, "people/resume", person=one, form=form, held=held)
