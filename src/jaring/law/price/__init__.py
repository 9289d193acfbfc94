"""The price of a month: what one person's contribution is, for any number of people at once.

For: the contribution by programme in whole rupiah, with articles and warnings, or why there is none.
Never: decides whether someone may be paid for; that is ``eligibility`` and ``funding``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

import polars as pl

from jaring.law import columns
from jaring.law.bpu import rule as bpu
from jaring.law.dated import Law
from jaring.law.distinct import various, worthwhile
from jaring.law.loader import concept
from jaring.law.price.rule import KINDS, MONTHLY, PROGRAMMES, asked, has, tests
from jaring.law.settings import LocalSetting
from jaring.law.steps import Cite, Step, Test, first, noted, once, run

SUMS = (*(f"{one}_idr" for one in PROGRAMMES), "iuran_idr")
TEXTS = ("price_articles", "price_warnings")


def monthly(frame: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """One month's contribution of each row, employer and worker shares together; row order kept.

    In: ``month kind programmes source sector income_idr wage_idr risk_class`` (a column may be
    absent: null). Adds ``jkk_idr jkm_idr jht_idr jp_idr iuran_idr`` (0 for a programme not asked),
    ``price_articles`` and ``price_warnings`` (text, parted by "; "), ``price_reason`` (a code, and
    then all sums are null). Each distinct case is priced once.
    """
    law = Law(settings)
    return once(frame, columns.PRICE, lambda cases: priced(cases, law, MONTHLY), partial(alike, law))


def payable(frame: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """As ``monthly``, and also the kinds that are paid by contract: ``jakon`` and ``pmi``.

    Also reads ``contract_value_idr contract_months route jht_choice_idr``. For ``pmi`` the law gives
    JKK and JKM as one sum: ``iuran_idr`` holds it, ``jkk_idr`` and ``jkm_idr`` are null.
    """
    law = Law(settings)
    return once(frame, columns.PRICE, lambda cases: priced(cases, law), partial(alike, law))


def case(
    cases: pl.DataFrame, kind: str, law: Law, kinds: Collection[str] = tuple(KINDS)
) -> tuple[pl.DataFrame, list[Step]]:
    """Cases of one kind with every step as a column, and those steps: what ``explain`` shows."""
    testing, making = KINDS[kind]
    if "program" in concept(kind).values:
        cases = cases.with_columns(pl.col("programmes").fill_null(law[f"{kind}.program"]))
    cases, law = asked(cases), _narrowed(cases, law)
    steps = [_where_asked(step) for rule in making for step in rule(law)]
    refused = first([*tests(law, kinds), *(test for rule in testing for test in rule(law))])
    found = noted(run(cases, steps), steps, law, "price_").with_columns(price_reason=refused)
    sums = [_asked_sum(one, found.columns) for one in PROGRAMMES]
    parts = [f"{one}_idr" for one in PROGRAMMES]
    if "jkk_jkm_idr" in found.columns:
        # One sum by law for two programmes: it cannot be told apart, so neither has its own.
        parts = ["jkk_jkm_idr", *(part for part in parts if part not in {"jkk_idr", "jkm_idr"})]
    total = pl.sum_horizontal(parts, ignore_nulls=False)
    without_tariff = pl.when(pl.col("iuran_idr").is_null()).then(pl.lit("belum-berlaku"))
    found = found.with_columns(sums).with_columns(iuran_idr=total)
    return found.with_columns(price_reason=pl.coalesce("price_reason", without_tariff)), steps


def priced(cases: pl.DataFrame, law: Law, kinds: Collection[str] = tuple(KINDS)) -> pl.DataFrame:
    """The columns that a price adds, for cases with every input column, in their order."""
    cases = cases.with_row_index("case")
    parts = [part for group in worthwhile(cases, "month") for part in _priced(group, law, kinds)]
    whole = (
        pl.concat(parts) if parts else cases.select("case", *_NOTHING, price_reason=pl.lit(None, pl.String()))
    )
    return (whole.sort("case") if len(parts) > 1 else whole).drop("case")


def alike(law: Law, cases: pl.DataFrame) -> pl.DataFrame:
    """``cases`` with the income of each BPU as the lowest that is treated as it is: far fewer differ."""
    if "income_idr" not in cases.columns or "kind" not in cases.columns or not various(cases["income_idr"]):
        return cases
    income, turns = pl.col("income_idr"), pl.Series(bpu.turns(law))
    place = pl.lit(turns).search_sorted(income, side="right").cast(pl.Int64()) - 1
    lowest = pl.when(income < turns[0]).then(-1).otherwise(pl.lit(turns).gather(pl.max_horizontal(place, 0)))
    return cases.with_columns(
        income_idr=pl.when((pl.col("kind") == "bpu") & income.is_not_null()).then(lowest).otherwise(income)
    )


def keys(kind: str, law: Law) -> set[str]:
    """The values of law that the price of a kind can depend on."""
    probe = Law(law.settings, law.day)
    testing, making = KINDS.get(kind, ((), ()))
    rules: list[Step | Test] = [test for rule in testing for test in rule(probe)]
    rules += [step for rule in making for step in rule(probe)]
    return probe.seen | {cite.key for one in rules for cite in one.cites}


def _priced(cases: pl.DataFrame, law: Law, kinds: Collection[str]) -> list[pl.DataFrame]:
    own = pl.col("kind")
    present = [kind for kind in kinds if kind in set(cases.get_column("kind").unique())]
    made = [
        case(
            cases if len(present) == 1 and _all(cases, kind) else cases.filter(own == kind), kind, law, kinds
        )[0]
        for kind in present
    ]
    rest = cases.filter(~own.is_in(list(kinds)).fill_null(False))
    if rest.height:
        made.append(asked(rest).with_columns(*_NOTHING, price_reason=first(tests(law, kinds))))
    stands = pl.col("price_reason").is_null()
    wanted = [pl.when(stands).then(pl.col(name)).alias(name) for name in (*SUMS, *TEXTS)]
    return [part.select("case", *wanted, "price_reason") for part in made]


def _all(cases: pl.DataFrame, kind: str) -> bool:
    return bool((cases.get_column("kind") == kind).all()) and not cases.get_column("kind").null_count()


def _narrowed(cases: pl.DataFrame, law: Law) -> Law:
    """The law of the one day that all cases have, where they have one."""
    days = cases.get_column(law.day)
    same = bool(cases.height) and not days.null_count() and days.min() == days.max()
    return law.at(days[0]) if same else law


_NOTHING = [pl.lit(None, pl.Int64()).alias(name) for name in SUMS] + [
    pl.lit(None, pl.String()).alias(name) for name in TEXTS
]


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
