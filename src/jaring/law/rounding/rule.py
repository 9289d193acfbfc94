"""Rounding: exact integer arithmetic, and the one named rule where something remains."""

from __future__ import annotations

import polars as pl

from jaring.facts.rupiah import RATE_PARTS
from jaring.law.dated import Law
from jaring.law.steps import Cite, Step

_HALF = RATE_PARTS >> 1


def share_of(column: str, amount: pl.Expr, rate: str, law: Law, about: str) -> Step:
    """A step: ``amount`` × the rate of law in whole rupiah; cites the rounding only where it acts."""
    return rounded(column, amount, law[rate], law, about, Cite(rate, amount.is_not_null()))


def rounded(column: str, amount: pl.Expr, parts: pl.Expr, law: Law, about: str, *cites: Cite) -> Step:
    """A step: ``amount`` × ``parts`` of 100,000 by the rounding in force (law: not found; a setting)."""
    rule = law["rounding.pembulatan"]
    # What is added before the fraction is cut off: nothing, all but a part, or half.
    room = pl.when(rule == "down").then(0).when(rule == "up").then(RATE_PARTS - 1).otherwise(_HALF)
    value = (amount.cast(pl.Int64()) * parts + room) // RATE_PARTS
    remains = (amount * parts % RATE_PARTS) != 0
    return Step(column, value, (*cites, Cite("rounding.pembulatan", remains)), about)
