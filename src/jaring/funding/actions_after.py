"""What happens to committed money: bills, payments, restitution, and months that fall free.

Each is known by the key of its paper (bill number, SP2D, mutation), so that a repeat changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.facts.reason import refuse
from jaring.funding.models import Fund
from jaring.journal.actions import record
from jaring.ledger import events
from jaring.ledger.actions import Draft, post, post_all
from jaring.ledger.models import Entry

Amounts = Mapping[str, int]
Event = Callable[[str, int], list[events.Line]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A bill or an SP2D: its own number, what it takes from each fund by code, what stands behind it."""

    key: str
    amounts: Amounts
    date: dt.date
    document: str
    memo: str


@transaction.atomic
def receive_bill(amounts: Amounts, *, key: str, date: dt.date, document: str, memo: str, by: str) -> Entry:
    """The insurer's bill, split by fund code: an expense and a debt. ``key``: the bill's own number."""
    return receive_bills([Paper(key, amounts, date, document, memo)], by=by)[0]


@transaction.atomic
def receive_bills(papers: Sequence[Paper], *, by: str) -> list[Entry]:
    """As ``receive_bill``, several at once: all of them or none."""
    return [entry for entry, _ in _post_each("tagihan", events.billed, papers, by=by)]


@transaction.atomic
def correct_bill(amounts: Amounts, *, key: str, date: dt.date, document: str, memo: str, by: str) -> Entry:
    """Part of a bill withdrawn before it was paid."""
    return _post_each("koreksi", events.bill_corrected, [Paper(key, amounts, date, document, memo)], by=by)[
        0
    ][0]


@transaction.atomic
def pay(amounts: Amounts, *, key: str, date: dt.date, document: str, memo: str, by: str) -> Entry:
    """An SP2D: the debt is paid and ``spent_idr`` grows, never beyond what is committed."""
    return pay_each([Paper(key, amounts, date, document, memo)], by=by)[0]


@transaction.atomic
def pay_each(papers: Sequence[Paper], *, by: str) -> list[Entry]:
    """As ``pay``, several SP2D at once: all of them or none."""
    _lock({code for paper in papers for code in paper.amounts})
    posted = _post_each("sp2d", events.paid, papers, by=by)
    spent: Counter[str] = Counter()
    for paper, (_, new) in zip(papers, posted, strict=True):
        if new:
            spent.update(paper.amounts)
    if spent:
        _move(
            spent,
            "spent_idr = f.spent_idr + w.amount",
            "f.spent_idr + w.amount <= f.committed_idr",
            "bayar-melebihi-komitmen",
            "Pembayaran melebihi yang sudah dijanjikan dana",
        )
    return [entry for entry, _ in posted]


@transaction.atomic
def restitution_owed(
    amounts: Amounts, *, key: str, date: dt.date, document: str, memo: str, by: str
) -> Entry:
    """Too much was paid: the insurer owes it back."""
    return _post_each(
        "restitusi", events.restitution_owed, [Paper(key, amounts, date, document, memo)], by=by
    )[0][0]


@transaction.atomic
def restitution_received(
    amounts: Amounts, *, key: str, date: dt.date, document: str, memo: str, by: str
) -> Entry:
    """The money is back: no longer spent, still committed. ``release`` frees the months of who left."""
    _lock(amounts)
    paper = Paper(key, amounts, date, document, memo)
    [(entry, new)] = _post_each("kembali", events.restitution_received, [paper], by=by)
    if new:
        _move(
            amounts,
            "spent_idr = f.spent_idr - w.amount",
            "f.spent_idr - w.amount >= 0",
            "kembali-melebihi-bayar",
            "Pengembalian melebihi yang pernah dibayar dari dana",
        )
    return entry


_RELEASED = {"person_id": pl.Int64(), "from_month": pl.Date(), "fund": pl.String(), "amount_idr": pl.Int64()}


#: Cuts the awards of who leaves and keeps what was cut off; %s: people, months, reason, document, by.
_LEAVE = """WITH leaving AS (
     SELECT a.id, a.fund_id, a.person_id, a.month_from, w.from_month, a.prices_idr, a.total_idr,
            greatest(0, (extract(year FROM age(w.from_month, a.month_from)) * 12
              + extract(month FROM age(w.from_month, a.month_from)))::int) AS kept
     FROM funding_award a JOIN unnest(%s::bigint[], %s::date[]) w(person_id, from_month)
     ON w.person_id = a.person_id
     WHERE a.state = 'active' AND a.month_to >= w.from_month
     FOR UPDATE OF a),
   priced AS (
     SELECT *, (SELECT coalesce(sum(p), 0) FROM unnest(prices_idr[1:kept]) p)::bigint AS left_idr
     FROM leaving),
   changed AS (
     UPDATE funding_award a SET
       state = CASE WHEN p.kept = 0 THEN 'stopped' ELSE 'active' END,
       month_to = CASE WHEN p.kept = 0 THEN a.month_to
      ELSE (p.from_month - interval '1 month')::date END,
       prices_idr = a.prices_idr[1:p.kept],
       total_idr = p.left_idr
     FROM priced p WHERE a.id = p.id)
   INSERT INTO funding_release (award_id, from_month, amount_idr, reason, document, by, at)
     SELECT id, greatest(from_month, month_from), total_idr - left_idr, %s, %s, %s, now()
     FROM priced WHERE total_idr > left_idr
   RETURNING award_id, from_month, amount_idr, id"""


