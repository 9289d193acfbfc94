"""Upah sebulan: what a daily, piece or weather-bound wage is by the month."""

import polars as pl

from jaring.law.asking import Ask
from jaring.law.wage.rule import steps, tests

ASK = Ask(
    day="month",
    inputs={
        "month": pl.Date(),
        "wage_kind": pl.String(),
        "monthly_idr": pl.Int64(),
        "daily_idr": pl.Int64(),
        "past_wages_idr": pl.List(pl.Int64()),
    },
    steps=steps,
    tests=tests,
)
