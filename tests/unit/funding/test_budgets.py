"""Budget files: what is read, what is refused and where, and what a later version may change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.db import DatabaseError, IntegrityError, connection, transaction

from jaring.facts.reason import Refused
from jaring.funding import actions, register
from jaring.funding.budgets import Known, check
from jaring.funding.models import Change, Fund
from jaring.journal.models import Entry as Journal

KNOWN = Known(
    {"apbd": False, "dbhcht": False, "add": True, "csr": False}, {"52.03.01.2001"}, {"nelayan", "bpd"}
)
HEADER = ["No", "Sumber Dana", "Tahun", "Kode Desa", "Pagu (Rp)", "Bulan Mulai", "Bulan Selesai", "Dokumen"]


def _sheet(*rows: list[Any]) -> list[list[str | None]]:
    return [[None if cell is None else str(cell) for cell in row] for row in rows]


def _line(**changes: Any) -> list[Any]:
    line = {
        "no": 1,
        "source": "DBHCHT",
        "year": 2026,
        "desa": "",
        "budget": 2_630_124_000,
        "start": "2026-04",
        "end": "2026-12",
        "document": "DPA 2.07/2026",
    }
    return list((line | changes).values())


def _book(path: Path, *rows: list[Any], header: list[str] = HEADER) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Anggaran")
    sheet.write_row(0, 0, ["Daftar anggaran iuran"])
    for number, row in enumerate([header, *rows], start=2):
        sheet.write_row(number, 0, row)
    book.close()
    return path


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"code": "DBHCHT-2026", "source": "dbhcht", "budget_idr": 2_630_124_000, "desa_code": None}),
        ({"budget": "Rp2.630.124.000,00"}, {"budget_idr": 2_630_124_000}),
        ({"budget": "2,630,124,000"}, {"budget_idr": 2_630_124_000}),
        ({"budget": "2000.0"}, {"budget_idr": 2_000}),
        ({"budget": "2.000"}, {"budget_idr": 2_000}),
        ({"budget": "0"}, {"budget_idr": 0}),
        ({"source": "dbh cht"}, {"source": "dbhcht"}),
        (
            {"start": "April", "end": "31/12/2026"},
            {"month_from": dt.date(2026, 4, 1), "month_to": dt.date(2026, 12, 1)},
        ),
        (
            {"start": "4", "end": "12.0"},
            {"month_from": dt.date(2026, 4, 1), "month_to": dt.date(2026, 12, 1)},
        ),
        ({"start": "2026-04-15", "end": "desember 2026"}, {"month_from": dt.date(2026, 4, 1)}),
        (
            {"source": "Alokasi Dana Desa", "desa": "5203012001"},
            {"source": "add", "desa_code": "52.03.01.2001", "code": "ADD-2026-5203012001"},
        ),
    ],
)
def test_what_offices_write_is_understood(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    rows, faults = check([("S", _sheet(HEADER, _line(**changes)))], KNOWN)
    assert faults == []
    assert {name: rows.row(0, named=True)[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"source": "hibah"}, "SUMBER"),
        ({"year": "26"}, "TAHUN"),
        ({"budget": "-5"}, "PAGU"),
        ({"budget": "dua juta"}, "PAGU"),
        ({"budget": "1000.5"}, "PAGU"),
        ({"budget": ""}, "PAGU"),
        ({"budget": "1" + "0" * 16}, "PAGU"),
        ({"start": "2025-12"}, "BULAN MULAI"),
        ({"end": "Ramadan"}, "BULAN SELESAI"),
        ({"end": "2026-13"}, "BULAN SELESAI"),
        ({"start": "2026-09", "end": "2026-04"}, "BULAN SELESAI"),
        ({"document": ""}, "DOKUMEN"),
        ({"source": "ADD"}, "KODE DESA"),
        ({"source": "ADD", "desa": "52.03.01.9999"}, "KODE DESA"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(changes: dict[str, Any], column: str) -> None:
    rows, faults = check([("S", _sheet(["judul"], HEADER, _line(), _line(**changes)))], KNOWN)
    assert [(fault.row, fault.column) for fault in faults] == [(4, column)]
    assert faults[0].mend
    assert rows.height == 1


def test_the_same_fund_twice_in_a_file_is_a_fault_unless_a_code_parts_them() -> None:
    _, faults = check([("S", _sheet(HEADER, _line(source="CSR"), _line(source="CSR")))], KNOWN)
    assert [(fault.row, fault.column) for fault in faults] == [(3, "KODE DANA")]
    header = [*HEADER, "Kode"]
    coded = [[*_line(source="CSR"), f"csr-{bank}"] for bank in ("a", "b")]
    rows, faults = check([("S", _sheet(header, *coded))], KNOWN)
    assert (faults, rows["code"].to_list()) == ([], ["CSR-A", "CSR-B"])


def test_a_line_of_totals_is_no_fund_and_a_file_without_a_header_is_refused() -> None:
    total = [None, "", "", "", "2630124000", "", "", "Jumlah"]
    rows, faults = check([("catatan", _sheet(["hal lain"])), ("S", _sheet(HEADER, _line(), total))], KNOWN)
    assert (rows.height, faults) == (1, [])
    assert check([("S", _sheet(["Nama", "NIK"]))], KNOWN)[1][0].sentence.startswith("Tidak ada lembar")
    assert check([("S", _sheet(HEADER))], KNOWN)[1][0].sentence.startswith("Tidak ada baris")


@pytest.mark.django_db
def test_a_file_becomes_funds_with_history_and_ledger_and_again_changes_nothing(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "dpa.xlsx",
        _line(),
        _line(source="ADD", desa="52.03.01.2001", budget=20_000_000, start="2026-01"),
    )
    actions.load_budgets(path, by="anggaran")
    told = Journal.objects.count()
    actions.load_budgets(path, by="anggaran")
    assert list(Fund.objects.values_list("code", "budget_idr", "committed_idr", "desa_code")) == [
        ("ADD-2026-5203012001", 20_000_000, 0, "52.03.01.2001"),
        ("DBHCHT-2026", 2_630_124_000, 0, None),
    ]
    assert (Change.objects.count(), Journal.objects.count()) == (2, told)
    assert register.disagreements().height == 0


@pytest.mark.django_db
def test_a_later_version_raises_and_cuts_but_never_below_what_is_committed(tmp_path: Path) -> None:
    actions.load_budgets(_book(tmp_path / "dpa.xlsx", _line()), by="anggaran")
    Fund.objects.update(committed_idr=2_000_000_000)
    raised = _line(budget=3_000_000_000, document="DPPA 2026")
    actions.load_budgets(_book(tmp_path / "dppa.xlsx", raised), by="anggaran")
    actions.load_budgets(_book(tmp_path / "dppa2.xlsx", _line(budget=2_000_000_000)), by="anggaran")
    with pytest.raises(Refused) as refused:
        actions.load_budgets(_book(tmp_path / "dppa3.xlsx", _line(budget=1_999_999_999)), by="anggaran")
    assert refused.value.reason.code == "pagu-di-bawah-komitmen"
    assert "baris 4" in refused.value.reason.sentence
    assert list(
        Change.objects.order_by("version").values_list("version", "before_idr", "budget_idr", "document")
    ) == [
        (1, 0, 2_630_124_000, "DPA 2.07/2026"),
        (2, 2_630_124_000, 3_000_000_000, "DPPA 2026"),
        (3, 3_000_000_000, 2_000_000_000, "DPA 2.07/2026"),
    ]
    assert Fund.objects.get().budget_idr == 2_000_000_000


@pytest.mark.django_db
def test_one_bad_row_stores_nothing_of_the_file(tmp_path: Path) -> None:
    path = _book(tmp_path / "dpa.xlsx", _line(), _line(source="APBD", budget="sekian"))
    with pytest.raises(Refused) as refused:
        actions.load_budgets(path, by="anggaran")
    sentence = refused.value.reason.sentence
    assert "dpa.xlsx" in sentence
    assert "lembar Anggaran baris 5 kolom PAGU" in sentence
    assert (Fund.objects.count(), Change.objects.count(), Journal.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_csv_is_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "apb.csv"
    path.write_text(";".join(HEADER) + "\n" + ";".join(str(cell) for cell in _line(source="APBD")) + "\n")
    actions.load_budgets(path, by="anggaran")
    assert Fund.objects.get().code == "APBD-2026"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "committed_idr = budget_idr + 1",
        "committed_idr = -1",
        "spent_idr = committed_idr + 1",
        "spent_idr = -1",
        "budget_idr = committed_idr - 1",
        "month_to = month_from - interval '1 month'",
    ],
)
def test_the_database_refuses_a_fund_that_breaks_its_budget(tmp_path: Path, change: str) -> None:
    actions.load_budgets(_book(tmp_path / "dpa.xlsx", _line()), by="anggaran")
    with (
        pytest.raises(IntegrityError, match="funding_fund"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE funding_fund SET {change}")


@pytest.mark.django_db
def test_the_history_of_budgets_cannot_be_rewritten(tmp_path: Path) -> None:
    actions.load_budgets(_book(tmp_path / "dpa.xlsx", _line()), by="anggaran")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE funding_change SET budget_idr = 1")