#: Cuts the months before the start off the awards of who begins later, and keeps what was cut off;
#: %s: people, first months, starts, reason, document, by.
_BEGIN_LATER = """WITH late AS (
     SELECT a.id, a.month_from, a.month_to, w.started, a.prices_idr, a.total_idr,
            least(cardinality(a.prices_idr), (extract(year FROM age(w.started, a.month_from)) * 12
              + extract(month FROM age(w.started, a.month_from)))::int) AS cut
     FROM funding_award a
     JOIN unnest(%s::bigint[], %s::date[], %s::date[]) w(person_id, since, started)
     ON w.person_id = a.person_id
     WHERE a.state = 'active' AND a.month_from >= w.since AND a.month_from < w.started
     FOR UPDATE OF a),
   priced AS (
     SELECT *, (SELECT coalesce(sum(p), 0) FROM unnest(prices_idr[1:cut]) p)::bigint AS cut_idr FROM late),
   changed AS (
     UPDATE funding_award a SET
       state = CASE WHEN p.started > p.month_to THEN 'stopped' ELSE 'active' END,
       month_from = CASE WHEN p.started > p.month_to THEN a.month_from ELSE p.started END,
       prices_idr = a.prices_idr[p.cut + 1:],
       total_idr = p.total_idr - p.cut_idr
     FROM priced p WHERE a.id = p.id)
   INSERT INTO funding_release (award_id, from_month, amount_idr, reason, document, by, at)
     SELECT id, month_from, cut_idr, %s, %s, %s, now() FROM priced WHERE cut_idr > 0
   RETURNING award_id, from_month, amount_idr, id"""


#: Lowers the price of one month of each award and keeps what was cut off; %s: people, funds, months,
#: prices, reason, document, by.
_LOWER = """WITH lower AS (
     SELECT a.id, w.month, w.price, a.prices_idr[n.nth] - w.price AS cut_idr, n.nth
     FROM funding_award a
     JOIN unnest(%s::bigint[], %s::bigint[], %s::date[], %s::bigint[]) w(person_id, fund_id, month, price)
     ON w.person_id = a.person_id AND w.fund_id = a.fund_id
     CROSS JOIN LATERAL (SELECT (1 + extract(year FROM age(w.month, a.month_from)) * 12
       + extract(month FROM age(w.month, a.month_from)))::int AS nth) n
     WHERE a.state = 'active' AND w.month BETWEEN a.month_from AND a.month_to
       AND a.prices_idr[n.nth] > w.price
     FOR UPDATE OF a),
   changed AS (
     UPDATE funding_award a SET prices_idr[l.nth] = l.price, total_idr = a.total_idr - l.cut_idr
     FROM lower l WHERE a.id = l.id)
   INSERT INTO funding_release (award_id, from_month, amount_idr, reason, document, by, at)
     SELECT id, month, cut_idr, %s, %s, %s, now() FROM lower
   RETURNING award_id, from_month, amount_idr, id"""


@transaction.atomic
def lower(months: pl.DataFrame, *, reason: str, document: str, by: str) -> pl.DataFrame:
    """Give back what single months cost more than ``price_idr`` (0: all of it); the months after them stay.

    ``months``: ``person_id, fund_id, month, price_idr``, one month a person. Returns what fell free, as
    ``release`` does. A price is never raised, so a repeat gives an empty frame.
    """
    who = [months[name].to_list() for name in ("person_id", "fund_id", "month", "price_idr")]
    return _cut(_LOWER, who[0], who, reason=reason, document=document, by=by)


@transaction.atomic
def begin_later(late: pl.DataFrame, *, reason: str, document: str, by: str) -> pl.DataFrame:
    """Give back the months before ``started`` of awards that begin at ``since`` or after it.

    ``late``: ``person_id, since, started``, whom the insurer took from a later month than was asked.
    Returns what fell free, as ``release`` does; a repeat gives an empty frame.
    """
    who = [late[name].to_list() for name in ("person_id", "since", "started")]
    return _cut(_BEGIN_LATER, late["person_id"].to_list(), who, reason=reason, document=document, by=by)


