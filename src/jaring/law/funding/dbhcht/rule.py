"""DBHCHT: not for village officials, the civil service, larger land or higher age (Lombok Timur 2023)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.funding.rule import any_claim
from jaring.law.steps import Cite, Test


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
