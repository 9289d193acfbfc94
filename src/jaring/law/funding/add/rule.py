"""ADD: no ground of refusal of its own; its size is a share of the balancing funds (UU 6/2014 Art. 72)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """None beyond those that every source shares."""
    return []


def size(law: Law) -> list[Step]:
    """What the regency owes its villages at least, and what is wanting."""
    least, delay = "funding.add.bagian_terendah", "funding.add.penundaan_bila_kurang"
    base, owed = pl.col("balancing_funds_idr") - pl.col("dak_idr"), pl.col("add_terendah_idr")
    short = pl.max_horizontal(owed - pl.col("add_idr"), 0)
    missing = pl.col("add_idr") < owed
    return [
        Step("dasar_add_idr", base, (), "Dana perimbangan tanpa DAK"),
        rounded(
            "add_terendah_idr", pl.col("dasar_add_idr"), law[least], law, "ADD paling sedikit", Cite(least)
        ),
        Step("kurang_idr", short, (), "Kekurangan ADD"),
        Step(
            "dapat_ditunda_idr",
            pl.when(law[delay]).then("kurang_idr").otherwise(0),
            (Cite(delay, missing),),
            "Dana perimbangan yang dapat ditunda",
        ),
    ]


def size_tests(law: Law) -> list[Test]:
    """Less than the law asks."""
    return [Test("add-kurang", pl.col("kurang_idr") > 0, (Cite("funding.add.bagian_terendah"),))]
