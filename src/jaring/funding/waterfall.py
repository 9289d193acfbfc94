"""The waterfall: who is first, from which fund, until the money is gone. Frames in, frames out.

Candidates come long, one row per person and lawful source (a person without any has one row with
``source`` null):

    person_id i64 · desa_code str|null · rank i64 (lower is first) · weight i64 (optional)
    already_source str|null (another payer pays this month) · source str|null
    reason str|null (optional: why there is no source)
    segment str · kind, programmes str · base_idr i64 (the last three optional: on which terms it pays)
    prices_idr list[i64]|null (price of each month, the first being the month of the run)

Funds: ``fund str (code) · source · desa_code|null (only this desa) · segments list[str] (empty = all) ·
available_idr i64 · month_from Date · month_to Date``.

A fund takes part when the run's month lies within its window, and pays from that month to its last:
the whole window or nothing. Sources go in the order given; within one source a fund bound to a desa
or to segments goes before a general one, so that the widest money is left for those who have no
other. Inside a fund people go by rank. Where the money left does not pay for the next in line, it
goes to the first after them whom it does pay for; the one passed over keeps the rank and is told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from jaring.facts.month import Month

AWARDS = {
    "person_id": pl.Int64(),
    "fund": pl.String(),
    "source": pl.String(),
    "desa_code": pl.String(),
    "segment": pl.String(),
    "kind": pl.String(),
    "programmes": pl.String(),
    "base_idr": pl.Int64(),
    "month_from": pl.Date(),
    "month_to": pl.Date(),
    "months": pl.Int64(),
    "price_idr_month": pl.Int64(),
    "prices_idr": pl.List(pl.Int64),
    "total_idr": pl.Int64(),
    "rank": pl.Int64(),
}
WAITING = {
    "person_id": pl.Int64(),
    "rank": pl.Int64(),
    "reason": pl.String(),
    "source": pl.String(),
    "fund": pl.String(),
}


@dataclass(frozen=True)
class Round:
    """One run made ready: the people in line, what is lawful for them, and the funds that are open."""

    order: tuple[str, ...]
    people: pl.DataFrame
    offers: pl.DataFrame
    prices: pl.DataFrame
    windows: pl.DataFrame

    def weighted(self, awards: pl.DataFrame) -> int:
        """Person-months of the awards, each times its person's weight."""
        joined = awards.select("person_id", "months").join(
            self.people.select("person_id", "weight"), on="person_id"
        )
        return int((joined["months"] * joined["weight"]).sum())


def prepare(
    candidates: pl.DataFrame,
    funds: pl.DataFrame,
    *,
    month: Month,
    order: Sequence[str],
    awarded: Collection[int] = (),
) -> Round:
    """Put people in line and funds in order. ``awarded``: persons whose award of an earlier run covers
    this month; they keep it and stand in no line."""
    people = line(candidates, awarded)
    offers, prices = offers_of(candidates, people)
    return Round(tuple(order), people, offers, prices, layers(funds, month=month, order=order))