@transaction.atomic
def release(leavers: pl.DataFrame, *, reason: str, document: str, by: str) -> pl.DataFrame:
    """Give back the months from ``from_month`` on (columns ``person_id, from_month``) to their funds.

    Returns what fell free: ``person_id, from_month, fund, amount_idr``. Those without an active award
    beyond that month are not in it, so a repeat gives an empty frame. A month that was paid already is
    given back here too; the insurer owes it (``restitution_owed``) and until it is back the fund holds
    that much less. Never below what was spent.
    """
    if leavers.is_empty():
        return pl.DataFrame(schema=_RELEASED)
    if leavers["person_id"].is_duplicated().any():
        raise ValueError("a person leaves once")
    who = [leavers["person_id"].to_list(), leavers["from_month"].to_list()]
    return _cut(_LEAVE, who[0], who, reason=reason, document=document, by=by)


def _cut(
    command: str, people: list[int], who: list[list[Any]], *, reason: str, document: str, by: str
) -> pl.DataFrame:
    """Run one of the commands above, and give its money back: funds, ledger, journal."""
    with connection.cursor() as cursor:
        # Funds first, then awards: the order of locks of every writer.
        cursor.execute(
            """SELECT id FROM funding_fund WHERE id IN (
                 SELECT fund_id FROM funding_award WHERE state = 'active' AND person_id = ANY(%s))
               ORDER BY id FOR UPDATE""",
            [people],
        )
        cursor.execute(command, [*who, reason, document, by])
        rows = cursor.fetchall()
        if not rows:
            return pl.DataFrame(schema=_RELEASED)
        cursor.execute(
            """SELECT a.id, a.person_id, f.code FROM funding_award a JOIN funding_fund f ON f.id = a.fund_id
               WHERE a.id = ANY(%s)""",
            [[row[0] for row in rows]],
        )
        owner = {award: (person, code) for award, person, code in cursor.fetchall()}
    freed = pl.DataFrame(
        [(owner[award][0], since, owner[award][1], amount) for award, since, amount, _ in rows],
        schema=_RELEASED,
        orient="row",
    ).sort("person_id")
    _give_back(freed, rows, document=document, reason=reason, by=by)
    return freed


def _give_back(
    freed: pl.DataFrame, rows: list[tuple[int, dt.date, int, int]], *, document: str, reason: str, by: str
) -> None:
    amounts = dict(freed.group_by("fund").agg(pl.col("amount_idr").sum()).sort("fund").iter_rows())
    _move(
        amounts,
        "committed_idr = f.committed_idr - w.amount",
        "f.committed_idr - w.amount >= f.spent_idr",
        "bulan-sudah-dibayar",
        "Bulan yang dilepas sudah dibayar dari dana",
    )
    lines = [line for fund, amount in amounts.items() for line in events.released(fund, amount)]
    key = f"lepas:{min(row[3] for row in rows)}-{max(row[3] for row in rows)}"
    memo = f"Dilepas: {freed.height} orang ({reason})"
    post(key, timezone.localdate(), memo, document, lines, by=by)
    record(
        "funding.release",
        document or reason,
        by=by,
        people=freed.height,
        amount_idr=int(freed["amount_idr"].sum()),
        reason=reason,
    )


def _post_each(prefix: str, event: Event, papers: Sequence[Paper], *, by: str) -> list[tuple[Entry, bool]]:
    drafts = [
        Draft(
            f"{prefix}:{paper.key}",
            paper.date,
            paper.memo,
            paper.document,
            tuple(line for fund in sorted(paper.amounts) for line in event(fund, paper.amounts[fund])),
        )
        for paper in papers
    ]
    return post_all(drafts, by=by)


def _lock(codes: Collection[str]) -> None:
    list(Fund.objects.select_for_update().filter(code__in=list(codes)).order_by("id").values_list("id"))


def _move(amounts: Amounts, change: str, condition: str, code: str, sentence: str) -> None:
    """One conditional UPDATE over the funds; refused as a whole when one of them does not allow it."""
    with connection.cursor() as cursor:
        # `change` and `condition` are constants of this file; amounts are bound.
        cursor.execute(
            f"""UPDATE funding_fund f SET {change}
                FROM unnest(%s::text[], %s::bigint[]) AS w(code, amount)
                WHERE f.code = w.code AND {condition} RETURNING f.code""",  # noqa: S608
            [list(amounts), list(amounts.values())],
        )
        done = {row[0] for row in cursor.fetchall()}
    short = sorted(set(amounts) - done)
    if short:
        raise refuse(code, f"{sentence} {short[0]}.", "Periksa tagihan, pembayaran, dan mutasinya.")
