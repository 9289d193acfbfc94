"""DBHCHT: its parts; not for village officials, civil servants, larger land or higher age (Lotim 2023)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.funding.rule import any_claim
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """An office or a fact that excludes, whatever the farmer list says."""
    excluded, land, age = (
        f"funding.dbhcht.{name}" for name in ("dikecualikan", "lahan_kurang_dari", "usia_tertinggi")
    )
    return [
        Test("dbhcht-perangkat-desa", any_claim(excluded, law), (Cite(excluded),)),
        Test("dbhcht-asn", pl.col("asn"), (Cite(excluded),)),
        Test("dbhcht-lahan", pl.col("land_m2") >= law[land], (Cite(land),)),
        Test("dbhcht-usia", pl.col("age_years") > law[age], (Cite(age),)),
    ]


#: The parts of the fund, and the parts of the excise that make the funds.
_PARTS = {
    "bagian_kesejahteraan": "Kesejahteraan masyarakat",
    "bagian_mutu": "di dalamnya mutu bahan baku dan industri",
    "bagian_bantuan": "di dalamnya pemberian bantuan",
    "bagian_kesehatan": "Kesehatan",
    "bagian_penegakan": "Penegakan hukum",
}
_EXCISE = {
    "cukai_provinsi": "Cukai, bagian provinsi",
    "cukai_penghasil": "Cukai, bagian kabupaten penghasil",
    "cukai_lain": "Cukai, bagian kabupaten lain",
}


def size(law: Law) -> list[Step]:
    """One line per part of the fund and per part of the excise."""
    made = []
    for names, whole in ((_PARTS, "dbhcht_idr"), (_EXCISE, "excise_idr")):
        for name, about in names.items():
            key, amount = f"funding.dbhcht.{name}", pl.col(whole)
            made.append(rounded(f"{name}_idr", amount, law[key], law, about, Cite(key, amount.is_not_null())))
    return made


def size_tests(law: Law) -> list[Test]:
    """Contributions are paid from the part for aid."""
    over = pl.col("contributions_idr") > pl.col("bagian_bantuan_idr")
    return [Test("dbhcht-bantuan-lewat", over, (Cite("funding.dbhcht.bagian_bantuan"),))]
