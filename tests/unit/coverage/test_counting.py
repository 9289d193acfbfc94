"""Counting is of people, once each, in every dimension, with the unknown shown."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from jaring.coverage import counting
from jaring.facts.month import Month

APRIL = Month(2026, 4)


def _people() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "person_id": [1, 2, 3, 4],
            "birth_date": [dt.date(1961, 4, 1), dt.date(1961, 4, 2), None, dt.date(2012, 1, 1)],
            "sex": ["L", "P", None, "L"],
            "desa_code": ["52.03.01.2001", "52.03.01.2001", None, "52.03.02.2001"],
            "kecamatan_code": ["52.03.01", "52.03.01", None, "52.03.02"],
        }
    )


def test_each_dimension_adds_up_to_all_people() -> None:
    paid = pl.DataFrame({"person_id": [1, 2, 3], "segment": ["kader", None, "kader"], "source": ["add"] * 3})
    counted = counting.count(paid, _people(), APRIL)
    sums = counted.group_by("dimension").agg(pl.col("people").sum())
    assert dict(sums.iter_rows()) == dict.fromkeys(counting.DIMENSIONS, 3)
    rows = {(d, c): n for d, c, n in counted.iter_rows()}
    assert rows["desa", "tidak-diketahui"] == 1
    assert rows["segment", "kader"] == 2
    # Sixty-five on the first of the month against a day short of it.
    assert (rows["age", "65+"], rows["age", "55-64"]) == (1, 1)


def test_one_person_twice_among_the_paid_is_refused() -> None:
    paid = pl.DataFrame({"person_id": [1, 1], "segment": ["kader"] * 2, "source": ["add", "apbd"]})
    with pytest.raises(ValueError, match="dua kali"):
        counting.count(paid, _people(), APRIL)


def test_children_and_the_old_are_no_part_of_those_known_at_working_age() -> None:
    known = {(d, c): n for d, c, n in counting.known(_people(), APRIL).iter_rows()}
    assert known["regency", "semua"] == 2  # the one of unknown age and the one a day short of 65
