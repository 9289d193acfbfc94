"""One person through the programme: months with their papers, lists that name them, what the law said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from jaring.decide.local import settings as local_settings
from jaring.decide.models import Decision
from jaring.enrolment.models import PersonMonth
from jaring.enrolment.policy import CLAIMS, STATES
from jaring.enrolment.refusals import LATER_START, REFUSALS
from jaring.facts.month import Month
from jaring.facts.reason import Reason
from jaring.funding.models import Waiting
from jaring.funding.reasons import reason as funding_reason
from jaring.law import explain
from jaring.law import funding as law_funding
from jaring.law.loader import LawError, concept, group
from jaring.law.reasons import reason as law_reason
from jaring.people.models import Person
from jaring.tables.frames import read

#: What a person may be looked for by in a month: states of a person-month, and two that have none.
ASKED = {
    "paid": "terlindungi (sudah dibayar)",
    "billed": "ditagih, belum dibayar",
    "unpaid": "menunggak",
    "enrolled": "terdaftar",
    "decreed": "dalam SK, belum terdaftar",
    "rejected": "ditolak BPJS",
    "stopped": "berhenti",
    "waiting": "antre, dana belum ada",
    "ineligible": "tidak memenuhi syarat",
}
#: Claims and what is past have an index by person each; both named, both serve.
_MONTHS = """SELECT m.month, m.state, m.source, m.source_kind, m.wadah, m.iuran_idr, m.reason, m.programmes,
         f.code AS fund, d.number AS decree, b.number AS batch, i.number AS bill, i.due, p.number AS payment,
         p.kind AS payment_kind, p.date AS paid_on
    FROM enrolment_personmonth m
    LEFT JOIN funding_fund f ON f.id = m.fund_id
    LEFT JOIN enrolment_decree d ON d.id = m.decree_id
    LEFT JOIN enrolment_batch b ON b.id = m.batch_id
    LEFT JOIN enrolment_bill i ON i.id = m.bill_id
    LEFT JOIN enrolment_payment p ON p.id = m.payment_id
   WHERE m.person_id = ANY(%s) AND (m.state = ANY(%s) OR NOT m.state = ANY(%s))
   ORDER BY m.month DESC, m.id DESC"""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the law gave for one month: the outcome, its reasons with articles, and the steps of the price."""

    month: Month
    eligible: bool
    reasons: tuple[Reason, ...]
    articles: tuple[str, ...]
    lines: tuple[explain.Line, ...]
    segment: str
    programmes: str
    decided_at: dt.datetime


def in_state(people: QuerySet[Person], month: Month, state: str) -> QuerySet[Person]:
    """Those who stand so in ``month``; an unknown state names everybody."""
    own: QuerySet[Any]
    if state == "waiting":
        own = Waiting.objects.filter(
            proposal__month=month.first, proposal__state__in=["proposed", "approved"]
        )
    elif state == "ineligible":
        own = Decision.objects.filter(month=month.first, superseded_at=None, eligible=False)
    elif state in STATES:
        own = PersonMonth.objects.filter(month=month.first, state=state)
    else:
        return people
    return people.filter(Exists(own.filter(person_id=OuterRef("pk"))))


def standing(person_ids: Sequence[int], month: Month) -> dict[int, dict[str, str]]:
    """``state, title, payer`` of each in ``month``; whoever has no row is not in it."""
    found = read(
        """SELECT DISTINCT ON (person_id) person_id, state, source FROM enrolment_personmonth
            WHERE month = %s AND person_id = ANY(%s) AND (state = ANY(%s) OR NOT state = ANY(%s))
            ORDER BY person_id, state IN ('rejected', 'stopped', 'replaced', 'lapsed', 'refused'), id DESC""",
        [month.first, list(person_ids), list(CLAIMS), list(CLAIMS)],
    )
    return {
        row["person_id"]: {
            "state": row["state"],
            "title": STATES[row["state"]].title,
            "payer": payer(row["source"]),
        }
        for row in found.iter_rows(named=True)
    }


