"""Usia pensiun: until when an employee contributes to JP."""

import polars as pl

from jaring.law.asking import Ask
from jaring.law.retirement.rule import steps, tests

ASK = Ask(
    day="month",
    inputs={"month": pl.Date(), "birth_date": pl.Date()},
    steps=steps,
    tests=tests,
)
