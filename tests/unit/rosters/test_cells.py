"""Dates, sums, land, places and words in the spellings that lists have."""
# ruff: noqa: E501  a sample is read as a table, one row a line

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from jaring.rosters import cells, places, words
from jaring.rosters.dates import birth_date_of, birth_place_of, read_dates

D = dt.date


def _date(cell: str, name: str = "d", months: dict[str, str] | None = None) -> dt.date | None:
    frame = pl.DataFrame({name: [cell], "block": [0]}, schema={name: pl.String, "block": pl.Int32})
    return read_dates(frame, {name: 26}, months or {})[f"{name}_date"][0]


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("12-03-1980", D(1980, 3, 12)), ("12/03/1980", D(1980, 3, 12)), ("12.3.80", D(1980, 3, 12)), ("1980-03-12", D(1980, 3, 12)),
        ("1980/3/12", D(1980, 3, 12)), ("12 Maret 1980", D(1980, 3, 12)), ("12 mar 80", D(1980, 3, 12)), ("5 Agustus 2001", D(2001, 8, 5)),
        ("17 Nopember 1999", D(1999, 11, 17)), ("1 Peb 1975", D(1975, 2, 1)), ("'12-03-1980", D(1980, 3, 12)), ("12031980", D(1980, 3, 12)),
        ("19800312", D(1980, 3, 12)), ("29292", D(1980, 3, 12)), ("29292.0", D(1980, 3, 12)), ("1980-03-12 00:00:00", D(1980, 3, 12)),
        ("Rabu, 12 Maret 1980", D(1980, 3, 12)), ("03/25/1980", D(1980, 3, 25)), ("01-01-26", D(2026, 1, 1)), ("01-01-27", D(1927, 1, 1)),
        ("31-02-1990", None), ("1980", None), ("Maret 1980", None), ("00-00-0000", None), ("-", None), ("12-13-1980", D(1980, 12, 13)),
        ("99-99-9999", None), ("12-03-0980", None),
    ],
)  # fmt: skip
def test_dates(cell: str, date: dt.date | None) -> None:
    assert _date(cell) == date


def test_a_month_alone_begins_or_ends() -> None:
    assert _date("Juli 2026", "until", {"until": "last"}) == D(2026, 7, 31)
    assert _date("07/2026", "event_date", {"event_date": "first"}) == D(2026, 7, 1)
    assert _date("2026-02", "until", {"until": "last"}) == D(2026, 2, 28)


def test_a_table_typed_month_first_is_read_so_throughout() -> None:
    frame = pl.DataFrame({"d": ["03/25/1980", "04/05/1981", "12/30/1990"], "block": [0, 0, 0]})
    read = read_dates(frame, {"d": 26}, {})
    assert read["d_date"].to_list() == [D(1980, 3, 25), D(1981, 4, 5), D(1990, 12, 30)]
    assert read["d_turned"].to_list() == [True, True, True]


@pytest.mark.parametrize(
    ("cell", "place", "date"),
    [
        ("SELONG, 12-03-1980", "SELONG", "12-03-1980"), ("Selong/12 Maret 1980", "Selong", "12 Maret 1980"),
        ("Labuhan Haji 1980-03-12", "Labuhan Haji", "1980-03-12"), ("SELONG", "SELONG", None), ("12/03/1980", None, "12/03/1980"),
    ],
)  # fmt: skip
def test_place_and_date_of_birth_in_one_cell(cell: str, place: str | None, date: str | None) -> None:
    frame = pl.DataFrame({"c": [cell]}).select(p=birth_place_of(pl.col("c")), d=birth_date_of(pl.col("c")))
    assert frame.row(0) == (place, date)


