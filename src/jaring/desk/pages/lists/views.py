"""The lists that came, and one of them: what was accepted, what is held and how to mend it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.cycle import work
from jaring.desk.forms import Because
from jaring.desk.frame import XLSX, attachment, page, units
from jaring.desk.pages.lists.forms import Filter
from jaring.desk.pages.lists.offices import desa_of, own
from jaring.desk.paging import keyset
from jaring.facts.month import Month
from jaring.officers.access import fresh, requires
from jaring.rosters import lists as reads
from jaring.rosters.actions import downloaded
from jaring.rosters.actions_withdraw import withdraw as withdraw_list
from jaring.rosters.models import Roster


def office_words(office: str) -> str:
    """An office as readers know it: a village by its name."""
    code = desa_of(office)
    return units()[code]["name"] if code else office


@requires("roster.read")
def lists(request: HttpRequest) -> HttpResponse:
    """Every list within reach, the newest first, narrowed by office, kind and month."""
    form = Filter(request.GET, offices=[(one, office_words(one)) for one in reads.offices()])
    form.is_valid()
    said = form.cleaned_data
    month = Month.parse(said["month"]).first if said.get("month") else None
    found = reads.received(office=said.get("office", ""), kind=said.get("kind", ""), month=month)
    slice_ = keyset(found, request, order="-pk")
    mended = reads.mended_of(slice_.rows)
    rows = [
        {
            "roster": one,
            "office": office_words(one.office),
            "kind": reads.kind_words(one.kind),
            "held": one.quarantined - mended.get(one.pk, 0),
        }
        for one in slice_.rows
    ]
    return page(request, "lists/lists", form=form, slice=slice_, rows=rows)


def found_list(pk: int) -> Roster:
    """The list, for those who may see it; for others there is none."""
    roster = Roster.seen.filter(pk=pk).first()
    if roster is None:
        raise Http404
    return roster


@requires("roster.read")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its counts, its problems by kind, its held rows."""
    roster = found_list(pk)
    slice_ = keyset(reads.held_rows(roster=roster), request)
    scope = request.scope  # type: ignore[attr-defined]
    mended = reads.mended_of([roster]).get(roster.pk, 0)
    return page(
        request,
        "lists/one",
        roster=roster,
        office=office_words(roster.office),
        kind=reads.kind_words(roster.kind),
        groups=reads.grouped(roster),
        slice=slice_,
        held=reads.told(slice_.rows),
        mended=mended,
        waiting=roster.quarantined - mended,
        own=own(request, roster),
        file=own(request, roster) and not reads.made_here(roster),
        teaches=scope.may("roster.receive"),
    )


@requires("roster.receive")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a list of one's own, with the reason; the rows it held back wait for nobody any more."""
    roster = found_list(pk)
    if not own(request, roster) or roster.state != "received":
        raise Http404
    form = Because(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = request.user.get_username()
        withdraw_list(roster.pk, form.cleaned_data["reason"], by=by)
        work.recognise_soon(by=by)
        messages.success(request, _("Daftar %(name)s ditarik.") % {"name": roster.file_name})
        return redirect("lists")
    status = 422 if request.method == "POST" else 200
    return page(request, "lists/withdraw", form=form, roster=roster, status=status)


@require_POST
@requires("roster.receive")
@fresh
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The uploader's own file back, the reasons beside its rows; nobody else's."""
    roster = found_list(pk)
    if not own(request, roster):
        raise Http404
    examination = reads.examined(
        roster.sha256,
        roster.file_name,
        office=roster.office,
        kind=roster.kind,
        desa_code=desa_of(roster.office),
    )
    content = reads.answer(examination)
    downloaded(roster, by=request.user.get_username())
    return attachment(f"daftar-{roster.pk}-diperiksa.xlsx", content, XLSX)
