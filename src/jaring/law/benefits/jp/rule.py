"""JP: one per cent per year of the average wage, between two limits, after fifteen years (PP 45/2015)."""

from __future__ import annotations

import polars as pl

from jaring.facts.rupiah import RATE_PARTS
from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

_HERE = "benefits.jp"


def tests(law: Law) -> list[Test]:
    """What keeps a pension from being paid by the month, or from being known."""
    months, low, high = (f"{_HERE}.{name}" for name in ("masa_iur", "terendah", "tertinggi"))
    short = pl.col("contribution_months") < law[months]
    by_rule = pl.col("menurut_rumus_idr")
    return [
        Test(
            "jp-belum-usia",
            pl.col("age_years") < law["retirement.usia"],
            (Cite("retirement.usia"),),
        ),
        Test("jp-sekaligus", short, (Cite(months),)),
        Test("jp-batas-tidak-tercatat", by_rule.is_not_null() & (law[low].is_null() | law[high].is_null())),
    ]


def steps(law: Law) -> list[Step]:
    """Age, formula, limits. Limits not known for the month leave the formula as it is, with a warning."""
    months, year_wage = pl.col("contribution_months"), pl.col("average_year_wage_idr")
    a_year, enough = law[f"{_HERE}.bulan_setahun"], months >= law[f"{_HERE}.masa_iur"]
    # Whole rupiah, the remainder dropped: no rounding rule was read, and one rupiah is below the question.
    by_rule = year_wage * law[f"{_HERE}.bagian"] * months // (a_year * a_year * RATE_PARTS)
    low, high = law[f"{_HERE}.terendah"], law[f"{_HERE}.tertinggi"]
    raised = pl.max_horizontal("menurut_rumus_idr", low)
    limited = pl.min_horizontal(raised, high)
    return [
        Step("usia_pensiun", law["retirement.usia"], (Cite("retirement.usia"),), "Usia pensiun"),
        Step(
            "menurut_rumus_idr",
            pl.when(enough).then(by_rule),
            (Cite(f"{_HERE}.bagian", enough), Cite(f"{_HERE}.masa_iur")),
            "Pensiun sebulan menurut rumus",
        ),
        Step(
            "sebulan_idr",
            pl.when(enough).then(limited),
            (
                Cite(f"{_HERE}.terendah", pl.col("menurut_rumus_idr") < low),
                Cite(f"{_HERE}.tertinggi", raised > high),
            ),
            "Pensiun hari tua sebulan",
        ),
    ]
