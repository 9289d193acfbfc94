"""A village reports that somebody died or left, and sees what became of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from jaring.desk.frame import page
from jaring.desk.pages.village import forms
from jaring.desk.paging import keyset
from jaring.enrolment import actions_report
from jaring.enrolment.models import Report
from jaring.facts.reason import Refused
from jaring.officers.access import requires
from jaring.people.models import Person

_STATES = {
    "reported": _lazy("menunggu Disnakertrans"),
    "accepted": _lazy("diterima"),
    "refused": _lazy("tidak diterima"),
}
_LOOKS = {"reported": "wait", "accepted": "", "refused": "bad"}


@requires("mutation.report")
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person, what happened, when, and a photo of the paper."""
    person = Person.seen.filter(public_id=public_id, merged_into=None).first()
    if person is None:
        raise Http404
    if request.method != "POST":
        return page(request, "village/report", form=forms.Report(), person=person)
    form = forms.Report(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = actions_report.report(
                said["key"],
                person.pk,
                said["kind"],
                said["event_date"],
                by=request.user.get_username(),
                note=said["note"],
                photo=said["photo"],
            )
        except Refused as fault:
            form.refused(fault, _field(fault.reason.code))
        else:
            messages.success(request, _("Laporan tersimpan dan diteruskan kepada Disnakertrans."))
            return redirect("village_report_one", public_id=made.public_id)
    return page(request, "village/report", form=form, person=person, status=422)


def _field(code: str) -> str | None:
    if code.startswith("foto") or "gambar" in code:
        return "photo"
    return "event_date" if code.startswith("tanggal") else None


@requires("mutation.report")
def listed(request: HttpRequest) -> HttpResponse:
    """Reports within reach, the newest first."""
    slice_ = keyset(Report.seen.all(), request, order="-pk", size=25)
    names = dict(Person.seen.filter(pk__in=[one.person_id for one in slice_.rows]).values_list("pk", "name"))
    rows = [(one, names.get(one.person_id, ""), *_words(one)) for one in slice_.rows]
    return page(request, "village/reports", slice=slice_, rows=rows)


def _words(one: Report) -> tuple[str, str, str]:
    return forms.event_words(one.kind), str(_STATES[one.state]), _LOOKS[one.state]


def _found(public_id: UUID) -> Report:
    told = Report.seen.filter(public_id=public_id).first()
    if told is None:
        raise Http404
    return told


@requires("mutation.report")
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What became of one report; its photo may still be added."""
    told = _found(public_id)
    person = Person.seen.filter(pk=told.person_id).first()
    form = forms.Attach(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if form.is_valid():
            try:
                actions_report.attach(told, form.cleaned_data["photo"], by=request.user.get_username())
            except Refused as fault:
                form.refused(fault, "photo")
            else:
                messages.success(request, _("Foto tersimpan."))
                return redirect("village_report_one", public_id=told.public_id)
        else:
            form = forms.Attach(request.POST, request.FILES)
    happened, state, look = _words(told)
    return page(
        request,
        "village/report_one",
        told=told,
        person=person,
        happened=happened,
        state=state,
        look=look,
        form=form,
        status=422 if request.method == "POST" else 200,
    )


@require_POST
@requires("mutation.report")
def photo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The photo; opening it is journaled, for such a paper shows a NIK."""
    told = _found(public_id)
    picture = actions_report.open_photo(told, by=request.user.get_username())
    return HttpResponse(picture, content_type="image/jpeg")
