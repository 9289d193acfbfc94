"""Workbooks that go out: what a cell says, whether its sheet is small or large."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import python_calamine

from jaring.enrolment import papers, workbook
from jaring.facts.reason import Refused

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


def test_short_and_long_sheets_are_taken_in_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = pl.DataFrame(
        {"NIK": [" 0012\xa0", None, "\x1c5"], "X": ["a", "b", "c"], "NAMA": ["A\n", None, None]}
    )
    book = papers.opened(workbook.write(tmp_path / "a.xlsx", {"peserta": said}))
    short = papers.table(book, "peserta", ("NAMA", "NIK"))
    monkeypatch.setattr(papers, "_FEW", 0)
    assert short.equals(papers.table(book, "peserta", ("NAMA", "NIK")))
    assert short.schema == papers.table(book, "peserta", ("NAMA", "NIK")).schema
    assert short["row"].to_list() == [2, 4]


def test_a_broken_file_among_short_ones_stands_in_its_own_place(tmp_path: Path) -> None:
    for n in range(60):
        workbook.write(tmp_path / f"j-{n:02d}.xlsx", {"peserta": FRAME.with_columns(n=pl.lit(n))})
    (tmp_path / "j-30.xlsx").write_bytes(b"PK\x03\x04 bukan buku kerja")
    (tmp_path / "j-59.xlsx").write_bytes((tmp_path / "j-00.xlsx").read_bytes())
    found = list(papers.opened_each(papers.files(tmp_path, "j-"), lambda digests: set()))
    assert [path.name for path, _ in found] == [f"j-{n:02d}.xlsx" for n in range(60)]
    assert isinstance(found[30][1], Refused)
    assert found[59][1] is None
    for n, (_, book) in enumerate(found):
        if n not in (30, 59):
            assert not isinstance(book, Refused)
            assert book is not None
            assert papers.table(book, "peserta", ("N",))["N"][0] == str(n)
