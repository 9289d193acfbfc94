"""Due dates: the 15th of the same month or the next, moved to a working day (PP 44/2015 Art. 21, 24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step


def steps(law: Law, holidays: Sequence[dt.date]) -> list[Step]:
    """Two dates, because BPU's JKK and JKM are due a month before its JHT."""
    bpu = pl.col("kind") == "bpu"

    def day(months_after: pl.Expr, moves: pl.Expr) -> pl.Expr:
        month = pl.col("month").dt.offset_by(pl.format("{}mo", months_after))
        # A month without that day is due on its last.
        written = pl.min_horizontal(month + pl.duration(days=law["due.tanggal"] - 1), month.dt.month_end())
        working = written.dt.add_business_days(0, roll="forward", holidays=holidays)
        return pl.when(moves).then(working).otherwise(written)

    other = law["due.geser_lain"]

    return [
        Step(
            "due_jkk_jkm",
            day(pl.when(bpu).then(law["due.bpu_jkk_jkm"]).otherwise(law["due.pu"]), bpu | other),
            (
                Cite("due.tanggal"),
                Cite("due.bpu_jkk_jkm", bpu),
                Cite("due.pu", ~bpu),
                Cite("due.geser_lain", ~bpu),
            ),
            "Jatuh tempo JKK dan JKM",
        ),
        Step(
            "due_jht_jp",
            day(pl.when(bpu).then(law["due.bpu_jht"]).otherwise(law["due.pu"]), other),
            (
                Cite("due.tanggal"),
                Cite("due.bpu_jht", bpu),
                Cite("due.pu", ~bpu),
                Cite("due.geser_lain"),
            ),
            "Jatuh tempo JHT dan JP",
        ),
    ]
