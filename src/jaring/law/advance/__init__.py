"""Advance: several months paid at once, each at the price of its own month.

For: what a payment over a span of months is, by programme, in whole rupiah.
Never: prices a span as its first month times its length; a discount ends inside a span.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import polars as pl

from jaring.law import columns
from jaring.law.advance.rule import steps, tests
from jaring.law.dated import Law
from jaring.law.price import SUMS, TEXTS, alike
from jaring.law.settings import LocalSetting
from jaring.law.spans import NOTHING, added, at, each_kind, spread, stretches
from jaring.law.steps import first, noted, once, run

#: What ``payment`` reads: a case to price from ``month`` on, and for how many months.
INPUTS: dict[str, pl.DataType] = {**columns.PRICE, "months": pl.Int64()}


def payment(frame: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """The price of ``months`` months from ``month`` on: the sum of the price of each; row order kept.

    In: the columns of ``price.monthly`` and ``months``. Adds the sums, texts and ``price_reason`` of
    ``price.monthly`` for the whole span, ``last_month``, and ``advance_warnings`` about the span
    itself. Priced by stretches of unchanged law: a year costs as many prices as it has laws.
    """
    law = Law(settings)
    return once(frame, INPUTS, lambda cases: each_kind(cases, partial(_paid, law)), partial(alike, law))


def _paid(law: Law, cases: pl.DataFrame, kind: str) -> pl.DataFrame:
    refused = cases.select(first(tests(law))).to_series()
    rows = refused.is_null().arg_true()
    possible = cases if len(rows) == cases.height else cases[rows]
    total: pl.DataFrame | None = None
    for one in stretches(possible, kind, law):
        whole = spread(one, possible.height)
        total = added(total, whole, whole.get_column("length"))
    rule = steps(law)
    own = noted(run(possible, rule), rule, law, "advance_").select("last_month", "advance_warnings")
    found = (total if total is not None else NOTHING).hstack(own)
    made = at(rows, found, cases.height).with_columns(price_reason=pl.coalesce("price_reason", refused))
    stands = pl.col("price_reason").is_null()
    return made.with_columns(pl.when(stands).then(pl.col(name)).alias(name) for name in (*SUMS, *TEXTS))
