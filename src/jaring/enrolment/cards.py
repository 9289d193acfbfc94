"""Cards and their holders as frames, the codes opened in memory only. Reads, never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.enrolment.policy import CLAIMS
from jaring.tables import secrets
from jaring.tables.frames import read

#: What the keyed hash of a code is for: no other hash of the house is the same.
PURPOSE = "enrolment.card"


def sealed_with(blind: pl.Series) -> pl.Series:
    """What each sealed code is bound to: its own keyed hash, which the row cannot change unseen."""
    return pl.Series([f"enrolment.card:{one.hex()}" for one in blind.to_list()], dtype=pl.String)


def participants(who: str | Sequence[int], *, on: dt.date) -> pl.DataFrame:
    """``person_id, public_id, name, segment``: those of a desa (its code), or of these people, for whom
    the programme holds a month of that year, by name."""
    chosen = "p.desa_code = %s" if isinstance(who, str) else "p.id = ANY(%s)"
    return read(
        f"""SELECT p.id AS person_id, p.public_id, p.name, min(m.segment) AS segment
             FROM people_person p JOIN enrolment_personmonth m ON m.person_id = p.id
            WHERE {chosen} AND p.merged_into_id IS NULL AND m.source_kind = 'programme'
              AND m.month BETWEEN %s AND %s AND m.state = ANY(%s)
            GROUP BY p.id ORDER BY p.name, p.public_id""",  # noqa: S608
        [
            who if isinstance(who, str) else list(who),
            on.replace(month=1, day=1),
            on.replace(month=12, day=1),
            list(CLAIMS),
        ],
    )


def holders(desa_code: str) -> pl.DataFrame:
    """``person_id, newest``: who of a desa holds a card in force, and whether it was made last."""
    return read(
        """SELECT c.person_id, c.made_at = max(c.made_at) OVER () AS newest
             FROM enrolment_card c JOIN people_person p ON p.id = c.person_id
            WHERE p.desa_code = %s AND c.revoked_at IS NULL""",
        [desa_code],
    )


def in_force(desa_code: str, *, newest: bool = False) -> pl.DataFrame:
    """``card_id, person_id, name, born, code, newest``: the cards of a desa's people, by name.

    ``newest``: only those that were made together last, so that one lost card is one card to print.
    """
    rows = read(
        """SELECT c.id AS card_id, c.person_id, p.name, extract(year FROM p.birth_date)::int AS born,
                  c.code_bi, c.code_ct, c.made_at = max(c.made_at) OVER () AS newest
             FROM enrolment_card c JOIN people_person p ON p.id = c.person_id
            WHERE p.desa_code = %s AND c.revoked_at IS NULL ORDER BY p.name, p.public_id""",
        [desa_code],
    )
    if newest:
        rows = rows.filter("newest")
    opened = secrets.decrypt_column(rows["code_ct"], sealed_with(rows["code_bi"]))
    return rows.with_columns(opened.alias("code")).drop("code_bi", "code_ct")
