"""The discount: half of JKK and JKM by contribution month and sector, never on state money (PP 50/2025)."""

from __future__ import annotations

import polars as pl

from jaring.facts.rupiah import RATE_PARTS
from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test, cite_each


def tests(law: Law) -> list[Test]:
    """While a discount is offered the price depends on who pays."""
    return [Test("pembayar-tak-disebut", pl.col("source").is_null() & _offered(law).is_not_null())]


def steps(law: Law) -> list[Step]:
    """The share to cut, then what is left of JKK and JKM. JHT is not touched."""
    source, transport, in_time = pl.col("source"), _transport(), _offered(law)
    state_money = law.of("funding", "uang_negara", source)
    offered, cut = in_time.is_not_null(), pl.col("potongan") > 0
    payer = cite_each("funding", "uang_negara", source, offered)
    cites = (
        Cite("relief.potongan", cut),
        Cite("discount.transportasi", cut & transport),
        Cite("discount.lainnya", cut & ~transport),
    )
    # The relief of 2020 made no difference between payers.
    relieved = law["relief.potongan"]
    left = RATE_PARTS - pl.col("potongan")
    return [
        Step(
            "potongan",
            pl.coalesce(relieved, pl.when(state_money).then(0).otherwise(in_time), 0),
            payer,
            "Bagian yang dipotong",
        ),
        rounded("jkk_idr", pl.col("jkk_penuh_idr"), left, law, "JKK sesudah potongan", *cites),
        rounded("jkm_idr", pl.col("jkm_penuh_idr"), left, law, "JKM sesudah potongan", *cites),
    ]


def _transport() -> pl.Expr:
    return (pl.col("sector") == "transport").fill_null(False)


def _offered(law: Law) -> pl.Expr:
    """The discount of the row's sector and month; null where there is none."""
    return pl.when(_transport()).then(law["discount.transportasi"]).otherwise(law["discount.lainnya"])
