"""One desa and its people in a month, in counts and in words. Reads only, within the scope in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jaring.decide.models import Decision
from jaring.enrolment import lifeline
from jaring.enrolment.policy import STATES
from jaring.facts.month import Month
from jaring.funding.models import Waiting
from jaring.tables.frames import read

#: Covered by the insurer but not yet paid.
_UNPAID = ("enrolled", "billed", "unpaid")


@dataclass(frozen=True)
class Standing:
    """Counts of a desa in a month. ``expiring``: whose promise of money ends with this month or the next."""

    people: int
    protected: int
    unpaid: int
    waiting: int
    expiring: int


@dataclass(frozen=True)
class Told:
    """How one person stands, in words: a title, a sentence why, and how it looks (good, wait, bad, calm)."""

    title: str
    why: str
    look: str


def standing(desa_code: str, month: Month) -> Standing:
    """The counts of one desa."""
    row = read(
        """SELECT count(*) AS people,
                  count(*) FILTER (WHERE EXISTS (SELECT FROM enrolment_personmonth m
                     WHERE m.person_id = p.id AND m.month = %(m)s AND m.state = 'paid')) AS protected,
                  count(*) FILTER (WHERE EXISTS (SELECT FROM enrolment_personmonth m
                     WHERE m.person_id = p.id AND m.month = %(m)s AND m.state = ANY(%(u)s))) AS unpaid,
                  count(*) FILTER (WHERE EXISTS (SELECT FROM funding_waiting w
                     JOIN funding_proposal o ON o.id = w.proposal_id
                     WHERE w.person_id = p.id AND o.month = %(m)s
                       AND o.state IN ('proposed', 'approved'))) AS waiting,
                  count(*) FILTER (WHERE EXISTS (SELECT FROM funding_award a
                     WHERE a.person_id = p.id AND a.state = 'active'
                       AND a.month_to BETWEEN %(m)s AND %(n)s)) AS expiring
             FROM people_person p WHERE p.desa_code = %(d)s AND p.merged_into_id IS NULL""",
        {"m": month.first, "n": (month + 1).first, "d": desa_code, "u": list(_UNPAID)},
    ).row(0, named=True)
    return Standing(**row)


def told(person_ids: Sequence[int], month: Month) -> dict[int, Told]:
    """Each person's month in words; everybody asked about is in it."""
    states = lifeline.standing(person_ids, month)
    decided = {
        one.person_id: one
        for one in Decision.objects.filter(person_id__in=person_ids, month=month.first, superseded_at=None)
    }
    ranks = {
        one.person_id: one
        for one in Waiting.objects.filter(
            person_id__in=person_ids,
            proposal__month=month.first,
            proposal__state__in=["proposed", "approved"],
        )
    }
    return {one: _told(states.get(one), decided.get(one), ranks.get(one)) for one in person_ids}


def _told(state: dict[str, str] | None, decided: Decision | None, rank: Waiting | None) -> Told:
    if state is not None and state["state"] in {"paid", "enrolled", "billed", "unpaid", "decreed", "funded"}:
        look = "good" if state["state"] == "paid" else "bad" if state["state"] == "unpaid" else "wait"
        return Told(state["title"], f"{STATES[state['state']].meaning}; {state['payer']}", look)
    if rank is not None:
        why = lifeline.word(rank.reason)
        return Told("antre", f"nomor {rank.rank}. {why.sentence if why else ''}".strip(), "wait")
    if decided is not None and not decided.eligible:
        reason = lifeline.word(decided.reason or next(iter(decided.reasons), ""))
        return Told("tidak dibiayai", reason.sentence if reason else "", "calm")
    if state is not None:
        return Told(state["title"], STATES[state["state"]].meaning, "bad")
    if decided is not None:
        return Told("layak", "memenuhi syarat, belum dibagi dananya", "wait")
    return Told("belum diperiksa", "bulan ini belum dihitung untuk orang ini", "calm")
