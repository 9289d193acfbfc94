"""JKP: re-composed from JKK and JKM, with the state's part on top (PP 37/2021 Art. 11, PP 6/2025)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import share_of
from jaring.law.steps import Cite, Step


def steps(law: Law) -> list[Step]:
    """The capped wage, what leaves JKK and JKM, what the state adds; the bill stays the same."""
    wage, ceiling, held = pl.col("wage_idr"), law["jkp.upah_tertinggi"], pl.col("programmes").str.split("+")
    small = pl.col("scale").is_in(["micro", "small"]).fill_null(True)
    needed = ("jkk", "jkm", "jht")
    member = pl.all_horizontal(held.list.contains(one) for one in needed) & (small | held.list.contains("jp"))
    base = pl.when("jkp_peserta").then("dasar_jkp_idr")
    return [
        Step(
            "jkp_peserta",
            (member & ceiling.is_not_null()).fill_null(False),
            (Cite("jkp.program"),),
            "Ikut JKP",
        ),
        Step(
            "dasar_jkp_idr",
            pl.min_horizontal(wage, ceiling),
            (Cite("jkp.upah_tertinggi", wage > ceiling),),
            "Dasar JKP",
        ),
        share_of("jkp_dari_jkk_idr", base, "jkp.dari_jkk", law, "JKP yang diambil dari JKK"),
        share_of("jkp_dari_jkm_idr", base, "jkp.dari_jkm", law, "JKP yang diambil dari JKM"),
        share_of("jkp_negara_idr", base, "jkp.negara", law, "JKP yang dibayar negara"),
        Step(
            "jkp_idr",
            pl.sum_horizontal("jkp_dari_jkk_idr", "jkp_dari_jkm_idr", "jkp_negara_idr"),
            (),
            "JKP seluruhnya",
        ),
        Step(
            "jkk_bersih_idr",
            pl.col("jkk_idr") - pl.col("jkp_dari_jkk_idr").fill_null(0),
            (),
            "JKK sesudahnya",
        ),
        Step(
            "jkm_bersih_idr",
            pl.col("jkm_idr") - pl.col("jkp_dari_jkm_idr").fill_null(0),
            (),
            "JKM sesudahnya",
        ),
        Step(
            "tagihan_idr",
            pl.col("jkk_idr") + pl.col("jkm_idr"),
            (),
            "JKK dan JKM yang ditagih, tidak berubah",
        ),
    ]
