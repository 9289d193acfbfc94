"""Duties of an employer, in working days (UU 24/2011 Art. 14-15, PP 44/2015 Art. 6, 9, 10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

_HERE = "employers.duties"


def tests(law: Law) -> list[Test]:
    """A clock that ran out while the duty is still open, or was done too late."""

    def overdue(due: str, done: str) -> pl.Expr:
        return pl.coalesce(done, "day") > pl.col(due)

    foreign = pl.col("foreign_months") < law[f"{_HERE}.orang_asing"]
    return [
        Test(
            "formulir-terlambat", overdue("formulir_sampai", "form_returned_on"), (Cite(f"{_HERE}.formulir"),)
        ),
        Test("nyata-lalai", overdue("daftar_sampai", "registered_on"), (Cite(f"{_HERE}.nyata_lalai"),)),
        Test(
            "perubahan-terlambat",
            overdue("perubahan_sampai", "change_reported_on"),
            (Cite(f"{_HERE}.perubahan"),),
        ),
        Test("asing-belum-wajib", foreign, (Cite(f"{_HERE}.orang_asing"),)),
        Test("iuran-tidak-disetor", pl.col("collected_not_deposited"), (Cite(f"{_HERE}.pidana_denda"),)),
    ]


def steps(law: Law, holidays: Sequence[dt.date] = ()) -> list[Step]:
    """One date per clock that has started."""
    clocks = (
        ("formulir_sampai", "form_received_on", "formulir", "Formulir dikembalikan sampai"),
        ("daftar_sampai", "hired_on", "nyata_lalai", "Pekerja didaftarkan sampai"),
        ("verifikasi_sampai", "worker_registered_on", "verifikasi", "BPJS memeriksa sampai"),
        ("perubahan_sampai", "changed_on", "perubahan", "Perubahan dilaporkan sampai"),
    )
    made = []
    for column, start, name, about in clocks:
        begun, key = pl.col(start), f"{_HERE}.{name}"
        until = begun.dt.add_business_days(law[key], roll="backward", holidays=holidays)
        made.append(Step(column, until, (Cite(key, begun.is_not_null()),), about))
    held = pl.col("collected_not_deposited")
    prison, fine = f"{_HERE}.pidana_penjara", f"{_HERE}.pidana_denda"
    return [
        *made,
        Step(
            "penjara_tahun", pl.when(held).then(law[prison]), (Cite(prison, held),), "Ancaman penjara (tahun)"
        ),
        Step("denda_pidana_idr", pl.when(held).then(law[fine]), (Cite(fine, held),), "Ancaman denda pidana"),
    ]
