"""Arrears: within the grace benefits wait, beyond it they end or fall on the employer (PP 44/2015)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

#: What may become of a benefit: given at once; given once the arrears are paid; none; paid first by
#: the employer and claimed back after arrears and fine are settled.
EFFECTS = ("diberikan", "menunggu", "gugur", "pemberi_kerja")
#: What waits within the grace of a BPU, and what does not (Art. 39 (1), 42 (1)).
AT_ONCE, WAITING = ("jkk_perawatan", "jkm_pemakaman"), ("jkk_uang", "jkm_santunan", "beasiswa")
_ABOUT = {
    "jkk_perawatan": "Pelayanan kesehatan JKK",
    "jkm_pemakaman": "Biaya pemakaman JKM",
    "jkk_uang": "Manfaat uang JKK",
    "jkm_santunan": "Santunan sekaligus dan berkala JKM",
    "beasiswa": "Beasiswa anak",
}


def tests(law: Law) -> list[Test]:
    """Each case stands in one of them or in none."""
    unpaid, employed = pl.col("unpaid_months"), pl.col("kind") == "pu"
    grace = (Cite("arrears.ditenggang"),)
    employer = (Cite("arrears.ditenggang_pu"),)
    beyond, beyond_pu = unpaid > law["arrears.ditenggang"], unpaid > law["arrears.ditenggang_pu"]
    return [
        Test("tunggakan-pemberi-kerja", employed & beyond_pu, employer),
        Test("tunggakan-tenggang-pu", employed & (unpaid > 0) & ~beyond_pu, employer),
        Test("tunggakan-gugur", ~employed & beyond, grace),
        Test("tunggakan-tenggang", ~employed & (unpaid > 0) & ~beyond, grace),
    ]


def steps(law: Law) -> list[Step]:
    """One line per benefit, then the months that a reactivation still charges."""
    standing = pl.col("arrears")
    employed = pl.col("kind") == "pu"
    grace = (Cite("arrears.ditenggang", ~employed), Cite("arrears.ditenggang_pu", employed))

    def becomes(within: str) -> pl.Expr:
        effects = {
            "tunggakan-gugur": "gugur",
            "tunggakan-pemberi-kerja": "pemberi_kerja",
            "tunggakan-tenggang": within,
        }
        named = (pl.when(standing == code).then(pl.lit(effect)) for code, effect in effects.items())
        return pl.coalesce(*named, pl.lit("diberikan"))

    charged = (
        pl.when(pl.col("kind") == "pu")
        .then("unpaid_months")
        .otherwise(pl.min_horizontal("unpaid_months", law["arrears.ditenggang"]))
    )
    forgiven = pl.col("reactivated") & (pl.col("kind") != "pu") & ~law["arrears.aktif_kembali_ditagih"]
    return [
        *(Step(one, becomes("diberikan"), grace, _ABOUT[one]) for one in AT_ONCE),
        *(Step(one, becomes("menunggu"), grace, _ABOUT[one]) for one in WAITING),
        Step(
            "ditagih_bulan",
            pl.when(forgiven).then(0).otherwise(charged),
            (Cite("arrears.aktif_kembali_ditagih", pl.col("reactivated")),),
            "Bulan tunggakan yang masih ditagih",
        ),
    ]
