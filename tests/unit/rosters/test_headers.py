"""Tables are found wherever they stand in a sheet, under whatever headers; rows of no person are told apart."""
# ruff: noqa: E501  a sample is read as a table, one row a line

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.rosters.samples import nik, text, workbook

from jaring.facts.reason import Refused
from jaring.rosters.examination import Examination, examine
from jaring.rosters.synonyms import key, meaning

Checked = Callable[..., Examination]
A, B, C = nik(1), nik(2), nik(3)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("NIK", "nik"), ("No. KTP", "nik"), ("N I K", "nik"), ("NIK (16 digit)", "nik"), ("nomor_nik", "nik"), ("NIK Ibu", "-"),
        ("No. K.K.", "no_kk"), ("Nomor Kartu Keluarga", "no_kk"), ("NAMA LENGKAP & GELAR", "name"), ("Nama sesuai KTP", "name"),
        ("Nama Ibu Kandung", "mother_name"), ("NAMA USAHA", "employer"), ("TEMPAT, TGL LAHIR", "birth"), ("Tmp/Tgl. Lahir", "birth"),
        ("Tgl. Lahir", "birth_date"), ("L/P", "sex"), ("Jns Kelamin", "sex"), ("Desa/Kel.", "desa"), ("Kec.", "kecamatan"), ("RT/RW", "rt_rw"),
        ("Jabatan", "position"), ("SILTAP/BULAN (Rp)", "wage"), ("Luas Lahan (Ha)", "land"), ("No. HP/WA", "phone"), ("Status Kawin", "-"),
        ("3. NIK", "nik"), ("Keterangan", "note"), ("Hobi", None), ("Nama Perangkat Desa", "name"), ("Nama Desa", "desa"),
    ],
)  # fmt: skip
def test_headers(header: str, field: str | None) -> None:
    found = meaning(key(header))
    assert (found[0] if found else None) == field


def test_titles_blank_rows_two_header_rows_and_column_numbers(checked: Checked) -> None:
    rows: list[list[Any]] = [
        ["DAFTAR PERANGKAT DESA SUELA"], ["TAHUN 2026"], [],
        ["NO", "NAMA", "NIK", "ALAMAT", None, None, "JABATAN"],
        [None, None, None, "DUSUN", "RT", "RW", None],
        [1, 2, 3, 4, 5, 6, 7],
        [1, "AHMAD", A, "Baru", "01", "02", "Kaur Umum"],
        ["JUMLAH", 1],
    ]  # fmt: skip
    found = checked(workbook, "a.xlsx", {"S": rows})
    row = found.rows.row(0, named=True)
    assert (found.rows.height, row["row_no"], row["address"], row["rt"], row["rw"]) == (
        1,
        7,
        "Dusun Baru",
        "1",
        "2",
    )
    assert found.summary()["ignored"] == {"jumlah": 1}


def test_several_tables_in_one_sheet_with_other_columns(checked: Checked) -> None:
    rows = [["NO", "NAMA", "NIK", "JABATAN"], [1, "AHMAD", A, "Kades"], [], ["DAFTAR BPD"],
            ["NO", "NIK", "NAMA LENGKAP", "TGL LAHIR"], [1, B, "SITI", "12-03-1980"]]  # fmt: skip
    found = checked(workbook, "a.xlsx", {"S": rows})
    assert found.rows.select("nik", "name").rows() == [(A, "AHMAD"), (B, "SITI")]
    assert [table["header_row"] for table in found.summary()["sheets"]] == [1, 5]


def test_a_header_repeated_far_down_starts_a_new_page(checked: Checked) -> None:
    head = ["NO", "NAMA", "NIK"]
    rows = [
        head,
        *([n, "AHMAD", nik(n)] for n in range(1, 101)),
        head,
        *([n, "AHMAD", nik(n)] for n in range(101, 121)),
    ]
    found = checked(workbook, "a.xlsx", {"S": rows})
    assert (found.rows.height, found.accepted) == (120, 120)


