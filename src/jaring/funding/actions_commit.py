"""What an approval takes from the funds and whom it leaves out, within its transaction."""

from __future__ import annotations

from django.db import connection

from jaring.facts.reason import refuse
from jaring.funding.models import Fund, Proposal
from jaring.tables.frames import read


def leave_out(held: Proposal) -> int:
    """Whom somebody holds back since the proposal was made gets no money and waits; how many.

    The proposal's own numbers follow, so that they are those of what was promised.
    """
    with connection.cursor() as cursor:
        # The function is the tables' owner's: it knows every pause, whoever asks.
        cursor.execute(
            """WITH gone AS (
                 DELETE FROM funding_award a USING enrolment_open_pauses() z
                  WHERE a.proposal_id = %s AND a.state = 'draft'
                    AND z.person_id = a.person_id AND z.from_month <= a.month_from
                 RETURNING a.person_id, a.rank, a.total_idr),
               waits AS (
                 INSERT INTO funding_waiting (person_id, proposal_id, rank, reason, source, fund_code)
                 SELECT person_id, %s, rank, 'ditahan', '', '' FROM gone)
               SELECT count(*), coalesce(sum(total_idr), 0)::bigint FROM gone""",
            [held.pk, held.pk],
        )
        people, amount = cursor.fetchone()
    held.funded, held.funded_idr = held.funded - people, held.funded_idr - amount
    held.waiting += people
    return int(people)


def commit(proposal_id: int) -> list[tuple[str, int]]:
    """Raise ``committed_idr`` where the budget still holds it. What was committed, by fund code."""
    wanted = read(
        """SELECT fund_id, sum(total_idr)::bigint AS amount FROM funding_award
           WHERE proposal_id = %s AND state = 'draft' GROUP BY fund_id ORDER BY fund_id""",
        [proposal_id],
    )
    if wanted.is_empty():
        return []
    with connection.cursor() as cursor:
        # Rows are locked in one order, so that two approvals never wait for each other in a ring.
        ids = wanted["fund_id"].to_list()
        cursor.execute("SELECT id FROM funding_fund WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [ids])
        cursor.execute(
            """UPDATE funding_fund f SET committed_idr = f.committed_idr + w.amount
               FROM unnest(%s::bigint[], %s::bigint[]) AS w(fund_id, amount)
               WHERE f.id = w.fund_id AND f.committed_idr + w.amount <= f.budget_idr
               RETURNING f.id, f.code, w.amount""",
            [ids, wanted["amount"].to_list()],
        )
        done = cursor.fetchall()
    short = set(ids) - {row[0] for row in done}
    if short:
        codes = ", ".join(
            Fund.objects.filter(pk__in=short).order_by("code").values_list("code", flat=True)[:3]
        )
        raise refuse(
            "pagu-tidak-cukup",
            f"Pagu {codes} tidak lagi cukup untuk usulan ini; tidak ada yang dijanjikan.",
            "Buat usulan baru dari sisa pagu sekarang.",
        )
    return sorted((code, amount) for _, code, amount in done)