@pytest.mark.parametrize(
    ("cell", "number", "rupiah"),
    [
        ("Rp 1.000.000,00", False, 1_000_000), ("1,000,000", False, 1_000_000), ("2500000", False, 2_500_000), ("1,5 juta", False, 1_500_000),
        ("500 rb", False, 500_000), ("Rp1.250.000,-", False, 1_250_000), ("2022200", True, 2_022_200), ("1234.5", True, 1235),
        ("10.800", False, 10_800), ("-", False, None), ("sejuta", False, None), ("-5000", False, None),
    ],
)  # fmt: skip
def test_rupiah(cell: str, number: bool, rupiah: int | None) -> None:
    assert pl.DataFrame({"c": [cell]}).select(cells.amount(pl.col("c"), pl.lit(number))).item() == rupiah


@pytest.mark.parametrize(
    ("cell", "number", "unit", "metres"),
    [
        ("0,5", False, "ha", 5000), ("0.5", True, "", 5000), ("1.250", False, "ha", 12_500), ("25 are", False, "ha", 2500), ("25", False, "are", 2500),
        ("1.250", False, "m2", 1250), ("1500", True, "", 1500), ("0,25 Ha", False, "", 2500), ("luas", False, "ha", None),
    ],
)  # fmt: skip
def test_land(cell: str, number: bool, unit: str, metres: int | None) -> None:
    frame = pl.DataFrame({"c": [cell]})
    assert frame.select(cells.land(pl.col("c"), pl.lit(number), pl.lit(unit))).item() == metres


@pytest.mark.parametrize(
    ("desa", "kecamatan", "code", "found"),
    [
        ("Suela", "Suela", None, ("52.03.16.2004", "52.03.16", None)),
        ("DESA SUELA", None, None, ("52.03.16.2004", "52.03.16", None)),
        ("Suwela", "SUWELA", None, ("52.03.16.2004", "52.03.16", None)),
        ("Suela (Kec. Suela)", None, None, ("52.03.16.2004", "52.03.16", None)),
        (None, None, "5203162004", ("52.03.16.2004", "52.03.16", None)),
        (None, None, "52.03.09.2013", ("52.03.21.2006", "52.03.21", None)),
        ("Lenek Duren", "Lenek", None, ("52.03.21.2008", "52.03.21", None)),
        ("Lenk Duren", "Kec. Lenek", None, ("52.03.21.2008", "52.03.21", "desa-dikira")),
        ("Suela", "Keruak", None, ("52.03.16.2004", "52.03.16", "kecamatan-beda")),
        ("Atlantis", "Suela", None, (None, "52.03.16", "desa-tak-dikenal")),
        (None, "Nusantara", None, (None, None, "kecamatan-tak-dikenal")),
        (None, None, None, (None, None, None)),
    ],
)
def test_places(
    desa: str | None, kecamatan: str | None, code: str | None, found: tuple[str | None, ...]
) -> None:
    assert places.locate(desa, kecamatan, code) == found


def test_a_title_names_the_desa() -> None:
    assert places.mentioned("DAFTAR BPD DESA LENEK DUREN KECAMATAN LENEK TAHUN 2026") == "52.03.21.2008"
    assert places.mentioned("perangkat_lenek_duren.xlsx", bare=True) == "52.03.21.2008"
    assert places.mentioned("Dinas Pertanian") is None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("JKK, JKM dan JHT", "jkk+jkm+jht"),
        ("2 Program", "jkk+jkm"),
        ("JKK+JKM", "jkk+jkm"),
        ("JKKJKM", "jkk+jkm"),
        ("semua", None),
    ],
)
def test_programmes(text: str, meaning: str | None) -> None:
    assert words.programmes(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("APBD Kabupaten", "apbd"), ("DBHCHT 2026", "dbhcht"), ("ADD", "add"), ("Dana Desa", "dana_desa"), ("CSR Bank NTB", "csr"),
        ("APBD Provinsi", "province"), ("Perusahaan", "employer"), ("Mandiri", "self"), ("??", None),
    ],
)  # fmt: skip
def test_sources(text: str, meaning: str | None) -> None:
    assert words.source(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"), [("Lk", "L"), ("PEREMPUAN", "P"), ("1", "L"), ("2", "P"), ("W", "P"), ("x", None)]
)
def test_sex(text: str, meaning: str | None) -> None:
    assert words.sex(text) == meaning
