"""From decisions to candidates: which lawful source would pay how much for each eligible worker. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.facts.month import Month
from jaring.law import funding as law_funding
from jaring.law import precedence, price
from jaring.law.settings import LocalSetting

#: The line is cut into as many equal parts; a month of someone in the first weighs the first number.
#: Only the optimum reads it: so it does not leave those who come first for those who cost less.
WEIGHTS = (3, 2, 1)

CANDIDATES = {
    "person_id": pl.Int64(),
    "desa_code": pl.String(),
    "rank": pl.Int64(),
    "weight": pl.Int64(),
    "already_source": pl.String(),
    "reason": pl.String(),
    "source": pl.String(),
    "segment": pl.String(),
    "kind": pl.String(),
    "programmes": pl.String(),
    "base_idr": pl.Int64(),
    "prices_idr": pl.List(pl.Int64),
}
_CASE = ("kind", "programmes", "source", "sector", "income_idr", "wage_idr", "risk_class")


def build(
    workers: pl.DataFrame,
    *,
    month: Month,
    order: Sequence[str],
    until: Month | None = None,
    settings: Sequence[LocalSetting] = (),
) -> pl.DataFrame:
    """The long frame of the waterfall (columns ``CANDIDATES``) from the decisions of one month.

    ``workers``: the worker frame with ``eligible``; only the eligible become candidates. A column
    ``already_source``, where there is one, names another payer of this month; a column ``paused`` says
    whom somebody holds back, ``unidentified`` whom the insurer cannot enrol yet: they keep their rank, no
    source is offered. ``prices_idr`` runs from ``month`` to ``until`` (December when not given), each
    month by the law in force then.
    """
    eligible = workers.filter(pl.col("eligible")).with_columns(month=pl.lit(month.first))
    if eligible.is_empty():
        return pl.DataFrame(schema=CANDIDATES)
    people = _people(eligible, settings)
    cases = [_lawful(eligible, source, settings) for source in order]
    offers = pl.concat([case for case in cases if case.height] or [cases[0]])
    held_back = _said(eligible, "paused")
    unidentified = _said(eligible, "unidentified").join(held_back, on="person_id", how="anti")
    for some in (held_back, unidentified):
        offers = offers.join(some, on="person_id", how="anti")
    prices = _prices(offers.select(_CASE).unique(), month.until(until or Month(month.year, 12)), settings)
    priced = offers.join(prices, on=list(_CASE), nulls_equal=True)
    unpriced = priced.filter(pl.col("prices_idr").is_null()).select("person_id").unique()
    given = priced.filter(pl.col("prices_idr").is_not_null())
    whys = ((unpriced, "tanpa-harga"), (held_back, "ditahan"), (unidentified, "identitas-kurang"))
    told = pl.concat([who.with_columns(reason=pl.lit(why)) for who, why in whys])
    without = people.join(given.select("person_id").unique(), on="person_id", how="anti").join(
        told, on="person_id", how="left"
    )
    return pl.concat(
        [
            people.join(given, on="person_id").with_columns(
                reason=pl.lit(None, dtype=pl.String),
                base_idr=pl.when(pl.col("kind") == "pu").then("wage_idr").otherwise("income_idr"),
            ),
            without,
        ],
        how="diagonal_relaxed",
    ).select(pl.col(name).cast(kind) for name, kind in CANDIDATES.items())


def _said(eligible: pl.DataFrame, column: str) -> pl.DataFrame:
    """Of whom the frame says so, when it has the column: ``person_id``."""
    if column not in eligible.columns:
        return eligible.select("person_id").clear()
    return eligible.filter(pl.col(column).fill_null(False)).select("person_id").unique()


def _people(eligible: pl.DataFrame, settings: Sequence[LocalSetting]) -> pl.DataFrame:
    ranks = precedence.rank(eligible, settings).select("person_id", "rank")
    parts = len(WEIGHTS)
    part = ((pl.col("rank").rank("ordinal") - 1).cast(pl.Int64) * parts) // pl.len()
    already = pl.col("already_source") if "already_source" in eligible.columns else pl.lit(None, pl.String())
    return (
        eligible.select("person_id", "desa_code", already.alias("already_source"))
        .join(ranks, on="person_id")
        .with_columns(weight=part.replace_strict(dict(enumerate(WEIGHTS)), return_dtype=pl.Int64))
    )


def _lawful(eligible: pl.DataFrame, source: str, settings: Sequence[LocalSetting]) -> pl.DataFrame:
    """Those whom the source may pay, with the case that it would pay."""
    return (
        law_funding.lawful(eligible, source, settings)
        .filter(pl.col("allowed"))
        .select("person_id", "segment", *_CASE)
    )


def _prices(cases: pl.DataFrame, months: Sequence[Month], settings: Sequence[LocalSetting]) -> pl.DataFrame:
    """Each distinct case with its price of every month; null where a month has none."""
    spread = (
        cases.join(pl.DataFrame({"month": [one.first for one in months]}), how="cross")
        .pipe(price.monthly, settings)
        .sort("month")
    )
    listed = spread.group_by(_CASE, maintain_order=True).agg(
        prices_idr=pl.col("iuran_idr"), whole=pl.col("iuran_idr").is_not_null().all()
    )
    return listed.select(*_CASE, pl.when("whole").then("prices_idr").alias("prices_idr"))