def allocate(
    candidates: pl.DataFrame,
    funds: pl.DataFrame,
    *,
    month: Month,
    order: Sequence[str],
    awarded: Collection[int] = (),
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Awards and the waiting list (columns ``AWARDS`` and ``WAITING``), both by rank.

    ``rank`` of the answer is the place in line, 1 for the first.
    """
    return walk(prepare(candidates, funds, month=month, order=order, awarded=awarded))


def walk(run: Round) -> tuple[pl.DataFrame, pl.DataFrame]:
    """As ``allocate``, for a run that is ready."""
    taken = np.zeros(run.people.height + 1, dtype=bool)
    refused_by = np.full(run.people.height + 1, -1, dtype=np.int64)
    room = dict(run.windows.select("at", "available_idr").iter_rows())
    won: list[pl.DataFrame] = []
    for layer in run.windows.partition_by("layer", maintain_order=True):
        pool = pairs(_still(run.offers, taken), run.prices, layer)
        winners = fill(pool, room)
        taken[winners["rank"].to_numpy()] = True
        losers = _still(pool, taken)
        places = losers["rank"].to_numpy()
        first = refused_by[places] < 0
        refused_by[places[first]] = losers["at"].to_numpy()[first]
        won.append(winners)
    return awards_of(won, run), _waiting(run, taken, refused_by)


#: On which terms a source pays for a person; they travel from the candidate to the award.
TERMS = ("segment", "kind", "programmes", "base_idr")


def _still(frame: pl.DataFrame, taken: npt.NDArray[np.bool_]) -> pl.DataFrame:
    """The rows of those who have nothing yet."""
    return frame.filter(pl.Series(~taken[frame["rank"].to_numpy()], dtype=pl.Boolean))


def line(candidates: pl.DataFrame, awarded: Collection[int] = ()) -> pl.DataFrame:
    """One row per person in line order, with the place as ``rank``: lower given rank first, then id."""
    told = pl.col("reason") if "reason" in candidates.columns else pl.lit(None, dtype=pl.String)
    weight = pl.col("weight") if "weight" in candidates.columns else pl.lit(1, dtype=pl.Int64)
    people = candidates.select(*_PERSON, told.alias("reason"), weight.alias("weight")).unique()
    if people.height != candidates["person_id"].n_unique():
        raise ValueError("a candidate stands with two ranks, desa, payers, weights or reasons")
    if candidates.select("person_id", "source").n_unique() != candidates.height:
        raise ValueError("a candidate stands twice with the same source")
    if awarded:
        known = pl.DataFrame({"person_id": list(awarded)}, schema={"person_id": pl.Int64})
        people = people.join(known, on="person_id", how="anti")
    return (
        people.sort("rank", "person_id")
        .with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
        .select(*_PERSON, "reason", "weight")
    )


_PERSON = ["person_id", "rank", "desa_code", "already_source"]


def offers_of(candidates: pl.DataFrame, people: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The lawful (person, source) rows of those in line whom nobody else pays, and their price lists.

    Few price lists serve many people, so each gets a number: ``offer`` (a number too), ``rank, desa_code,
    source, price`` with the terms, and ``price, prices_idr``.
    """
    missing = [
        pl.lit(None, dtype=AWARDS[name]).alias(name) for name in TERMS if name not in candidates.columns
    ]
    lawful = candidates.filter(pl.col("source").is_not_null()).with_columns(missing)
    lists = lawful.select(pl.col("prices_idr").unique()).sort("prices_idr")
    priced = lists.select((pl.col("prices_idr").list.min() > 0).fill_null(False).all()).item()
    if not priced or lists.select(pl.col("prices_idr").list.explode(empty_as_null=True).null_count()).item():
        raise ValueError("a lawful source without a price above zero")
    prices = lists.with_columns(price=pl.int_range(pl.len(), dtype=pl.Int64))
    free = people.filter(pl.col("already_source").is_null()).select("person_id", "rank")
    offers = (
        lawful.join(free, on="person_id")
        .select(pl.col("rank_right").alias("rank"), "desa_code", "source", "prices_idr", *TERMS)
        .join(prices, on="prices_idr")
        .drop("prices_idr")
        .with_columns(offer=pl.int_range(pl.len(), dtype=pl.Int64))
    )
    return offers, prices


def layers(funds: pl.DataFrame, *, month: Month, order: Sequence[str]) -> pl.DataFrame:
    """The funds open in ``month``, in the order they are walked; those of one layer share nobody."""
    place = {source: number for number, source in enumerate(order)}
    return (
        funds.filter(
            pl.col("source").is_in(list(place))
            & (pl.col("month_from") <= month.first)
            & (pl.col("month_to") >= month.first)
        )
        .with_columns(
            step=pl.col("source").replace_strict(place, default=None, return_dtype=pl.Int64),
            general=pl.col("desa_code").is_null().cast(pl.Int64) * 2
            + (pl.col("segments").list.len() == 0).cast(pl.Int64),
            months=(
                (pl.col("month_to").dt.year() - month.year) * 12
                + pl.col("month_to").dt.month().cast(pl.Int32)
                - month.number
                + 1
            ).cast(pl.Int64),
        )
        .sort("step", "general", "fund")
        .with_columns(nth=pl.int_range(pl.len()).over("step", "general", "desa_code"))
        .sort("step", "general", "nth", "fund")
        .with_columns(
            layer=pl.struct("step", "general", "nth").rle_id(),
            month_from=pl.lit(month.first),
            at=pl.int_range(pl.len(), dtype=pl.Int64),
        )
        .select(*funds.columns, "months", "layer", "at")
    )


def pairs(offers: pl.DataFrame, prices: pl.DataFrame, funds: pl.DataFrame) -> pl.DataFrame:
    """Every (person, fund) that may be, with the price of the fund's whole window, by place.

    ``rank, at, offer, price, months, total_idr``. A price list that ends before a window does is the
    caller's mistake.
    """
    bound = funds.filter(pl.col("desa_code").is_not_null())
    wide = funds.filter(pl.col("desa_code").is_null())
    own = ["source", "segments", "months", "at"]
    parts = [offers.clear().join(wide.select(own), on="source")]
    if bound.height:
        parts.append(offers.join(bound.select("desa_code", *own), on=["source", "desa_code"]))
    if wide.height:
        parts.append(offers.join(wide.select(own), on="source"))
    seen = ["rank", "at", "offer", "price", "months", "segment", "segments"]
    found = pl.concat([part.select(seen) for part in parts])
    limited = pl.col("segments").list.len() > 0
    if found.select(limited.any()).item():
        found = found.filter(~limited | pl.col("segments").list.contains(pl.col("segment")))
    totals = (
        found.select("price", "months")
        .unique()
        .join(prices, on="price")
        .with_columns(span=pl.col("prices_idr").list.head(pl.col("months")))
    )
    if totals.filter(pl.col("span").list.len() < pl.col("months")).height:
        raise ValueError("a price list ends before the fund's last month")
    totals = totals.select("price", "months", total_idr=pl.col("span").list.sum())
    return found.drop("segment", "segments").join(totals, on=["price", "months"]).sort("rank", "at")


def fill(pool: pl.DataFrame, room: dict[int, int]) -> pl.DataFrame:
    """Who of the pool is paid: by place, skipping those who cost more than is left. Takes from ``room``.

    The running sum of each fund cuts its line at once; the few rounds that follow spend what is left
    on those behind the cut whom it still pays for.
    """
    won = []
    while pool.height:
        left = pl.DataFrame({"at": list(room), "left": list(room.values())}, schema=_ROOM)
        tried = (
            pool.join(left, on="at", how="left", maintain_order="left")
            .filter(pl.col("total_idr") <= pl.col("left"))
            .with_columns(fits=pl.col("total_idr").cum_sum().over("at") <= pl.col("left"))
        )
        winners = tried.filter("fits")
        if winners.is_empty():
            break
        won.append(winners.drop("left", "fits"))
        for at, spent in winners.group_by("at").agg(pl.col("total_idr").sum()).iter_rows():
            room[at] -= spent
        pool = tried.filter(~pl.col("fits")).drop("left", "fits")
    return pl.concat(won) if won else pool.clear()


_ROOM = {"at": pl.Int64(), "left": pl.Int64()}


def awards_of(won: list[pl.DataFrame], run: Round) -> pl.DataFrame:
    """The winning pairs as awards, by place."""
    chosen = pl.concat(won) if won else pl.DataFrame(schema=_PAIR)
    spans = run.windows.select("at", "fund", "source", "month_from", "month_to")
    return (
        chosen.join(spans, on="at")
        .join(run.people.select("rank", "person_id", "desa_code"), on="rank")
        .join(run.offers.select("offer", *TERMS), on="offer")
        .join(run.prices, on="price")
        .with_columns(pl.col("prices_idr").list.head(pl.col("months")))
        .with_columns(price_idr_month=pl.col("prices_idr").list.first())
        .select(*AWARDS)
        .sort("rank")
    )


_PAIR = {name: pl.Int64() for name in ("rank", "at", "offer", "price", "months", "total_idr")}


def _waiting(run: Round, taken: npt.NDArray[np.bool_], refused_by: npt.NDArray[np.int64]) -> pl.DataFrame:
    """Everyone who got nothing, with the reason; codes are explained in ``funding.reasons``."""
    place = {source: number for number, source in enumerate(run.order)}
    names = dict(enumerate([*run.order, ""]))
    wished = run.offers.group_by("rank").agg(
        pl.col("source").replace_strict(place, default=len(place), return_dtype=pl.Int64).min().alias("step")
    )
    full = run.windows.select(refused="at", full_source="source", full_fund="fund")
    return (
        run.people.with_columns(refused=pl.Series(refused_by[1:]))
        .filter(pl.Series(~taken[1:]))
        .join(wished, on="rank", how="left", maintain_order="left")
        .join(full, on="refused", how="left", maintain_order="left")
        .with_columns(first_source=pl.col("step").replace_strict(names, default=None, return_dtype=pl.String))
        .select(
            "person_id",
            "rank",
            reason=pl.when(pl.col("already_source").is_not_null())
            .then(pl.lit("sudah-dibayar"))
            .when(pl.col("first_source").is_null())
            .then(pl.col("reason").fill_null("tanpa-sumber"))
            .when(pl.col("refused") >= 0)
            .then(pl.lit("pagu-habis"))
            .otherwise(pl.lit("dana-tidak-terbuka")),
            source=pl.coalesce("already_source", "full_source", "first_source"),
            fund=pl.col("full_fund"),
        )
        .sort("rank")
    )
