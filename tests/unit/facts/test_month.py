"""Months count on over years, and refuse what is not a month."""

from __future__ import annotations

import datetime as dt

import pytest

from jaring.facts.month import Month


def test_nine_months_from_april_end_in_december() -> None:
    april = Month(2026, 4)
    span = april.until(april + 8)
    assert len(span) == 9
    assert str(span[-1]) == "2026-12"
    assert april + 9 == Month(2027, 1)
    assert Month(2026, 1) - 1 == Month(2025, 12)
    assert Month(2028, 2).last == dt.date(2028, 2, 29)
    assert april.name == "April 2026"


@pytest.mark.parametrize("text", ["2026-13", "2026/04", "April 2026", "202604", ""])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Month.parse(text)
