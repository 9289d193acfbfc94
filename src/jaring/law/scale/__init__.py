"""Skala usaha: which programmes an employer must enrol its workers in, by the size of the enterprise."""

import polars as pl

from jaring.law.asking import Ask
from jaring.law.scale.rule import steps, tests

ASK = Ask(
    day="month",
    inputs={
        "month": pl.Date(),
        "scale": pl.String(),
        "capital_idr": pl.Int64(),
        "sales_idr": pl.Int64(),
    },
    steps=steps,
    tests=tests,
)