def months(person: Person) -> list[dict[str, Any]]:
    """Every month of a person, the newest first, with the papers behind it; also those of who became them."""
    rows = read(_MONTHS, [own_ids(person), list(CLAIMS), list(CLAIMS)])
    return [
        {
            **row,
            "name": Month.of(row["month"]).name,
            "title": STATES[row["state"]].title,
            "meaning": STATES[row["state"]].meaning,
            "payer": payer(row["source"]) if row["source_kind"] == "programme" else "menurut daftar BPJS",
            "why": _why(row["reason"]),
        }
        for row in rows.iter_rows(named=True)
    ]


def own_ids(person: Person) -> list[int]:
    """The person and everybody who turned out to be them."""
    found = read(
        """WITH RECURSIVE same AS (SELECT %s::bigint AS id
             UNION ALL SELECT p.id FROM people_person p JOIN same s ON p.merged_into_id = s.id)
           SELECT id FROM same ORDER BY id""",
        [person.pk],
    )
    return found["id"].to_list()


def lists(person: Person) -> list[dict[str, Any]]:
    """Which rows of which lists name this person, the newest first."""
    found = read(
        """SELECT o.office, o.kind, o.file_name, o.as_of, o.received_at::date AS received, r.sheet, r.row_no,
                  r.name, l.weight, l.state
             FROM people_link l JOIN rosters_row r ON r.id = l.row_id
             JOIN rosters_roster o ON o.id = r.roster_id
            WHERE l.person_id = %s AND o.state = 'received' ORDER BY o.received_at DESC, r.id""",
        [person.pk],
    )
    return found.to_dicts()


def judged(person: Person, month: Month | None = None) -> Judged | None:
    """The standing decision of ``month``, or the newest; None when the law was never asked."""
    held = Decision.objects.filter(person_id=person.pk, superseded_at=None)
    held = held.filter(month=month.first) if month else held
    found = held.order_by("-month").first()
    if found is None:
        return None
    codes = dict.fromkeys(code for code in [found.reason, *found.reasons] if code)
    named = [word(code) for code in codes]
    # A source may also be a practice or a thing not found; what is named here is law.
    articles = [part.strip() for part in (found.articles or "").split(";") if "Pasal" in part]
    return Judged(
        Month.of(found.month),
        found.eligible,
        tuple(one for one in named if one),
        tuple(dict.fromkeys(articles)),
        _explained(found),
        titles().get(found.segment or "", found.segment or ""),
        (found.programmes or "").upper().replace("+", " + "),
        found.decided_at,
    )


def queue_place(person: Person) -> dict[str, Any] | None:
    """Rank and reason on the waiting list of the newest proposal that stands; None when not on it."""
    found = read(
        """SELECT w.rank::bigint AS rank, w.reason, w.source, p.month, p.waiting::bigint AS waiting
             FROM funding_waiting w JOIN funding_proposal p ON p.id = w.proposal_id
            WHERE w.person_id = %s AND p.state IN ('proposed', 'approved')
            ORDER BY p.month DESC, p.id DESC LIMIT 1""",
        [person.pk],
    )
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    return {**row, "month": Month.of(row["month"]), "why": word(row["reason"])}


def payer(source: str) -> str:
    """What people call a source of money."""
    return law_funding.source(source).name if source in law_funding.sources() else source


def titles() -> dict[str, str]:
    """What people call each segment."""
    return {one: concept(f"segments.{one}").title for one in group("segments")}


def _why(code: str) -> str:
    if not code:
        return ""
    if code == LATER_START:
        return "BPJS memulai kepesertaan sesudah bulan ini."
    if code in REFUSALS:
        return REFUSALS[code].sentence
    found = word(code)
    return found.sentence if found else code.replace("-", " ")


def word(code: str) -> Reason | None:
    """The reason behind a code of the law or of the money."""
    found = funding_reason(code)
    if found is not None:
        return found
    try:
        return law_reason(code)
    except LawError:
        return None


def _explained(found: Decision) -> tuple[explain.Line, ...]:
    """The price line by line, from the facts that the decision was made of."""
    if not found.eligible:
        return ()
    facts = {name: getattr(found, name) for name in explain.INPUTS if hasattr(found, name)}
    facts = {name: value for name, value in facts.items() if value is not None and value != []}
    # What the decision made of the facts is asked for again, not told.
    for name in ("person_id", "kind", "programmes", "reason"):
        facts.pop(name, None)
    try:
        return explain.case(facts, local_settings()).lines
    except LawError:
        return ()
