"""The journal, newest first, and who opened which NIK and why."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from jaring.cycle.job import said, shown
from jaring.desk.frame import page, units
from jaring.desk.pages.audit.forms import JournalFilters, RevealFilters
from jaring.desk.pages.audit.words import action_words
from jaring.desk.paging import keyset
from jaring.journal import reading
from jaring.journal.models import Entry
from jaring.officers.access import requires
from jaring.officers.reveals import reveals as found_reveals
from jaring.people.models import Person


@requires("journal.read")
def journal(request: HttpRequest) -> HttpResponse:
    """Who did what, when; each entry with its number, its facts and the start of its hash."""
    form = JournalFilters(request.GET, actions=reading.actions())
    found = reading.entries(**form.given())
    slice_ = keyset(found, request, order="-pk")
    return page(
        request,
        "audit/journal",
        form=form,
        slice=slice_,
        length=reading.length(),
        entries=[_entry(one) for one in slice_.rows],
    )


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "entry": one,
        "action": action_words(one.action),
        "facts": [(said(name), _shown(name, value)) for name, value in reading.facts(one).items()],
        "hash": bytes(one.hash).hex()[:12],
    }


def _shown(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "–"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return shown(name, value)


@requires("journal.read")
def reveals(request: HttpRequest) -> HttpResponse:
    """Each opened NIK: by whom, whose, when, for what reason; never the NIK itself."""
    form = RevealFilters(request.GET)
    slice_ = keyset(found_reveals(**form.given()), request, order="-pk")
    seen = Person.seen.all()
    people = {p.public_id: p for p in seen.filter(public_id__in=[one.person for one in slice_.rows])}
    rows = []
    for one in slice_.rows:
        person = people.get(one.person)
        unit = units().get(person.desa_code or "", {}) if person else {}
        rows.append({"one": one, "code": str(one.person)[:8], "person": person, "desa": unit.get("name", "")})
    return page(request, "audit/reveals", form=form, slice=slice_, rows=rows)
