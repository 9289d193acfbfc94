"""Workbooks that go out: what a cell says, whether its sheet is small or large."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import python_calamine

from jaring.enrolment import workbook

FRAME = pl.DataFrame(
    {
        "NIK": ["5203010101809001", None, "0012"],
        "NAMA": ["LALU <A> & 'B' \"C\"", "nol\x00bel\x0b\ufffe", "=HYPERLINK(1)"],
        "IURAN": [16_800, None, 0],
    }
)


def test_small_and_large_sheets_are_written_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = workbook.write(tmp_path / "a.xlsx", {"peserta": FRAME}).read_bytes()
    monkeypatch.setattr(workbook, "_FEW", 0)
    assert workbook.write(tmp_path / "b.xlsx", {"peserta": FRAME}).read_bytes() == small


def test_every_cell_is_text_and_comes_back_as_it_was(tmp_path: Path) -> None:
    path = workbook.write(tmp_path / "a.xlsx", {"peserta": FRAME})
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("peserta").to_python()
    assert rows == [
        ["NIK", "NAMA", "IURAN"],
        ["5203010101809001", "LALU <A> & 'B' \"C\"", "16800"],
        ["", "nolbel", ""],
        ["0012", "=HYPERLINK(1)", "0"],
    ]
