"""Construction: marginal tiers of the contract value, or rates on wages where they are known (PP 44/2015)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded, share_of
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """Wages or a contract value there must be; JHT and JP belong to the contractor's own staff."""
    value, wage = pl.col("contract_value_idr"), pl.col("wage_idr")
    return [
        Test("jakon-hanya-jkk-jkm", pl.col("minta_jht") | pl.col("minta_jp")),
        Test("nilai-kontrak-tidak-ada", value.is_null() & wage.is_null()),
        Test("nilai-kontrak-keliru", (value <= 0) | (wage < 0)),
    ]


def steps(law: Law) -> list[Step]:
    """The base, then JKK and JKM of the whole contract; of a month where wages are known."""
    wage, base, value = pl.col("wage_idr"), pl.col("dasar_idr"), pl.col("contract_value_idr")
    by_value = wage.is_null()
    with_vat = law["jakon.dasar"] == "dengan_ppn"
    vat = Cite("jakon.ppn", by_value & with_vat)
    tiers, settled = Cite("jakon.tarif", by_value), Cite("jakon.dasar", by_value)
    # The rates of the programmes stand side by side after the column where each tier starts.
    both = enumerate(("jkk", "jkm"), start=1)
    return [
        share_of(
            "ppn_idr", pl.when(by_value & with_vat).then(value), "jakon.ppn", law, "PPN yang ikut dihitung"
        ),
        Step(
            "dasar_idr",
            pl.when(by_value).then(value + pl.col("ppn_idr").fill_null(0)).otherwise(wage),
            (settled, vat),
            "Nilai kontrak, atau upah sebulan",
        ),
        *(
            rounded(
                f"{one}_penuh_idr",
                pl.when(by_value).then(law.marginal("jakon.tarif", base, column)).otherwise(wage),
                pl.when(by_value).then(1).otherwise(law[f"jakon.{one}_upah"]),
                law,
                f"{one.upper()} sebelum keringanan",
                tiers,
                Cite(f"jakon.{one}_upah", ~by_value),
            )
            for column, one in both
        ),
    ]
