"""Denda keterlambatan: what an employer owes on top of a contribution that is late."""

import polars as pl

from jaring.law.asking import Ask
from jaring.law.penalty.rule import steps, tests

ASK = Ask(
    day="month",
    inputs={
        "month": pl.Date(),
        "kind": pl.String(),
        "unpaid_idr": pl.Int64(),
        "due_on": pl.Date(),
        "paid_on": pl.Date(),
    },
    steps=steps,
    tests=tests,
)
