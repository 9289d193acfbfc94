"""What a card's code tells anybody: whether the month is paid, and nothing else. Reads, never writes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from jaring.enrolment import cardcode
from jaring.enrolment.cards import PURPOSE
from jaring.facts.month import Month
from jaring.officers.scope import counting
from jaring.tables import secrets


@dataclass(frozen=True, slots=True)
class Answer:
    """``paid``: the contribution of ``month`` is paid and a document stands behind it."""

    month: Month
    paid: bool


def answer(code: str, month: Month) -> Answer | None:
    """Yes or no for the month; None where no card in force has that code.

    A code that is malformed, unknown or revoked goes the same way through the same query as one that
    is known: by its keyed hash, which tells nothing of how near a guess was.
    """
    blind = secrets.blind(cardcode.meant(code), PURPOSE)
    # A yes or no about one who holds the code; the page names nobody.
    with counting(), connection.cursor() as cursor:
        cursor.execute(
            """WITH RECURSIVE held AS (
                 SELECT c.person_id FROM enrolment_card c WHERE c.code_bi = %(code)s AND c.revoked_at IS NULL
               ), who(person_id) AS (
                 SELECT person_id FROM held
                 UNION SELECT p.merged_into_id FROM who w JOIN people_person p ON p.id = w.person_id
                   WHERE p.merged_into_id IS NOT NULL)
               SELECT EXISTS (SELECT 1 FROM held), EXISTS (SELECT 1 FROM enrolment_personmonth m
                   WHERE m.person_id IN (SELECT person_id FROM who) AND m.month = %(month)s
                     AND m.state = 'paid')""",
            {"code": blind, "month": month.first},
        )
        known, paid = cursor.fetchone()
    return Answer(month, paid) if known else None


def newest_month() -> Month | None:
    """The newest month of which any bill is paid: what the answers are about, the same for every card."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(month) FROM enrolment_bill WHERE state = 'paid'")
        found = cursor.fetchone()[0]
    return Month.of(found) if found else None
