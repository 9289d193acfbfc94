"""Months that were paid after somebody had left: what the insurer owes back, and turning them round."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.funding import actions_after as funds
from jaring.journal.actions import record
from jaring.tables.frames import read


def recoverable() -> pl.DataFrame:
    """Paid months after somebody had left: what the insurer owes back.

    ``person_month_id, person_id, month, source, wadah, fund, iuran_idr, kind, event_date, mutation_id``
    """
    return read(
        """SELECT DISTINCT ON (m.id) m.id AS person_month_id, m.person_id, m.month, m.source, m.wadah,
                  f.code AS fund, m.iuran_idr::bigint AS iuran_idr, u.kind, u.event_date, u.id AS mutation_id
             FROM enrolment_personmonth m JOIN enrolment_mutation u
               ON u.person_id = m.person_id AND m.month >= u.from_month
             JOIN funding_fund f ON f.id = m.fund_id
            WHERE m.state = 'paid' AND m.source_kind = 'programme' ORDER BY m.id, u.from_month"""
    )


@transaction.atomic
def reverse(person_months: Sequence[int], *, document: str, by: str) -> int:
    """Turn recoverable months round: the insurer owes their rupiah back, they are protected no more."""
    rows = recoverable().filter(pl.col("person_month_id").is_in(list(person_months)))
    if rows.is_empty():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'stopped', mutation_id = w.mutation, reason = w.kind
                 FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS w(id, mutation, kind)
                WHERE m.id = w.id AND m.state = 'paid'""",
            [rows["person_month_id"].to_list(), rows["mutation_id"].to_list(), rows["kind"].to_list()],
        )
    amounts = dict(rows.group_by("fund").agg(pl.col("iuran_idr").sum()).sort("fund").iter_rows())
    ids = rows["person_month_id"].sort()
    funds.restitution_owed(
        amounts,
        key=f"{ids[0]}-{ids[-1]}:{rows.height}",
        date=timezone.localdate(),
        document=document[:200],
        memo=f"Kelebihan bayar {rows.height} bulan-orang",
        by=by,
    )
    record(
        "enrolment.reverse",
        document[:200],
        by=by,
        person_months=rows.height,
        amount_idr=sum(amounts.values()),
    )
    return rows.height
