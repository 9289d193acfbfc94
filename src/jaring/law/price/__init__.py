"""The price of a month: what one person's contribution is, for any number of people at once.

For: the contribution by programme in whole rupiah, with articles and warnings, or why there is none.
Never: decides whether someone may be paid for; that is ``eligibility`` and ``funding``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from jaring.law import columns
from jaring.law.dated import Law
from jaring.law.price.rule import KINDS, PROGRAMMES, has, tests
from jaring.law.settings import LocalSetting
from jaring.law.steps import Cite, Step, articles, first, once, run, warnings

SUMS = (*(f"{one}_idr" for one in PROGRAMMES), "iuran_idr")


def monthly(frame: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """One month's contribution of each row, employer and worker shares together; row order kept.

    In: ``month kind programmes source sector income_idr wage_idr risk_class`` (a column may be
    absent: null). Adds ``jkk_idr jkm_idr jht_idr jp_idr iuran_idr`` (0 for a programme not asked),
    ``price_articles`` and ``price_warnings`` (text, parted by "; "), ``price_reason`` (a code, and
    then all sums are null). Each distinct case is priced once.
    """
    law = Law(settings)
    return once(frame, columns.PRICE, lambda cases: _priced(cases, law))


def case(cases: pl.DataFrame, kind: str, law: Law) -> tuple[pl.DataFrame, list[Step]]:
    """Cases of one kind with every step as a column, and those steps: what ``explain`` shows."""
    testing, making = KINDS[kind]
    steps = [_where_asked(step) for rule in making for step in rule(law)]
    refused = first([*tests(law), *(test for rule in testing for test in rule(law))])
    found = run(cases, steps).with_columns(
        price_reason=refused, price_articles=articles(steps, law), price_warnings=warnings(steps, law)
    )
    sums = [_asked_sum(one, found.columns) for one in PROGRAMMES]
    total = pl.sum_horizontal((f"{one}_idr" for one in PROGRAMMES), ignore_nulls=False)
    without_tariff = pl.when(pl.col("iuran_idr").is_null()).then(pl.lit("belum-berlaku"))
    found = found.with_columns(sums).with_columns(iuran_idr=total)
    return found.with_columns(price_reason=pl.coalesce("price_reason", without_tariff)), steps


def _priced(cases: pl.DataFrame, law: Law) -> pl.DataFrame:
    inputs = cases.columns
    known = pl.col("kind").is_in(list(KINDS)).fill_null(False)
    rest = cases.filter(~known).with_columns(price_reason=first(tests(law)))
    priced = [case(cases.filter(kind=kind), kind, law)[0] for kind in KINDS]
    whole = pl.concat([*priced, rest], how="diagonal_relaxed")
    stands = pl.col("price_reason").is_null()
    return whole.select(
        *inputs,
        *(pl.when(stands).then(pl.col(name)).alias(name) for name in SUMS),
        *(pl.when(stands).then(pl.col(name)).alias(name) for name in ("price_articles", "price_warnings")),
        "price_reason",
    )


def _asked_sum(programme: str, columns_made: Sequence[str]) -> pl.Expr:
    """The sum of a programme that was asked for, 0 otherwise; null where the law gives none."""
    name = f"{programme}_idr"
    made = pl.col(name) if name in columns_made else pl.lit(None, pl.Int64())
    return pl.when(has(programme)).then(made).otherwise(0).alias(name)


def _where_asked(step: Step) -> Step:
    """A column named after a programme cites its law only for those who have that programme."""
    programme = step.column.partition("_")[0]
    if programme not in PROGRAMMES:
        return step
    asked = has(programme)
    return replace(
        step, cites=tuple(Cite(c.key, asked if c.where is None else asked & c.where) for c in step.cites)
    )
