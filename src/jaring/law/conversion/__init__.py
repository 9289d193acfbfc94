"""Conversion: a sum of money turned into months of protection, each at the price of its own month.

For: how many months a donation, a remainder or a grant buys from a month on, and what is left over.
Never: gives part of a month, or more months than the sum pays for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import polars as pl

from jaring.law import columns
from jaring.law.conversion.rule import tests
from jaring.law.dated import Law
from jaring.law.price import SUMS, TEXTS, alike
from jaring.law.settings import LocalSetting
from jaring.law.spans import NOTHING, added, at, each_kind, spread, stretches
from jaring.law.steps import first, once

#: What ``months`` reads: a case to price from ``month`` on, and the sum to spend on it.
INPUTS: dict[str, pl.DataType] = {**columns.PRICE, "amount_idr": pl.Int64()}


def months(frame: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """How many months in a row from ``month`` on the sum buys; row order kept.

    In: the columns of ``price.monthly`` and ``amount_idr``. Adds ``months``, ``last_month`` (null
    when none), ``spent_idr``, ``left_idr``, the sums by programme and texts of the months bought,
    and ``price_reason``. Stops before the first month that the rest cannot pay or the law cannot price.
    """
    law = Law(settings)
    return once(frame, INPUTS, lambda cases: each_kind(cases, partial(_bought, law)), partial(alike, law))


def _bought(law: Law, cases: pl.DataFrame, kind: str) -> pl.DataFrame:
    refused = cases.select(first(tests(law))).to_series()
    rows = refused.is_null().arg_true()
    possible = cases if len(rows) == cases.height else cases[rows]
    spend = possible.with_columns(months=pl.lit(None, pl.Int64()))
    state = possible.select(left="amount_idr", bought=pl.lit(0, pl.Int64()), going=pl.lit(True))
    total: pl.DataFrame | None = None
    for one in stretches(spend, kind, law):
        whole = spread(one, possible.height)
        if total is None:
            # A case that its first month cannot price, or prices at nothing, buys no months at all.
            free = pl.when(pl.col("iuran_idr") == 0).then(pl.lit("harga-nol"))
            whole = whole.with_columns(price_reason=pl.coalesce("price_reason", free))
            state = state.with_columns(whole.select(going=pl.col("price_reason").is_null()))
            total = added(None, whole, pl.zeros(possible.height, pl.Int64(), eager=True))
        state = _spent(state, whole)
        total = added(total, whole, state.get_column("take"))
        if not state.get_column("going").any():
            break
    found = total if total is not None else NOTHING
    made = at(rows, found.hstack(state.select(months="bought", left_idr="left")), cases.height)
    return _told(made.with_columns(cases.get_column("month")), refused)


def _spent(state: pl.DataFrame, price: pl.DataFrame) -> pl.DataFrame:
    """``state`` after this stretch: as many of its months as the rest pays are taken from the sum."""
    state = state.drop("take", strict=False).hstack(price.select(cost="iuran_idr", length="length"))
    affordable = pl.when(pl.col("going") & (pl.col("cost") > 0)).then(pl.col("left") // pl.col("cost"))
    state = state.with_columns(take=pl.when(affordable > 0).then(pl.min_horizontal(affordable, "length")))
    return state.with_columns(
        left=pl.col("left") - (pl.col("cost") * pl.col("take")).fill_null(0),
        bought=pl.col("bought") + pl.col("take").fill_null(0),
        going=(pl.col("take") == pl.col("length")).fill_null(False),
    ).drop("cost", "length")


def _told(made: pl.DataFrame, refused: pl.Series) -> pl.DataFrame:
    count, month = pl.col("months"), pl.col("month").dt.truncate("1mo")
    last = pl.when(count > 0).then(month.dt.offset_by(pl.format("{}mo", count - 1)))
    told = made.with_columns(price_reason=pl.coalesce("price_reason", refused), last_month=last)
    stands = pl.col("price_reason").is_null()
    kept = [pl.when(stands).then(pl.col(name)).alias(name) for name in (*SUMS, *TEXTS, "months", "left_idr")]
    return told.with_columns(kept).with_columns(spent_idr="iuran_idr").drop("month")
