"""Shares are whole rupiah by exact arithmetic; rounding has one name."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jaring.facts.rupiah import RATE_PARTS, share, written


@given(st.integers(0, 10**13), st.integers(0, 100_000))
def test_half_up_is_what_exact_decimals_say(amount: int, parts: int) -> None:
    got = pl.DataFrame({"a": [amount]}).select(share(pl.col("a"), parts)).item()
    exact = (Decimal(amount) * parts / RATE_PARTS).quantize(Decimal(1), ROUND_HALF_UP)
    assert got == int(exact)


@pytest.mark.parametrize(("rule", "rupiah"), [("down", 2), ("half_up", 3), ("up", 3)])
def test_the_rule_decides_the_half(rule: str, rupiah: int) -> None:
    frame = pl.DataFrame({"a": [250]})
    assert frame.select(share(pl.col("a"), 1000, rule)).item() == rupiah  # type: ignore[arg-type]


def test_written_as_letters_write_it() -> None:
    assert written(288_489_600) == "Rp288.489.600"
    assert written(-1000) == "-Rp1.000"
