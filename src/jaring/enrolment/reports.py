"""Reports of villages and mutations for those who decide on them. Reads only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from jaring.enrolment.actions_mutate import KINDS
from jaring.enrolment.models import Mutation, Report
from jaring.enrolment.paperwork import LEFT
from jaring.people.models import Person

STATES = {"reported": "menunggu keputusan", "accepted": "diterima", "refused": "ditolak"}


def title(kind: str) -> str:
    """What people call a kind, in the word of a report or of a mutation."""
    return LEFT.get(KINDS.get(kind, kind), kind.capitalize())


def waiting() -> QuerySet[Report]:
    """Reports that nobody has decided, the oldest first."""
    return Report.objects.filter(state="reported").order_by("pk")


def decided() -> QuerySet[Report]:
    """Reports that were decided."""
    return Report.objects.exclude(state="reported")


def mutations(people: QuerySet[Person] | None = None) -> QuerySet[Mutation]:
    """Mutations, of these people where some are named."""
    found = Mutation.objects.all()
    return found if people is None else found.filter(person_id__in=people.values("pk"))


def with_people(rows: list[Any], people: QuerySet[Person]) -> list[tuple[Any, Person | None]]:
    """Each row beside its person, who is None where the reader may not see them."""
    held = people.in_bulk([row.person_id for row in rows])
    return [(row, held.get(row.person_id)) for row in rows]
