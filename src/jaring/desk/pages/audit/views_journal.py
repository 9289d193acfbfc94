"""The journal, newest first, and who opened which NIK and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from jaring.cycle.job import shown
from jaring.cycle.works import kinds
from jaring.desk.frame import page, units
from jaring.desk.naming import officer
from jaring.desk.pages.audit.forms import JournalFilters, RevealFilters
from jaring.desk.pages.audit.words import WORK, action_words, fact_words
from jaring.desk.paging import keyset
from jaring.desk.saying import said as spoken
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
    actor = officer(one.actor)
    facts = reading.facts(one)
    return {
        "entry": one,
        "actor": actor,
        "account": "" if actor == one.actor else one.actor,
        "action": action_words(one.action),
        "facts": [(fact_words(name), _shown(one.action, name, value)) for name, value in facts.items()],
        "hash": bytes(one.hash).hex()[:12],
    }


def _shown(action: str, name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "–"
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    if (action, name) == WORK and value in kinds():
        return spoken(kinds()[value].TITLE)
    if isinstance(value, str):
        # What was written stays as it was written; only an account is followed by whose it is.
        return officer(value) if name.endswith(("_by", "_oleh")) else value
    return spoken(shown(name, value))


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
