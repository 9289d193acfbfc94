"""Spans of months: cut where the law changes, so that a year costs as many prices as it has laws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import polars as pl

from jaring.facts.month import Month
from jaring.law.dated import Law
from jaring.law.distinct import distinct
from jaring.law.price import SUMS, TEXTS, keys, priced
from jaring.law.price.rule import MONTHLY
from jaring.law.steps import SEPARATOR

#: No span reaches beyond; the calendar of months ends here.
LAST = Month(2200, 12)
#: What a price of no cases at all looks like.
NOTHING = pl.DataFrame(
    schema=dict.fromkeys(SUMS, pl.Int64()) | dict.fromkeys((*TEXTS, "price_reason"), pl.String())
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The cases that reach the n-th stretch of unchanged law: which rows they are, how many months it
    has for each, and their price of one month in it (``SUMS``, ``TEXTS``, ``price_reason``)."""

    rows: pl.Series
    months: pl.Series
    price: pl.DataFrame


def parts(turns: Collection[Month], since: dt.date, months: int | None) -> list[tuple[dt.date, int]]:
    """The span from ``since`` as stretches under one law: the first month of each and its length.

    ``turns``: the months that begin a new law. ``months`` None: to the end of the calendar.
    """
    start = Month.of(since)
    end = start + months if months is not None else LAST
    firsts = sorted({start, *(turn for turn in turns if start < turn < end)})
    return [
        (one.first, after.ordinal - one.ordinal)
        for one, after in zip(firsts, [*firsts[1:], end], strict=True)
    ]


def each_kind(cases: pl.DataFrame, apply: Callable[[pl.DataFrame, str], pl.DataFrame]) -> pl.DataFrame:
    """``apply`` run on the cases of each kind by themselves: what changes for one leaves the other whole."""
    groups = cases.with_row_index("row").partition_by("kind", maintain_order=True)
    made = [
        apply(group.drop("row"), group.get_column("kind")[0] or "").hstack([group.get_column("row")])
        for group in groups
    ]
    if len(made) == 1:
        return made[0].drop("row")
    return pl.concat(made).sort("row").drop("row") if made else apply(cases, "")


def stretches(cases: pl.DataFrame, kind: str, law: Law) -> Iterator[Stretch]:
    """Each stretch in turn, with the cases that have one so late; a case's first stretch comes first.

    ``cases`` are of one kind, with every column of ``columns.PRICE`` and ``months`` (null: without
    end). Ask only as many as are needed: the next is priced when it is asked for.
    """
    spans = cases.select("month", "months")
    rows, place = distinct(spans)
    # A change inside a month acts from the next one: a month has the law of its first day.
    turns = {Month.of(day) + int(day.day > 1) for day in law.changes(keys(kind, law))}
    cut = [parts(turns, since, months) for since, months in spans[rows].iter_rows()]
    longest = max(map(len, cut), default=0)
    for n in range(longest):
        held = [one[n] if n < len(one) else (None, None) for one in cut]
        table = pl.DataFrame(held, schema={"month": pl.Date(), "length": pl.Int64()}, orient="row")
        now = table[place]
        here = now.get_column("length").is_not_null().arg_true()
        now = now if len(here) == cases.height else now[here]
        part = cases if len(here) == cases.height else cases[here]
        price = priced(part.with_columns(now.get_column("month")), law, MONTHLY)
        yield Stretch(here, now.get_column("length"), price)


def spread(stretch: Stretch, height: int) -> pl.DataFrame:
    """The stretch's price and ``length`` for all cases: null where a case does not reach it."""
    return at(stretch.rows, stretch.price.with_columns(stretch.months.alias("length")), height)


def at(rows: pl.Series, made: pl.DataFrame, height: int) -> pl.DataFrame:
    """``made`` put at ``rows`` of a frame of ``height`` rows; the other rows are null."""
    if len(rows) == height:
        return made
    numbered = pl.DataFrame({"row": rows.cast(pl.Int64())}).hstack(made)
    every = pl.DataFrame({"row": pl.int_range(height, eager=True)})
    return every.join(numbered, on="row", how="left", maintain_order="left").drop("row")


def added(total: pl.DataFrame | None, more: pl.DataFrame, times: pl.Series) -> pl.DataFrame:
    """``total`` with ``times`` months of ``more``: sums added, texts united, the first refusal kept.

    Where ``times`` is null or a sum is, the month is not there to be added.
    """
    counted = times.alias("times")
    new = more.with_columns(counted).with_columns(pl.col(name) * pl.col("times") for name in SUMS)
    if total is None:
        return new.select(*SUMS, *TEXTS, "price_reason")
    both = total.hstack(new.select(pl.all().name.suffix("_new")))
    acts = pl.col("times_new").is_not_null()
    return both.select(
        *(
            pl.when(acts).then(pl.col(name) + pl.col(f"{name}_new")).otherwise(name).alias(name)
            for name in SUMS
        ),
        *(pl.when(acts).then(_united(both, name)).otherwise(name).alias(name) for name in TEXTS),
        pl.coalesce("price_reason", pl.when(acts).then("price_reason_new")),
    )


def _united(both: pl.DataFrame, name: str) -> pl.Series:
    """Two columns of texts in one, each part once. Few pairs differ: each is united once."""
    pairs = both.select(name, f"{name}_new")
    rows, place = distinct(pairs)
    texts = [
        SEPARATOR.join(dict.fromkeys(part for text in pair if text for part in text.split(SEPARATOR)))
        for pair in pairs[rows].iter_rows()
    ]
    return pl.Series(name, texts, dtype=pl.String()).gather(place)
