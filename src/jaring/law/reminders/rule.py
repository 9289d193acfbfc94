"""Reminders: when a letter must be answered, and when the next may follow."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """Beyond the last letter there is none."""
    return [
        Test(
            "teguran-habis", pl.col("letter_level") >= law["reminders.tingkat"], (Cite("reminders.tingkat"),)
        ),
    ]


def steps(law: Law) -> list[Step]:
    """The day to comply by; the first day of the next letter, none after the last."""
    sent, more = pl.col("sent_on"), pl.col("letter_level") < law["reminders.tingkat"]
    return [
        Step(
            "dipenuhi_sampai",
            sent + pl.duration(days=law["reminders.tenggat"]),
            (Cite("reminders.tenggat"),),
            "Dipenuhi paling lambat",
        ),
        Step(
            "berikutnya_sejak",
            pl.when(more).then(sent + pl.duration(days=law["reminders.jarak"])),
            (Cite("reminders.jarak", more),),
            "Teguran berikutnya boleh sejak",
        ),
    ]
