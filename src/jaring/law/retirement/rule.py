"""The retirement age in force, and whether it is reached by the first day of the month (PP 45/2015)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """Past the age, JP is no longer paid for."""
    return [Test("jp-usia-pensiun", pl.col("pensiun"), (Cite("retirement.usia"),))]


def steps(law: Law) -> list[Step]:
    """The age of the month, the birthday on which it is reached, and whether that has come."""
    return [
        Step("usia_pensiun", law["retirement.usia"], (Cite("retirement.usia"),), "Usia pensiun yang berlaku"),
        Step(
            "pensiun_pada",
            pl.col("birth_date").dt.offset_by(pl.format("{}y", "usia_pensiun")),
            (),
            "Hari usia itu tercapai",
        ),
        Step("pensiun", pl.col("pensiun_pada") <= pl.col("month"), (), "Sudah mencapai usia pensiun"),
    ]
