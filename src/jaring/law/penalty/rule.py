"""The fine on a late contribution: a share for each month of lateness (PP 44/2015 Art. 22)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """A sum, the day it was due and the day it was paid."""
    day = pl.any_horizontal(pl.col("due_on").is_null(), pl.col("paid_on").is_null())
    return [Test("denda-tak-terhitung", day | (pl.col("unpaid_idr").fill_null(-1) < 0))]


def steps(law: Law) -> list[Step]:
    """Months late, a begun month as the setting says, then the fine; BPU is not fined."""
    due, paid, late = pl.col("due_on"), pl.col("paid_on"), pl.col("bulan_terlambat")
    fined = pl.any_horizontal(
        (pl.col("kind") == one) & law.holds("penalty.berlaku_bagi", one) for one in ("bpu", "pu", "jakon")
    )
    years = paid.dt.year() - due.dt.year()
    begun = paid.dt.day() > due.dt.day()
    # In the same month the day decides; a month later on the same day is one whole month.
    months = years * law["penalty.setahun"] + paid.dt.month() - due.dt.month()
    whole = pl.when(paid.dt.day() < due.dt.day()).then(months - 1).otherwise(months)
    part = (begun | (paid.dt.day() < due.dt.day())) & (paid > due)
    counts = law["penalty.bulan_berjalan"]
    return [
        Step(
            "bulan_terlambat",
            pl.when(paid <= due).then(0).otherwise(whole + (part & counts).cast(pl.Int64())).clip(0),
            (Cite("penalty.bulan_berjalan", part),),
            "Bulan keterlambatan",
        ),
        rounded(
            "denda_idr",
            pl.col("unpaid_idr") * late,
            pl.when(fined).then(law["penalty.denda"]).otherwise(0),
            law,
            "Denda",
            Cite("penalty.denda", fined & (late > 0)),
            Cite("penalty.berlaku_bagi", late > 0),
        ),
    ]
