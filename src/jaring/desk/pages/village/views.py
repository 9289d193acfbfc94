"""A village's first page and its people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jaring.desk.frame import page, working_month
from jaring.desk.pages.village.forms import Look
from jaring.desk.pages.village.place import KEPT, desa_of, shown
from jaring.desk.paging import keyset
from jaring.enrolment import village
from jaring.enrolment.models import Report
from jaring.officers.access import requires
from jaring.people import search
from jaring.people.cases import asked_of
from jaring.rosters.lists import held_rows, received

#: The name that was looked for; it stands in no address.
SOUGHT = "village.sought"


@requires("review.answer")
def home(request: HttpRequest) -> HttpResponse:
    """The desa this month, and what waits for its operator."""
    if request.method == "POST":
        request.session[KEPT] = request.POST.get("desa", "")
        return redirect("village")
    desa = desa_of(request)
    month = working_month()
    lists = received()
    return page(
        request,
        "village/home",
        **shown(request, desa),
        standing=village.standing(desa, month) if month else None,
        held=held_rows(desa=frozenset({desa})).count(),
        asked=asked_of(frozenset({desa})).count(),
        reports=Report.seen.filter(desa_code=desa, state="reported").count(),
        lists=list(lists[:5]),
    )


@requires("review.answer")
def people(request: HttpRequest) -> HttpResponse:
    """The people of the desa by name, each with this month in words."""
    desa = desa_of(request)
    if request.method == "POST":
        form = Look(request.POST)
        if form.is_valid():
            request.session[SOUGHT] = form.cleaned_data["name"]
            return redirect("village_people")
        return page(request, "village/people", form=form, **shown(request, desa))
    name = request.session.get(SOUGHT, "")
    scope = request.scope  # type: ignore[attr-defined]
    found = scope.narrow(search.people(name, desa_code=desa), desa="desa_code")
    slice_ = keyset(found, request, size=25)
    month = working_month()
    states = village.told([one.pk for one in slice_.rows], month) if month else {}
    return page(
        request,
        "village/people",
        **shown(request, desa),
        form=Look(initial={"name": name}),
        sought=name,
        slice=slice_,
        rows=[(one, states.get(one.pk)) for one in slice_.rows],
    )
