"""Rupiah: whole numbers only. A rate is a whole number of parts in 100,000; rounding has one name."""

from __future__ import annotations

from typing import Literal

import polars as pl

Rounding = Literal["half_up", "down", "up"]

#: Parts that make a whole rate: 0.24 % is 240 of them, 1.74 % is 1,740.
RATE_PARTS = 100_000


def share(amount: pl.Expr, parts: pl.Expr | int, rounding: Rounding = "half_up") -> pl.Expr:
    """``amount`` rupiah × ``parts`` / 100,000 as whole rupiah, by integer arithmetic alone.

    No rounding rule stands in the regulations read, so the rule is named by the caller from
    the law's setting ``pembulatan``; half_up is its default.
    """
    product = amount.cast(pl.Int64) * parts
    if rounding == "half_up":
        return (product + RATE_PARTS // 2) // RATE_PARTS
    if rounding == "up":
        return (product + RATE_PARTS - 1) // RATE_PARTS
    return product // RATE_PARTS


def written(amount: int) -> str:
    """As a letter writes it: ``Rp288.489.600``; a negative sum as ``-Rp1.000``."""
    return f"{'-' if amount < 0 else ''}Rp{dotted(abs(amount))}"


def dotted(number: int) -> str:
    """A count as Indonesian readers write it: ``17.172``."""
    return f"{number:,}".replace(",", ".")
