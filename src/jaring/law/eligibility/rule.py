"""Eligibility: the grounds that keep a person from being enrolled this month, in their order."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.loader import group
from jaring.law.steps import Cite, Test


def tests(law: Law) -> list[Test]:
    """Refusals. Whoever is covered by a payer of the regency's own is carried on, also past the age limit."""
    return [
        Test("meninggal", ~pl.col("alive")),
        Test("pindah", pl.col("moved")),
        Test("asn", pl.col("asn")),
        Test("bekerja-di-luar-negeri", pl.col("abroad") | (pl.col("covered_kind") == "pmi")),
        *_cover(law),
        *_age(law),
        Test("tanpa-segmen", pl.col("segment").is_null()),
    ]


def warnings(law: Law) -> list[Test]:
    """What does not refuse but must be seen."""
    fresh = law["eligibility.daftar_aktif_berlaku"]
    most = law["eligibility.pekerjaan_terbanyak"]
    oldest = pl.col("month").dt.offset_by(pl.format("-{}mo", fresh))
    stale = (pl.col("covered_as_of") < oldest).fill_null(False)
    return [
        Test("usia-tak-diketahui", pl.col("age_years").is_null()),
        Test("jakon-bersamaan", pl.col("covered_kind") == "jakon"),
        Test("daftar-aktif-usang", stale, (Cite("eligibility.daftar_aktif_berlaku"),)),
        Test(
            "pekerjaan-terlalu-banyak",
            pl.col("occupations").list.n_unique() > most,
            (Cite("eligibility.pekerjaan_terbanyak"),),
        ),
    ]


def carried_on(law: Law, payer: str = "covered_by") -> pl.Expr:
    """Whether the payer named in a column is one whose members the regency carries on."""
    key = "eligibility.pembayar_dilanjutkan"
    named = [(pl.col(payer) == one) & law.holds(key, one) for one in group("funding")]
    return pl.any_horizontal(named).fill_null(False)


def _cover(law: Law) -> list[Test]:
    """One payer a month. Construction cover ends with its project and stands beside others."""
    payer, kind = pl.col("covered_by"), pl.col("covered_kind")
    covered = (payer.is_not_null() | kind.is_not_null()) & ~kind.is_in(["jakon", "pmi"]).fill_null(False)
    other = covered & ~carried_on(law)
    by_employer = (payer == "employer").fill_null(False) | (payer.is_null() & (kind == "pu")).fill_null(False)
    by_self = (payer == "self").fill_null(False)
    cites = (Cite("eligibility.pembayar_dilanjutkan"),)
    return [
        Test("sudah-ditanggung-pemberi-kerja", other & by_employer),
        Test("sudah-mandiri", other & by_self),
        Test("sudah-ditanggung-pihak-lain", other & ~by_employer & ~by_self, cites),
    ]


def _age(law: Law) -> list[Test]:
    """The limit is one of enrolment: it does not end a cover that stands."""
    age, limit, least = pl.col("age_years"), "eligibility.usia_kurang_dari", "eligibility.usia_sekurangnya"
    return [
        Test("usia-lewat", (age >= law[limit]) & ~carried_on(law), (Cite(limit),)),
        Test("usia-kurang", age < law[least], (Cite(least),)),
    ]
