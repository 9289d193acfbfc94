"""Finding people of the register."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jaring.desk.frame import page, units, working_month
from jaring.desk.pages.people.forms import Look
from jaring.desk.paging import keyset
from jaring.enrolment import lifeline
from jaring.officers.access import requires
from jaring.people import search

#: The search stands in the session: a name in an address would lie in logs and histories.
KEPT = "people.search"


@requires("people.read")
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody within reach, or those who were looked for, by key."""
    scope = request.scope  # type: ignore[attr-defined]
    if request.method == "POST":
        form = Look(request.POST, reach=scope.desa)
        if form.is_valid():
            request.session[KEPT] = form.cleaned_data
            return redirect("people")
        return page(request, "people/listed", form=form, slice=None)
    kept = request.session.get(KEPT, {})
    form = Look(initial=kept, reach=scope.desa)
    month = working_month()
    place = kept.get("place", "")
    people = search.people(
        kept.get("name", ""),
        desa_code=place if len(place) > 8 else "",
        kecamatan_code=place if len(place) == 8 else "",
    )
    if month is not None:
        people = lifeline.in_state(people, month, kept.get("state", ""))
    found = keyset(scope.narrow(people, desa="desa_code"), request)
    states = lifeline.standing([one.pk for one in found.rows], month) if month else {}
    named = units()
    rows = [(one, named.get(one.desa_code or ""), states.get(one.pk)) for one in found.rows]
    looked = any(kept.values())
    return page(request, "people/listed", form=form, slice=found, rows=rows, looked=looked)
