"""A NIK's form, and what may not be concluded from it (PP 40/2019 Art. 30 to 33)."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from jaring.facts import nik


def _one(expression: pl.Expr, text: str | None) -> object:
    return pl.DataFrame({"nik": [text]}, schema={"nik": pl.String}).select(expression).item()


@pytest.mark.parametrize(
    "good", ["5203014101900001", "9960101010100001", "3171017112990123", "5203010101000001"]
)
def test_wellformed_wherever_first_registered(good: str) -> None:
    assert _one(nik.is_wellformed(pl.col("nik")), good) is True


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "",
        "0",
        "0" * 16,
        "520301410190001",
        "52030141019000011",
        "5203013201900001",
        "5203017201900001",
        "5203010113900001",
        "5203010101900000",
        "520301010190000O",
    ],
)
def test_impossible_forms_are_no_nik(bad: str | None) -> None:
    assert _one(nik.is_wellformed(pl.col("nik")), bad) is False


@pytest.mark.parametrize("none", [None, "", "0", "0000000000000000"])
def test_zero_and_blank_mean_no_nik(none: str | None) -> None:
    assert _one(nik.is_absent(pl.col("nik")), none) is True


def test_date_and_sex_are_read_and_an_impossible_day_gives_no_date() -> None:
    column = pl.col("nik")
    assert _one(nik.birth_date(column), "5203014107900001") == dt.date(1990, 7, 1)
    assert _one(nik.sex(column), "5203014107900001") == "P"
    assert _one(nik.birth_date(column), "5203013102900001") is None
    assert _one(nik.birth_date(column), "5203010107050001") == dt.date(2005, 7, 1)
    assert _one(nik.birth_date(column), "5203010107300001") == dt.date(1930, 7, 1)


def test_a_masked_nik_hides_birth_date_and_district() -> None:
    assert nik.masked("5203014107900001") == "5203••••••••0001"
