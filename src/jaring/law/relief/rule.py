"""Relief: JKK and JKM after PP 49/2020 and PP 7/2025; what applies depends on the month and the employer."""

from __future__ import annotations

import polars as pl

from jaring.facts.rupiah import RATE_PARTS
from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step


def steps(law: Law) -> list[Step]:
    """The shares to cut of JKK and of JKM, and what is left. JHT and JP are not touched."""
    everyone = law["relief.potongan"]
    intensive = (pl.col("kind") == "pu") & (pl.col("sector") == "labour_intensive").fill_null(False)
    cut_jkk, cut_jkm = pl.col("jkk_potongan"), pl.col("jkm_potongan")
    return [
        Step(
            "jkk_potongan",
            pl.coalesce(everyone, pl.when(intensive).then(law["relief.padat_karya"]), 0),
            (Cite("relief.potongan"), Cite("relief.padat_karya", intensive)),
            "Bagian JKK yang dipotong",
        ),
        Step(
            "jkm_potongan",
            everyone.fill_null(0),
            (Cite("relief.potongan"),),
            "Bagian JKM yang dipotong",
        ),
        rounded("jkk_idr", pl.col("jkk_penuh_idr"), RATE_PARTS - cut_jkk, law, "JKK"),
        rounded("jkm_idr", pl.col("jkm_penuh_idr"), RATE_PARTS - cut_jkm, law, "JKM"),
    ]
