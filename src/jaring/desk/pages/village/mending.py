"""Held rows of a village's people, and one of them put right."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jaring.cycle import work
from jaring.desk.frame import page
from jaring.desk.pages.lists.offices import villages
from jaring.desk.pages.village.forms import Mend
from jaring.desk.pages.village.place import desa_of, shown
from jaring.desk.paging import keyset
from jaring.facts.reason import Refused
from jaring.officers.access import requires
from jaring.officers.scope import village_office
from jaring.rosters import lists
from jaring.rosters.actions_mend import mend as mend_row
from jaring.rosters.actions_mend import wrong_fields
from jaring.rosters.checks import BY_CODE
from jaring.rosters.models import Roster, Row


@requires("review.answer")
def held(request: HttpRequest) -> HttpResponse:
    """Every held row of the desa, from its own lists and from those of offices."""
    desa = desa_of(request)
    slice_ = keyset(lists.held_rows(desa=frozenset({desa})), request, size=25)
    return page(request, "village/held", **shown(request, desa), slice=slice_, held=lists.told(slice_.rows))


@requires("roster.receive")
def mend(request: HttpRequest, row: int) -> HttpResponse:
    """Type anew what is wrong; the rest of the row stays as its list has it."""
    found = lists.held_rows().filter(pk=row).first()
    if found is None:
        raise Http404
    office, desa = _where(request, found)
    told = lists.told([found])[0]
    form = Mend(
        request.POST or None,
        wrong=wrong_fields(found),
        initial={
            "name": found.name,
            "birth_date": f"{found.birth_date:%d-%m-%Y}" if found.birth_date else "",
            "sex": found.sex,
        },
    )
    if request.method == "POST" and form.is_valid():
        by = request.user.get_username()
        try:
            fresh = mend_row(found.pk, form.typed(), office=office, desa_code=desa, by=by)
        except Refused as fault:
            column = BY_CODE[fault.reason.code].column if fault.reason.code in BY_CODE else None
            form.refused(fault, column if column in form.fields else None)
        else:
            work.recognise_soon(by=by)
            messages.success(request, _("Baris %(name)s sudah diterima.") % {"name": fresh.name or ""})
            return redirect("village_held") if villages(request.scope) else _back(found)  # type: ignore[attr-defined]
    status = 422 if request.method == "POST" else 200
    return page(request, "village/mend", form=form, told=told, row=found, status=status)


def _where(request: HttpRequest, row: Row) -> tuple[str, str | None]:
    """The office under which the correction is kept, and the desa of a row that names none."""
    own = villages(request.scope)  # type: ignore[attr-defined]
    if own:
        desa = row.desa_code if row.desa_code in own else desa_of(request)
        return village_office(desa), desa
    roster = Roster.seen.filter(pk=row.roster_id).first()
    if roster is None:
        raise Http404
    return roster.office, None


def _back(row: Row) -> HttpResponse:
    return redirect("lists_one", pk=row.roster_id)
