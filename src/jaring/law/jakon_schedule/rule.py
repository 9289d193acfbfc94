"""Construction: instalments that add up to the rupiah, and clocks in working days."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import share_of
from jaring.law.steps import Cite, Step


def steps(law: Law) -> list[Step]:
    """Three instalments, the last taking what rounding left; the last days to register and to report."""
    due = pl.col("iuran_idr")
    paid = pl.col("angsuran_1_idr") + pl.col("angsuran_2_idr")

    def clock(column: str, since: str, key: str, about: str) -> Step:
        # A clock that starts on a day off starts counting with the next working day.
        start = pl.col(since).dt.add_business_days(0, roll="backward")
        return Step(
            column, start.dt.add_business_days(law[key]), (Cite(key, pl.col(since).is_not_null()),), about
        )

    return [
        share_of("angsuran_1_idr", due, "jakon_schedule.angsuran_1", law, "Angsuran pertama"),
        share_of("angsuran_2_idr", due, "jakon_schedule.angsuran_2", law, "Angsuran kedua"),
        Step(
            "angsuran_3_idr",
            due - paid,
            (Cite("jakon_schedule.angsuran_3", due.is_not_null()),),
            "Angsuran ketiga, sisanya",
        ),
        clock("daftar_paling_lambat", "spk_on", "jakon_schedule.daftar", "Mendaftarkan proyek paling lambat"),
        clock(
            "lapor_paling_lambat",
            "replaced_on",
            "jakon_schedule.lapor_ganti",
            "Melaporkan pergantian pekerja",
        ),
    ]
