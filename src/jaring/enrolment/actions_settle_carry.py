"""A signed settlement carried out: months, funds, debt and bill; what nobody pays is told to be chased."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from django.db import connection
from django.utils import timezone

from jaring.enrolment import actions_bill, billsaid
from jaring.enrolment.actions_told import tell_of_bill
from jaring.enrolment.holding import held
from jaring.enrolment.models import Bill, Settlement
from jaring.enrolment.settling import Plan
from jaring.facts.reason import refuse
from jaring.funding import actions_after as funds
from jaring.tables.frames import read

#: The reason of a month that both sides hold not owed.
NOT_OWED = "disepakati-tidak-terutang"
LOWERED = "disepakati-lebih-rendah"


def carry_out(settlement: Settlement, found: Plan | None, *, document: str, by: str) -> dict[str, int]:
    """Within the transaction of ``sign``: how many months were recognised, lowered, released."""
    if found is None:
        raise ValueError("only what was agreed is carried out")
    bill = Bill.objects.select_for_update().get(pk=settlement.bill_id)
    before = actions_bill.by_fund([bill]).get(bill.pk, {}) if bill.state == "changed" else {}
    fresh = bill.state == "different"
    counts = _months(bill, found, document=document, by=by)
    bill.agreed_people, bill.agreed_idr = found.people, found.agreed_idr
    bill.own_people, bill.recomputed_idr, bill.state = found.people, found.agreed_idr, "matched"
    bill.save(update_fields=["agreed_people", "agreed_idr", "own_people", "recomputed_idr", "state"])
    if fresh:
        actions_bill.months_billed([bill])
        actions_bill.post_bills([bill], by=by)
    else:
        _less(bill, before, settlement, document=document, by=by)
    _whole(bill)
    tell_of_bill(bill.pk, bill.number, bill.month, _chased(bill, found))
    return counts


def _months(bill: Bill, found: Plan, *, document: str, by: str) -> dict[str, int]:
    """First who is recognised, then what costs less, then who is not owed."""
    parts = {act: found.lines.filter(pl.col("act") == act) for act in ("recognise", "lower", "release")}
    counts = {"recognised": _moved(bill, parts["recognise"], _RECOGNISE)}
    dear = pl.concat([parts["recognise"], parts["lower"]]).filter(pl.col("agreed_idr") < pl.col("own_idr"))
    _give_back(bill, dear, reason=LOWERED, document=document, by=by)
    counts["lowered"] = _moved(bill, dear, _LOWER)
    _give_back(bill, parts["release"], reason=NOT_OWED, document=document, by=by)
    counts["released"] = _moved(bill, parts["release"], _RELEASE)
    wanted = {"recognised": parts["recognise"].height, "lowered": dear.height}
    if counts != wanted | {"released": parts["release"].height}:
        raise refuse(
            "keadaan-berubah", "Ada bulan-orang yang berubah; tidak ada yang dijalankan.", "Usulkan lagi."
        )
    return counts


_OF_BILL = """m.person_id = k.person_id AND m.month = %(month)s AND m.wadah = %(wadah)s
                AND m.source_kind = 'programme'"""
_RECOGNISE = f"""UPDATE enrolment_personmonth m SET state = 'enrolled', since = m.month, reason = ''
                FROM agreed_now k WHERE {_OF_BILL} AND m.state = 'decreed'"""  # noqa: S608  constants of this file
_LOWER = f"""UPDATE enrolment_personmonth m SET iuran_idr = k.agreed_idr
                FROM agreed_now k WHERE {_OF_BILL} AND m.state IN ('enrolled', 'billed', 'unpaid')"""  # noqa: S608
_RELEASE = f"""UPDATE enrolment_personmonth m SET state = 'stopped', reason = %(not_owed)s
                FROM agreed_now k WHERE {_OF_BILL} AND m.state IN ('enrolled', 'billed', 'unpaid')"""  # noqa: S608


def _moved(bill: Bill, lines: pl.DataFrame, command: str) -> int:
    if lines.is_empty():
        return 0
    told: dict[str, Any] = {"month": bill.month, "wadah": bill.wadah, "not_owed": NOT_OWED}
    with held("agreed_now", lines.select("person_id", "agreed_idr")), connection.cursor() as cursor:
        cursor.execute(command, told)
        return int(cursor.rowcount)


def _give_back(bill: Bill, lines: pl.DataFrame, *, reason: str, document: str, by: str) -> None:
    """What the months cost above the agreed sum returns to the fund that promised it."""
    if lines.is_empty():
        return
    with held("agreed_now", lines.select("person_id", "agreed_idr")):
        months = read(
            f"""SELECT m.person_id, m.fund_id, m.month, k.agreed_idr AS price_idr
                  FROM enrolment_personmonth m JOIN agreed_now k ON {_OF_BILL}
                 WHERE m.state IN ('enrolled', 'billed', 'unpaid') ORDER BY m.person_id""",  # noqa: S608
            {"month": bill.month, "wadah": bill.wadah},
        )
    funds.lower(months, reason=reason, document=document[:200], by=by)


def _less(bill: Bill, before: dict[str, int], settlement: Settlement, *, document: str, by: str) -> None:
    """The debt of a bill that fitted once is taken back as far as its months do not stand any more."""
    with connection.cursor() as cursor:
        # From here on the bill's debt is again the sum of the months that name it.
        cursor.execute(
            """UPDATE enrolment_personmonth SET bill_id = NULL
                WHERE month = %s AND wadah = %s AND bill_id = %s AND state IN ('stopped', 'replaced')""",
            [bill.month, bill.wadah, bill.pk],
        )
    after = actions_bill.by_fund([bill]).get(bill.pk, {})
    less = {code: amount - after.get(code, 0) for code, amount in before.items()}
    less = {code: amount for code, amount in less.items() if amount}
    if less:
        funds.correct_bill(
            less,
            key=f"{bill.number}:{settlement.pk}",
            date=timezone.localdate(),
            document=document[:200],
            memo=f"Tagihan {bill.number} menurut kesepakatan"[:300],
            by=by,
        )


def _whole(bill: Bill) -> None:
    """Refused unless the months on the bill come to what was signed for."""
    found = read(
        """SELECT count(*) AS people, coalesce(sum(iuran_idr), 0)::bigint AS idr FROM enrolment_personmonth
            WHERE month = %s AND wadah = %s AND bill_id = %s AND state IN ('billed', 'unpaid')""",
        [bill.month, bill.wadah, bill.pk],
    )
    if found.row(0) != (bill.agreed_people, bill.agreed_idr):
        raise refuse(
            "keadaan-berubah",
            f"Bulan-orang tagihan {bill.number} tidak sama dengan kesepakatannya; tidak ada yang dijalankan.",
            "Tarik usulan ini, lalu usulkan yang baru.",
        )


def _chased(bill: Bill, found: Plan) -> Sequence[tuple[str, int | None, int, str]]:
    """What the insurer bills and nobody pays, line by line: to be chased until somebody closes it."""
    if found.chased.height:
        return billsaid.of_lines(found.chased.rename({"billed_idr": "amount_idr"}))
    return list(_rest(bill))


def _rest(bill: Bill) -> Iterator[tuple[str, int | None, int, str]]:
    if bill.billed_idr > (bill.agreed_idr or 0):
        yield from billsaid.named(bill, adds_up=True)