def test_section_headings_stand_in_for_positions(checked: Checked) -> None:
    rows = [
        ["NO", "NAMA", "NIK"],
        ["A. PERANGKAT DESA"],
        [1, "AHMAD", A],
        ["B. BPD"],
        [1, "SITI", B],
        ["C. KADER POSYANDU"],
        [1, "INAQ", C],
    ]
    found = checked(workbook, "aparatur desa suela.xlsx", {"S": rows})
    assert found.rows["segment"].to_list() == ["perangkat_desa", "bpd", "kader"]
    assert found.summary()["ignored"] == {"judul-bagian": 3}


def test_signatures_under_any_column_are_no_persons(checked: Checked) -> None:
    rows = [["NO", "NAMA", "NIK"], [1, "AHMAD", A], [], [None, None, "Suela, 2 Januari 2026"], [None, None, "Kepala Desa Suela"], [],
            [None, None, "H. ALIMUDIN"]]  # fmt: skip
    found = checked(workbook, "a.xlsx", {"S": rows})
    assert (found.rows.height, found.summary()["ignored"]) == (1, {"tanda-tangan": 3})


def test_a_person_without_a_nik_is_never_taken_for_a_footer(checked: Checked) -> None:
    rows = [
        ["NO", "NAMA", "NIK", "JABATAN"],
        [1, "KETUT", None, "Kepala Desa"],
        [2, "SITI", None, None],
        [3, None, None, "Kader"],
    ]
    found = checked(workbook, "a.xlsx", {"S": rows})
    assert found.rows.height == 3
    assert found.summary()["by_code"]["identitas-kurang"] == 3


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding(checked: Checked, delimiter: str, encoding: str) -> None:
    rows = [["NAMA", "NIK", "ALAMAT"], ["JOSÉ, S.Pd", A, "Jalan; Raya | 1"], ["SITI", B, "Gubuk"]]
    found = checked(text, "a.csv", rows, delimiter=delimiter, encoding=encoding)
    assert found.rows.select("name", "nik").rows() == [("JOSÉ, S.Pd", A), ("SITI", B)]


def test_excels_sep_line(checked: Checked) -> None:
    found = checked(text, "a.csv", [["NAMA", "NIK"], ["AHMAD", A]], delimiter="|", lead="sep=|\r\n")
    assert found.rows.select("row_no", "name", "nik").rows() == [(2, "AHMAD", A)]


def test_xls_and_ods_are_read_as_xlsx_is(tmp_path: Any) -> None:
    import xlwt
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    rows = [["NAMA", "NIK", "TGL LAHIR"], ["AHMAD", A, "12-03-1980"]]
    book = xlwt.Workbook()
    page = book.add_sheet("S")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(at, column, cell)
    book.save(str(tmp_path / "a.xls"))
    sheet = OpenDocumentSpreadsheet()
    table = Table(name="S")
    for row in rows:
        line = TableRow()
        for cell in row:
            own = TableCell(valuetype="string")
            own.addElement(P(text=cell))
            line.addElement(own)
        table.addElement(line)
    sheet.spreadsheet.addElement(table)
    sheet.save(str(tmp_path / "a.ods"))
    for name in ("a.xls", "a.ods"):
        found = examine(tmp_path / name, today=dt.date(2026, 4, 1))
        assert found.rows.select("name", "nik", "birth_date").rows() == [("AHMAD", A, dt.date(1980, 3, 12))]


def test_a_learnt_meaning_goes_before_the_table(tmp_path: Any) -> None:
    path = text(tmp_path / "a.csv", [["NAMA", "NIK", "Ibu Mertua", "Kode Unik"], ["AHMAD", A, "INAQ", "7"]])
    learnt = {"ibu mertua": "-", "kode unik": "npp"}
    found = examine(path, learnt=learnt, today=dt.date(2026, 4, 1))
    assert found.rows.select("mother_name", "npp").row(0) == (None, "7")


def test_a_file_of_another_room_is_refused_as_such(checked: Checked) -> None:
    with pytest.raises(Refused, match="bukan-daftar"):
        checked(
            workbook,
            "sp2d_april.xlsx",
            {"S": [["NOMOR SP2D", "TANGGAL", "NOMOR TAGIHAN", "NILAI"], ["1", "2026", "T1", 5]]},
        )
