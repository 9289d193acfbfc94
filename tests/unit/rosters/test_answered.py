"""The uploader's own file comes back: same cells, same order, reasons beside the rows, nothing executable."""
# ruff: noqa: E501  a sample is read as a table, one row a line

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
from tests.unit.rosters.samples import nik, workbook

from jaring.rosters import answered
from jaring.rosters import workbook as workbook_of
from jaring.rosters.examination import examine

TODAY = dt.date(2026, 4, 1)
A = nik(1)
HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://127.0.0.1")',
    "http://127.0.0.1",
]


def test_cells_come_back_as_they_were_with_reasons_beside(tmp_path: Path) -> None:
    rows = [["DAFTAR"], [], ["NO", "NAMA", "NIK", "UPAH"], [1, "AHMAD", A, 2_500_000], [2, "SITI", 5203015203800010, "x"],
            [3, "BAIQ", "52030", None], [], [None, None, "Selong, 1 Mei 2026"]]  # fmt: skip
    found = examine(
        workbook(tmp_path / "a.xlsx", {"Data": rows, "Lain": [["catatan"]]}), office="Desa Suela", today=TODAY
    )
    answered.write(found, tmp_path / "jawab.xlsx")
    book = openpyxl.load_workbook(tmp_path / "jawab.xlsx")
    assert book.sheetnames == ["Hasil Periksa", "Data", "Lain"]
    page = list(book["Data"].iter_rows(values_only=True))
    assert page[2] == ("NO", "NAMA", "NIK", "UPAH", "STATUS PERIKSA", "ALASAN", "CARA MEMPERBAIKI")
    assert page[3][:5] == (1, "AHMAD", A, 2_500_000, "DITERIMA")
    assert page[4][2] == "5203015203800010"
    assert page[4][4] == "DITAHAN"
    assert "15 angka" in str(page[4][5])
    assert "KTP-el" in str(page[5][6])
    assert page[7][4] is None
    told = {row[0]: row[1] for row in book["Hasil Periksa"].iter_rows(values_only=True) if row[0]}
    assert (told["Baris dibaca"], told["Baris diterima"], told["Baris ditahan"]) == (3, 1, 2)
    assert told["nik-angka"] == 1


def test_no_cell_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    rows = [["NAMA", "NIK", *HOSTILE], *([cell, nik(n)] for n, cell in enumerate(HOSTILE, start=1))]
    found = examine(workbook(tmp_path / "a.xlsx", {"=cmd": rows}), office="=1+1", today=TODAY)
    answered.write(found, tmp_path / "jawab.xlsx")
    book = openpyxl.load_workbook(tmp_path / "jawab.xlsx")
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    assert [row[0] for row in book["=cmd"].iter_rows(min_row=2, values_only=True)] == HOSTILE


def test_an_answered_file_can_be_mended_and_sent_again(tmp_path: Path) -> None:
    first = examine(
        workbook(tmp_path / "a.xlsx", {"Data": [["NAMA", "NIK"], ["AHMAD", "520"], ["SITI", A]]}), today=TODAY
    )
    assert (first.accepted, first.rows.height) == (1, 2)
    answered.write(first, tmp_path / "jawab.xlsx")
    book = openpyxl.load_workbook(tmp_path / "jawab.xlsx")
    book["Data"]["B2"] = nik(9)
    book.save(tmp_path / "perbaikan.xlsx")
    again = examine(tmp_path / "perbaikan.xlsx", today=TODAY)
    assert (again.accepted, again.rows.height, again.problems.height) == (2, 2, 0)
    answered.write(again, tmp_path / "jawab2.xlsx")
    page = list(openpyxl.load_workbook(tmp_path / "jawab2.xlsx")["Data"].iter_rows(values_only=True))
    assert page[0] == ("NAMA", "NIK", "STATUS PERIKSA", "ALASAN", "CARA MEMPERBAIKI")
    assert page[1][2] == "DITERIMA"


def test_signs_that_a_workbook_cannot_hold_or_would_misread_do_no_harm(tmp_path: Path) -> None:
    hard = [
        'A & B <c> "d"',
        "dua\nbaris\tdan tab",
        "_x0041_",
        "naik\x0bbel\x01",
        "é – 北",
        "x" * 40_000,
        " di tepi ",
    ]
    pages = [
        workbook_of.Page(
            "L & <1>", ["".join(workbook_of.column([*hard, None, ""])), "", workbook_of.cell(7)], {1: 30}
        )
    ]
    workbook_of.write(tmp_path / "a.xlsx", pages)
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["L & <1>"]
    first, empty, last = page.iter_rows(values_only=True)
    # openpyxl shows the escape that keeps Excel from reading _x0041_ as the letter A.
    assert first[:2] == (hard[0], hard[1])
    assert first[2] in ("_x0041_", "_x005F_x0041_")
    assert first[3:7] == ("naikbel", hard[4], "x" * 32_767, hard[6])
    assert set(first[7:]) == {None}
    assert set(empty) == {None}
    assert last[0] == 7
    workbook_of.write(tmp_path / "b.xlsx", pages)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]
