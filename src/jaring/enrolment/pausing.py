"""Who is held back, and what that leaves out. Reads, never writes.

Every batch's statement asks ``enrolment_open_pauses()``, a function of the tables' owner: a pause that
row-level security hid from somebody would be undone by that one's batch.
"""

from __future__ import annotations

import polars as pl

from jaring.facts.month import Month
from jaring.tables.frames import read

#: The reason that stands on a month, a place or a candidate left out.
REASON = "ditahan"


def paused(month: Month) -> set[int]:
    """The persons whom no batch of that month may touch."""
    found = read("SELECT person_id FROM enrolment_open_pauses() WHERE from_month <= %s", [month.first])
    return set(found["person_id"].to_list())


def in_proposal(proposal_id: int) -> tuple[int, int]:
    """People and rupiah of a proposal that its approval would leave out."""
    found = read(
        """SELECT count(*) AS people, coalesce(sum(a.total_idr), 0)::bigint AS idr
             FROM funding_award a JOIN enrolment_open_pauses() z
               ON z.person_id = a.person_id AND z.from_month <= a.month_from
            WHERE a.proposal_id = %s AND a.state = 'draft'""",
        [proposal_id],
    )
    people, amount = found.row(0)
    return int(people), int(amount)


def standing() -> pl.DataFrame:
    """Pauses that hold now: ``pause_id, person_id, public_id, desa_code, from_month, reason, by, at``."""
    return read(
        """SELECT z.id AS pause_id, z.person_id, p.public_id, p.desa_code, z.from_month, z.reason, z.by, z.at
             FROM enrolment_pause z JOIN people_person p ON p.id = z.person_id
            WHERE z.resumed_at IS NULL ORDER BY z.at, z.id"""
    )


def of_person(person_id: int) -> pl.DataFrame:
    """Every pause of one person, the newest first; those that ended say by whom and why."""
    return read(
        """SELECT id AS pause_id, from_month, reason, by, at, resumed_by, resumed_at, resumed_reason
             FROM enrolment_pause WHERE person_id = %s ORDER BY id DESC""",
        [person_id],
    )


def left_out(month: Month) -> pl.DataFrame:
    """Whom that month leaves out: ``person_id, public_id, desa_code, door, reason, why, from_month``.

    ``door``: ``usulan`` (was offered no money), ``sk`` (has money, stands in no decree), ``batch``
    (decreed, not sent), ``pengganti`` (next in line for a place, passed over).
    """
    return read(
        """WITH z AS (SELECT * FROM enrolment_pause WHERE resumed_at IS NULL AND from_month <= %(m)s)
           SELECT z.person_id, p.public_id, p.desa_code, d.door, %(reason)s::text AS reason, z.reason AS why,
                  z.from_month
             FROM z JOIN people_person p ON p.id = z.person_id JOIN (
               SELECT a.person_id, 'sk' AS door FROM funding_award a
                WHERE a.state = 'active' AND a.month_from <= %(m)s AND a.month_to >= %(m)s AND NOT EXISTS (
                      SELECT 1 FROM enrolment_decreeline l WHERE l.award_id = a.id AND l.stands)
               UNION ALL
               SELECT m.person_id, 'batch' FROM enrolment_personmonth m
                WHERE m.month = %(m)s AND m.state = 'decreed'
               UNION ALL
               SELECT w.person_id, CASE w.reason WHEN %(reason)s THEN 'usulan' ELSE 'pengganti' END
                 FROM funding_waiting w
                WHERE w.proposal_id = (SELECT max(id) FROM funding_proposal WHERE state = 'approved')
                  AND (w.source <> '' OR w.reason = %(reason)s)) d ON d.person_id = z.person_id
            ORDER BY d.door, z.person_id""",
        {"m": month.first, "reason": REASON},
    )
