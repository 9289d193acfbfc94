"""Scholarship: a sum per year of each level, for so many children, to an age (PP 82/2019)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

#: From school entry on; a child before school starts at the first.
LEVELS = ("tk_sd", "smp", "sma", "kuliah")
_HERE = "benefits.scholarship"


def tests(law: Law) -> list[Test]:
    """Every ground that closes the scholarship to a child."""
    from_jkm = pl.col("cause") == "jkm"
    counted = pl.col("masa_iur_dihitung")
    return [
        Test("beasiswa-sebab-tidak-dikenal", ~pl.col("cause").is_in(["jkk", "jkm"]).fill_null(False)),
        Test(
            "beasiswa-masa-iur",
            from_jkm & (counted.is_null() | (counted < law[f"{_HERE}.masa_iur_jkm"])),
            (Cite(f"{_HERE}.masa_iur_jkm"),),
        ),
        Test("beasiswa-anak-ketiga", pl.col("child_no") > law[f"{_HERE}.anak"], (Cite(f"{_HERE}.anak"),)),
        Test("beasiswa-usia", pl.col("child_age_years") >= law[f"{_HERE}.usia"], (Cite(f"{_HERE}.usia"),)),
        Test("beasiswa-menikah-bekerja", pl.col("married") | pl.col("working"), (Cite(f"{_HERE}.usia"),)),
        Test("beasiswa-anak-sah", ~pl.col("legitimate")),
        Test("beasiswa-jkk-belum-tercatat", (pl.col("cause") == "jkk") & law[f"{_HERE}.anak"].is_null()),
    ]


def steps(law: Law) -> list[Step]:
    """Months that count, what this year brings, and what all years still to come bring."""
    level = pl.col("level")
    from_jkm = pl.col("cause") == "jkm"
    again = law[f"{_HERE}.masa_iur_diulang"].fill_null(False)
    open_ = pl.all_horizontal(~test.strikes.fill_null(False) for test in tests(law))
    year = pl.coalesce(
        *(pl.when(level == one).then(law[f"{_HERE}.{one}"]) for one in LEVELS), pl.lit(0, pl.Int64())
    )
    left = pl.sum_horizontal(_left(one, law) for one in LEVELS)
    by_level = tuple(Cite(f"{_HERE}.{one}", open_) for one in LEVELS)
    once = law[f"{_HERE}.sekali"]
    gap = from_jkm & (pl.col("months_in_a_row") != pl.col("months_total"))
    return [
        Step(
            "masa_iur_dihitung",
            pl.when(again).then("months_in_a_row").otherwise("months_total"),
            (Cite(f"{_HERE}.masa_iur_diulang", gap),),
            "Bulan iur yang dihitung",
        ),
        Step("setahun_idr", pl.when(open_).then(year).otherwise(0), by_level, "Beasiswa tahun ini"),
        Step(
            "sisa_idr",
            pl.when(open_).then(left).otherwise(0),
            tuple(Cite(f"{_HERE}.{one}_tahun", open_) for one in LEVELS),
            "Beasiswa seluruhnya sampai tamat",
        ),
        Step(
            "paling_banyak_idr",
            law[f"{_HERE}.anak"]
            * pl.sum_horizontal(
                *(law[f"{_HERE}.{one}"] * law[f"{_HERE}.{one}_tahun"] for one in LEVELS), ignore_nulls=False
            ),
            (Cite(f"{_HERE}.anak"),),
            "Paling banyak bagi satu keluarga",
        ),
        Step(
            "sekali_idr",
            pl.when(from_jkm & open_).then(once).otherwise(0).fill_null(0),
            (Cite(f"{_HERE}.sekali", from_jkm),),
            "Beasiswa sekali bayar",
        ),
    ]


def _left(one: str, law: Law) -> pl.Expr:
    """What a level still brings: nothing when passed, the rest of its years when in it, else all."""
    place = LEVELS.index(one)
    level, years = pl.col("level"), law[f"{_HERE}.{one}_tahun"]
    passed = level.is_in(LEVELS[place + 1 :]) if place + 1 < len(LEVELS) else pl.lit(False)
    rest = pl.max_horizontal(years - pl.col("years_received"), 0)
    return pl.when(passed).then(0).when(level == one).then(rest).otherwise(years) * law[f"{_HERE}.{one}"]
