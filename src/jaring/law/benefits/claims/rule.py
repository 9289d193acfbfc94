"""Clocks of a claim: reports in hours, prescription in years, payment in working days (PP 44/2015)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """Late at a clock that ends a right or starts a duty."""
    late_report = pl.col("reported_on") > pl.col("laporan_tahap_satu")
    prescribed = pl.col("claimed_on") > pl.col("klaim_sampai")
    return [
        Test("klaim-kedaluwarsa", prescribed, (Cite("benefits.claims.kedaluwarsa"),)),
        Test("laporan-terlambat", late_report, (Cite("benefits.claims.laporan"),)),
    ]


def steps(law: Law, holidays: Sequence[dt.date] = ()) -> list[Step]:
    """One date per clock that has started; null where its start is not known."""
    happened, ended, paid = pl.col("happened_on"), pl.col("ended_on"), pl.col("paid_on")

    def later(start: pl.Expr, key: str, unit: str) -> pl.Expr:
        return start.dt.offset_by(pl.format("{}" + unit, law[key]))

    report, until = "benefits.claims.laporan", "benefits.claims.kedaluwarsa"
    paying, after = "benefits.claims.pembayaran_jkm", "benefits.claims.sesudah_berhenti"
    concluding, fine = "benefits.claims.kesimpulan_dugaan", "benefits.claims.ganti_rugi"
    complete = pl.col("complete_on")
    pay_by = complete.dt.add_business_days(law[paying], roll="backward", holidays=holidays)
    days_late = pl.max_horizontal((paid - pl.col("jkm_dibayar_sampai")).dt.total_days(), 0)
    return [
        Step("laporan_tahap_satu", later(happened, report, "h"), (Cite(report),), "Laporan tahap I sampai"),
        Step(
            "laporan_tahap_dua",
            later(ended, report, "h"),
            (Cite(report, ended.is_not_null()),),
            "Laporan tahap II sampai",
        ),
        Step(
            "kesimpulan_sampai",
            later(pl.col("reported_on"), concluding, "d"),
            (Cite(concluding, pl.col("reported_on").is_not_null()),),
            "Kesimpulan atas dugaan sampai",
        ),
        Step("klaim_sampai", later(happened, until, "y"), (Cite(until),), "Klaim JKK diajukan sampai"),
        Step(
            "penyakit_sampai",
            later(pl.col("employment_ended_on"), after, "y"),
            (Cite(after, pl.col("employment_ended_on").is_not_null()),),
            "Penyakit akibat kerja masih dijamin sampai",
        ),
        Step("jkm_dibayar_sampai", pay_by, (Cite(paying, complete.is_not_null()),), "JKM dibayar sampai"),
        Step("terlambat_hari", days_late, (), "Hari keterlambatan pembayaran"),
        rounded(
            "ganti_rugi_idr",
            *(pl.col("benefit_idr") * pl.col("terlambat_hari"), law[fine], law, "Ganti rugi keterlambatan"),
            Cite(fine, pl.col("terlambat_hari") > 0),
        ),
    ]
