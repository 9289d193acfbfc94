"""Under-reporting: the difference or the whole benefit falls on the employer (PP 44/2015 Art. 27, 32, 35)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

SHORTFALLS = ("upah", "tenaga_kerja", "program", "tidak_daftar")
_HERE = "employers.shortfall"


def tests(law: Law) -> list[Test]:
    """A shortfall of a known kind, and both sums where the difference is asked."""
    named = pl.col("shortfall")
    difference = (named == "upah") & pl.col("benefit_reported_idr").is_null()
    return [
        Test("kekurangan-tidak-dikenal", ~named.is_in(SHORTFALLS).fill_null(False)),
        Test("manfaat-tidak-disebut", pl.col("benefit_true_idr").is_null() | difference),
    ]


def steps(law: Law) -> list[Step]:
    """What the law lays on the employer, in its own word, and the two sums."""
    named, whole = pl.col("shortfall"), pl.col("benefit_true_idr")
    bears = pl.coalesce(*(pl.when(named == one).then(law[f"{_HERE}.{one}"]) for one in SHORTFALLS))
    difference = pl.max_horizontal(whole - pl.col("benefit_reported_idr"), 0)
    cites = tuple(Cite(f"{_HERE}.{one}", named == one) for one in SHORTFALLS)
    own = (
        pl.when(pl.col("beban") == "seluruhnya")
        .then(whole)
        .when(pl.col("beban") == "selisih")
        .then(difference)
    )
    return [
        Step("beban", bears, cites, "Beban pemberi kerja"),
        Step("dibayar_pemberi_kerja_idr", own, (), "Dibayar pemberi kerja"),
        Step("dibayar_bpjs_idr", whole - pl.col("dibayar_pemberi_kerja_idr"), (), "Dibayar BPJS"),
    ]
