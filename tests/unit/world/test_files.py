"""The files of the small world, opened again: rows where the truth says, numbers where numbers are meant."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from jaring.facts.reason import Refused
from jaring.world import commands, rates
from jaring.world.making import make
from jaring.world.offices.dukcapil import SIAK


def _truth(out: Path) -> pl.DataFrame:
    return pl.read_parquet(out / "truth" / "rows.parquet")


@cache
def _cells(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_the_same_seed_writes_the_same_bytes(written: Path, tmp_path: Path) -> None:
    make("lotim", 11, "small", tmp_path)
    for path in sorted(p for p in written.rglob("*") if p.is_file()):
        other = tmp_path / path.relative_to(written)
        assert other.read_bytes() == path.read_bytes(), path.name
    assert len(list(tmp_path.rglob("*"))) == len(list(written.rglob("*")))


def test_truth_points_at_the_persons_row_in_every_workbook(written: Path) -> None:
    """Where no error befell it, the person's NIK stands in the very row that the truth names."""
    people = pl.read_parquet(written / "truth" / "people.parquet", columns=["person", "nik"])
    truth = _truth(written).join(people, on="person")
    checked = 0
    for (file, sheet), part in truth.partition_by("file", "sheet", as_dict=True).items():
        if not str(file).endswith(".xlsx"):
            continue
        cells = _cells(written / "inbox" / str(file), str(sheet))
        clean = part.filter(pl.col("nik_fault").is_null())
        for row_no, nik in clean.select("row_no", "nik").iter_rows():
            assert nik in cells[row_no - 1], (file, sheet, row_no)
            checked += 1
    assert checked > 7_000


def test_a_numeric_nik_is_a_number_in_the_file_and_ends_in_zero(written: Path) -> None:
    truth = _truth(written).filter(
        (pl.col("nik_fault") == "nik_numeric") & pl.col("file").str.ends_with(".xlsx")
    )
    assert truth.height > 50
    for file, sheet, row_no in truth.select("file", "sheet", "row_no").head(60).iter_rows():
        row = _cells(written / "inbox" / file, sheet)[row_no - 1]
        numbers = [cell for cell in row if isinstance(cell, float) and cell > 1e15]
        assert numbers, (file, row_no)
        assert all(int(number) % 10 == 0 for number in numbers)


def test_error_rates_are_those_of_the_table(written: Path) -> None:
    rows = _truth(written).filter(pl.col("file").str.starts_with("koperasi/Data"))
    for code in ("nik_absent", "nik_numeric", "nik_marks", "nik_typo"):
        expected = rates.rate(code) * rates.QUALITY["umkm"]
        seen = rows.select((pl.col("nik_fault") == code).fill_null(False).mean()).item()
        assert abs(seen - expected) < 0.016, code


def test_villages_differ_in_headers_but_each_names_a_nik_and_a_position(written: Path) -> None:
    books = sorted((written / "inbox" / "dpmd").glob("*.xlsx"))
    assert len(books) == 4
    rows = _truth(written).filter(pl.col("file").str.starts_with("dpmd/"))
    assert rows.height == 59 + 28 + 108 + 84 + 80 + 20


def test_opensid_has_its_43_names_and_ends_with_hashes(written: Path) -> None:
    path = next((written / "inbox" / "desa").glob("penduduk_*.xlsx"))
    cells = _cells(path, "Data Penduduk")
    assert len(cells[0]) == 43
    assert cells[0][:8] == ["alamat", "dusun", "rw", "rt", "nama", "no_kk", "nik", "sex"]
    assert cells[-1][1] == "###"
    suplemen = _cells(next((written / "inbox" / "desa").glob("suplemen_*.xlsx")), "Peserta")
    assert suplemen[0] == ["Peserta", "Keterangan"]
    assert suplemen[-1][0] == "###"


def test_siak_has_37_columns_in_two_encodings(written: Path) -> None:
    assert len(SIAK) == 37
    one = next((written / "inbox" / "dukcapil").glob("siak_*.csv")).read_bytes()
    assert b"Dusun \x96 " in one  # cp1252; not UTF-8
    with pytest.raises(UnicodeDecodeError):
        one.decode("utf-8")
    other = next((written / "inbox" / "dukcapil").glob("siak_*.txt")).read_text(encoding="utf-8")
    assert other.splitlines()[0].split("\t") == SIAK


def test_dbhcht_does_not_reach_for_the_plan(written: Path) -> None:
    rows = _cells(written / "inbox" / "anggaran" / "dpa_2026.xlsx", "anggaran")
    head = rows[0]
    funds = [dict(zip(head, row, strict=True)) for row in rows[1:]]
    dbhcht = next(f for f in funds if f["source"] == "dbhcht")
    assert dbhcht["budget_idr"] == round(2_630_124_000 / 60)
    assert (dbhcht["month_from"], dbhcht["month_to"]) == ("2026-04", "2026-12")
    assert dbhcht["budget_idr"] < 502 * 9 * 16_800
    # Each desa: one purse for its people, one for its own officials.
    assert sum(f["source"] == "add" for f in funds) == 2 * 4


def test_the_list_of_projects_holds_no_person(written: Path) -> None:
    assert _truth(written).filter(pl.col("file").str.starts_with("lpse/")).is_empty()
    assert len(_cells(written / "inbox" / "lpse" / "paket_pekerjaan_2026.xlsx", "Paket")) == 1 + 5


def test_a_folder_with_other_files_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "surat.txt").write_text("penting", encoding="utf-8")
    with pytest.raises(Refused):
        commands.main(["make", "--size", "small", str(tmp_path)])
    assert (tmp_path / "surat.txt").read_text(encoding="utf-8") == "penting"


def test_no_file_name_holds_a_number_of_a_person(written: Path) -> None:
    assert not [p.name for p in written.rglob("*") if re.search(r"\d{16}", p.name)]


def test_mutations_of_may_name_living_members_and_the_truth_knows_the_dead(written: Path) -> None:
    rows = _cells(written / "lanjutan" / "mutasi_2026-05.xlsx", "mutasi")
    assert rows[0] == ["NIK", "NAMA", "JENIS", "TANGGAL", "BUKTI"]
    assert {row[2] for row in rows[1:]} == {"MENINGGAL", "PINDAH", "PMI", "MANDIRI", "BEKERJA", "BERHENTI"}
    dead = [row[0] for row in rows[1:] if row[2] == "MENINGGAL"]
    people = pl.read_parquet(written / "truth" / "people.parquet").filter(pl.col("nik").is_in(dead))
    assert people["status"].to_list() == ["mati"] * len(dead)
    assert people["event_date"].min() >= dt.date(2026, 4, 1)  # type: ignore[operator]
