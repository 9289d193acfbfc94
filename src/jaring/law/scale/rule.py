"""Programmes by enterprise size (Perpres 109/2013 Art. 6), sizes by capital or yearly sales (PP 7/2021)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

SCALES = ("micro", "small", "medium", "large")


def tests(law: Law) -> list[Test]:
    """The size must be said, or capital or sales from which it follows."""
    said, capital, sales = pl.col("scale"), pl.col("capital_idr"), pl.col("sales_idr")
    return [
        Test("skala-tidak-dikenal", ~pl.coalesce(said, pl.lit(SCALES[0])).is_in(SCALES)),
        Test("skala-tidak-diketahui", said.is_null() & capital.is_null() & sales.is_null()),
    ]


def steps(law: Law) -> list[Step]:
    """The size as said, or the smallest whose bound on capital or sales is met; then the programmes."""
    said, found = pl.col("scale"), pl.col("skala")
    by_size = said.is_null()

    def fits(size: str) -> pl.Expr:
        under_capital = pl.col("capital_idr") <= law[f"scale.{size}_modal"]
        under_sales = pl.col("sales_idr") <= law[f"scale.{size}_omzet"]
        return under_capital.fill_null(False) | under_sales.fill_null(False)

    known = pl.any_horizontal(pl.col("capital_idr").is_not_null(), pl.col("sales_idr").is_not_null())
    sized = pl.when(fits("micro")).then(pl.lit("micro")).when(fits("small")).then(pl.lit("small"))
    bounds = [
        Cite(f"scale.{size}_{what}", by_size) for size in ("micro", "small") for what in ("modal", "omzet")
    ]
    return [
        Step(
            "skala",
            pl.coalesce(said, sized.otherwise(pl.when(known).then(pl.lit("medium")))),
            tuple(bounds),
            "Skala usaha (medium berarti menengah atau besar)",
        ),
        Step(
            "programmes",
            pl.coalesce(pl.when(found == one).then(law[f"scale.program_{one}"]) for one in SCALES),
            tuple(Cite(f"scale.program_{one}", found == one) for one in SCALES),
            "Program yang wajib",
        ),
    ]
