"""The discount: half of JKK and JKM by contribution month and sector, never on state money (PP 50/2025)."""

from __future__ import annotations

import polars as pl

from jaring.facts.rupiah import RATE_PARTS
from jaring.law.dated import Law
from jaring.law.loader import group
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test, cite_each


def tests(law: Law) -> list[Test]:
    """The price depends on who pays, so the payer must be one the law knows."""
    return [Test("pembayar-tak-disebut", ~pl.col("source").is_in(group("funding")).fill_null(False))]


def steps(law: Law) -> list[Step]:
    """The share to cut, then what is left of JKK and JKM. JHT is not touched."""
    source, transport = pl.col("source"), (pl.col("sector") == "transport").fill_null(False)
    in_time = pl.when(transport).then(law["discount.transportasi"]).otherwise(law["discount.lainnya"])
    state_money = law.of("funding", "uang_negara", source)
    offered, cut = in_time.is_not_null(), pl.col("potongan") > 0
    payer = cite_each("funding", "uang_negara", source, offered)
    cites = (
        Cite("discount.transportasi", cut & transport),
        Cite("discount.lainnya", cut & ~transport),
    )
    left = RATE_PARTS - pl.col("potongan")
    return [
        Step(
            "potongan",
            pl.when(state_money).then(0).otherwise(in_time).fill_null(0),
            payer,
            "Bagian yang dipotong",
        ),
        rounded("jkk_idr", pl.col("jkk_penuh_idr"), left, law, "JKK sesudah potongan", *cites),
        rounded("jkm_idr", pl.col("jkm_penuh_idr"), left, law, "JKM sesudah potongan", *cites),
    ]
