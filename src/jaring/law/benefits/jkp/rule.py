"""JKP cash: shares of the wage up to its ceiling, for so many months (PP 37/2021, PP 6/2025)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test

_HERE = "benefits.jkp"


def tests(law: Law) -> list[Test]:
    """Too few months paid, or claimed too late."""
    enough, row, late = (f"{_HERE}.{name}" for name in ("masa_iur", "masa_iur_berturut", "kedaluwarsa"))
    until = pl.col("dismissed_on").dt.offset_by(pl.format("{}mo", law[late]))
    return [
        Test("jkp-masa-iur", pl.col("months_in_24") < law[enough], (Cite(enough),)),
        Test("jkp-masa-iur", pl.col("months_in_a_row") < law[row], (Cite(row),)),
        Test("jkp-kedaluwarsa", pl.col("claimed_on") > until, (Cite(late),)),
    ]


def steps(law: Law) -> list[Step]:
    """The wage that counts, the shares of the months, the sum."""
    ceiling = law["jkp.upah_tertinggi"]
    wage = pl.col("wage_idr")
    return [
        Step(
            "dasar_jkp_idr",
            pl.min_horizontal(wage, ceiling),
            (Cite("jkp.upah_tertinggi", wage > ceiling),),
            "Upah yang menjadi dasar",
        ),
        Step(
            "upah_bagian",
            law.marginal(f"{_HERE}.uang_tunai", pl.col("months_without_work")),
            (Cite(f"{_HERE}.uang_tunai"),),
            "Jumlah bagian upah selama tidak bekerja",
        ),
        rounded("uang_tunai_idr", pl.col("dasar_jkp_idr"), pl.col("upah_bagian"), law, "Uang tunai"),
    ]
