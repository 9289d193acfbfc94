"""Whatever a list holds: counts add up, and no digit of a NIK changes without being told."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.rosters.samples import nik

from jaring.rosters.examination import Examination, examine
from jaring.rosters.reading import Sheet, Sheets

TODAY = dt.date(2026, 4, 1)
HEADS = ["NO", "NAMA", "NIK", "TGL LAHIR", "JK", "DESA", "UPAH"]
_NIKS = st.builds(
    nik, st.integers(1, 9999), st.integers(1, 28), st.integers(1, 12), st.integers(1940, 2010), st.booleans()
)
_CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from(
        [
            "-",
            "0",
            "###",
            "JUMLAH",
            "Mengetahui",
            "L",
            "P",
            "Suela",
            "12-03-1980",
            "31/02/1990",
            "Rp 1.000,00",
        ]
    ),
)
_NIK_CELLS = st.one_of(
    _NIKS,
    st.builds(
        lambda n, at, mark: n[:at] + mark + n[at:],
        _NIKS,
        st.integers(0, 16),
        st.sampled_from(" .-'\u200b\u202e\u00a0,"),
    ),
    st.builds(lambda n, cut: n[:cut], _NIKS, st.integers(0, 15)),
    st.text(alphabet="0123456789OIl .E+", max_size=20),
    st.text(alphabet="٠١٢٣٤٥٦٧٨٩", min_size=16, max_size=16),
    st.none(),
)


def _examined(rows: list[list[str | None]], numbers: list[bool] | None = None) -> Examination:
    table: list[list[str | None]] = [[*HEADS], *rows]
    blank = [
        [None if cell is None or not cell.strip() else cell.replace("\0", "") for cell in row]
        for row in table
    ]
    frame = pl.DataFrame(blank, schema={f"c{n}": pl.String for n in range(len(HEADS))}, orient="row")
    kinds = {2: pl.Series(["s", *("n" if number else "s" for number in numbers)])} if numbers else {}
    return examine(Sheets("x.xlsx", "0" * 64, "xlsx", (Sheet("S", frame, kinds),)), today=TODAY)


_FIRST: list[str | None] = ["1", "AHMAD", nik(1, 7, 7, 1977), None, None, None, None]
#: The first row is a person's, so that the list is one.
_ROWS = st.lists(
    st.tuples(st.just("1"), _CELLS, _NIK_CELLS, _CELLS, _CELLS, _CELLS, _CELLS).map(list), max_size=8
).map(lambda rows: [[*_FIRST], *rows])


@settings(max_examples=60, deadline=None)
@given(_ROWS)
def test_every_row_is_accepted_held_or_told_as_no_person(rows: list[list[str | None]]) -> None:
    found = _examined(rows)
    told = found.summary()
    assert told["read"] == told["accepted"] + told["quarantined"] == found.rows.height
    ended = any(str(cell).startswith("###") for row in rows for cell in row[:2])
    assert told["read"] + sum(told["ignored"].values()) == len(rows) or ended
    held = set(found.problems.filter(pl.col("severity") == "error")["at"].to_list())
    assert held == set(found.rows.with_row_index("at").filter(~pl.col("accepted"))["at"].to_list())
    assert found.problems.filter(pl.col("sentence").str.len_chars() == 0).is_empty()


@settings(max_examples=60, deadline=None)
@given(_ROWS, st.data())
def test_no_digit_of_a_nik_changes(rows: list[list[str | None]], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    found = _examined(rows, numbers)
    for row in found.rows.iter_rows(named=True):
        cell, number = rows[row["row_no"] - 2][2], numbers[row["row_no"] - 2]
        if row["nik"] is not None:
            assert not number
            assert row["nik"] == re.sub(r"[^0-9]", "", str(cell)), "digits in, the same digits out"
            assert not re.search(r"[^\W\d_]", str(cell)), "letters are never read as digits"
        elif row["nik_state"] not in {"absent"}:
            assert not row["accepted"]


@settings(max_examples=25, deadline=None)
@given(st.lists(_NIKS, min_size=1, max_size=20, unique=True))
def test_a_nik_typed_as_a_number_is_always_held_back(niks: list[str]) -> None:
    found = _examined([["1", "AHMAD", n, None, None, None, None] for n in niks], [True] * len(niks))
    assert found.accepted == 0
    assert found.summary()["by_code"]["nik-angka"] == len(niks)


def test_a_list_that_went_through_excels_numbers_and_back_is_found_out() -> None:
    rounded = [nik(n * 10, 1 + n) for n in range(1, 20)]
    found = _examined([["1", "AHMAD", n, None, None, None, None] for n in rounded])
    assert found.rows["nik_state"].unique().to_list() == ["numeric"]
    assert found.accepted == 0
