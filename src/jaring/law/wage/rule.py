"""The wage that contributions are a share of (PP 44/2015 Art. 19, PP 46/2015 Art. 17)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

KINDS = ("monthly", "daily", "piece", "piece_weather")


def tests(law: Law) -> list[Test]:
    """A known kind of wage, and the figure that it is made from."""
    kind = pl.col("wage_kind")
    needed = (
        pl.when(kind == "monthly")
        .then(pl.col("monthly_idr").is_null())
        .when(kind == "daily")
        .then(pl.col("daily_idr").is_null())
        .otherwise(pl.col("past_wages_idr").list.len().fill_null(0) == 0)
    )
    return [
        Test("cara-upah-tidak-dikenal", kind.is_null() | ~kind.is_in(KINDS)),
        Test("keterangan-upah-tidak-ada", kind.is_in(KINDS) & needed),
    ]


def steps(law: Law) -> list[Step]:
    """How many past months count, then the month's wage in whole rupiah."""
    kind, past = pl.col("wage_kind"), pl.col("past_wages_idr")
    piece, weather = kind == "piece", kind == "piece_weather"
    span = pl.when(piece).then(law["wage.borongan"]).when(weather).then(law["wage.borongan_cuaca"])
    counted = pl.min_horizontal(pl.col("bulan_dirata"), past.list.len())
    total = past.list.tail(pl.col("bulan_dirata")).list.sum()
    return [
        Step(
            "bulan_dirata",
            span,
            (
                Cite("wage.borongan", piece),
                Cite("wage.borongan_cuaca", weather),
                Cite("wage.riwayat_kurang", (piece | weather) & (past.list.len() < span)),
            ),
            "Bulan terakhir yang dirata-rata",
        ),
        Step(
            "wage_idr",
            pl.when(kind == "monthly")
            .then("monthly_idr")
            .when(kind == "daily")
            .then(pl.col("daily_idr") * law["wage.hari_sebulan"])
            # Half a rupiah upwards, as everywhere.
            .when((piece | weather) & (counted > 0))
            .then((total + total + counted) // (counted + counted)),
            (Cite("wage.hari_sebulan", kind == "daily"), Cite("wage.bulanan", kind == "monthly")),
            "Upah sebulan",
        ),
    ]
