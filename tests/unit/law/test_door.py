"""The door for machines: files of cases in, prices out; order, columns and the other rows kept."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from jaring.decide import pricing
from jaring.facts.reason import Refused
from jaring.law import cases

HEADER = (
    "no,kind,programmes,month,payer,sector,income_idr,wage_idr,risk_class,"
    "contract_value_idr,contract_months,route,catatan"
)


def priced(tmp_path: Path, *lines: str, header: str = HEADER) -> list[dict[str, str]]:
    source, target = tmp_path / "perkara.csv", tmp_path / "hasil.csv"
    source.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    pricing.price_file(source, target)
    with target.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@pytest.mark.parametrize(
    ("case", "sums"),
    [
        ("1,bpu,jkk+jkm,2026-12,self,other,1000000,,,,,,", "5000 3400 0 0 8400"),
        ("1,bpu,jkk+jkm,2027-01,self,other,1000000,,,,,,", "10000 6800 0 0 16800"),
        ("1,bpu,jkk+jkm,2027-03,self,transport,,,,,,,", "5000 3400 0 0 8400"),
        ("1,bpu,jkk+jkm,2026-12,apbd,transport,,,,,,,", "10000 6800 0 0 16800"),
        ("1,bpu,jkk+jkm+jht,2025-06,self,other,2700000,,,,,,", "29500 6800 59000 0 95300"),
        ("1,pu,jkk+jkm+jht+jp,2026-03,employer,,,20000000,low,,,,", "108000 60000 1140000 332589 1640589"),
        ("1,jakon,jkk+jkm,2026-04,,,,,,180000000,,,", "346000 46000 0 0 392000"),
        ("1,jakon,,2026-04,,,,40000000,,,,,", "696000 120000 0 0 816000"),
        ("1,pmi,jkk+jkm,2026-04,,,,,,,24,agency,", " |0 0 370000"),
        ("1,pmi,jkk+jkm,2026-04,,,,,,,18,individual,", " |0 0 270000"),
    ],
)
def test_a_case_is_answered(tmp_path: Path, case: str, sums: str) -> None:
    (row,) = priced(tmp_path, case)
    wanted = sums.replace(" |", "  ").split(" ")
    assert [row[name] for name in ("jkk", "jkm", "jht", "jp", "total")] == wanted
    assert row["articles"]


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("1,bpu,jkk+jp,2026-04,self,other,,,,,,,", "bpu-tanpa-jp: baris 3: Jaminan pensiun"),
        (
            "1,bpu,jkk,2026-04,self,other,1.000.000,,,,,,",
            "angka-keliru: baris 3, kolom income_idr: '1.000.000'. ",
        ),
        ("1,pu,jkk,2026-04,employer,,,dua juta,,,,,", "angka-keliru: baris 3, kolom wage_idr: 'dua juta'. "),
        (
            "1,bpu,jkk,2026-04,self,other,99999999999999999999,,,,,,",
            "angka-keliru: baris 3, kolom income_idr",
        ),
        ("1,pmi,jkk+jkm,2026-04,,,,,,,2.5,agency,", "angka-keliru: baris 3, kolom contract_months: '2.5'"),
        ("1,bpu,jkk,2026-13,self,other,,,,,,,", "bulan-keliru: baris 3: "),
        ("1,bpu,jkk,April,self,other,,,,,,,", "bulan-keliru: baris 3: "),
        ("1,magang,jkk,2026-04,self,other,,,,,,,", "jenis-tidak-dikenal: baris 3: "),
        ("1,bpu,jkk,2026-04,koperasi,other,,,,,,,", "pembayar-tidak-dikenal: baris 3: "),
        ("1,bpu,jkk,2026-04,self,ojek,,,,,,,", "sektor-tidak-dikenal: baris 3: "),
        ("1,pu,jkk,2026-04,employer,,,,low,,,,", "upah-tidak-ada: baris 3: "),
        ("1,jakon,jkk+jkm,2026-04,,,,,,0,,,", "nilai-kontrak-keliru: baris 3: "),
        ("1,pmi,jkk+jkm,2026-04,,,,,,,24,,", "rute-tidak-dikenal: baris 3: "),
        (",,,,,,,,,,,,", "bulan-tidak-ada: baris 3: "),
    ],
)
def test_an_impossible_case_says_why_and_the_rest_go_on(tmp_path: Path, case: str, told: str) -> None:
    good = "0,bpu,jkk+jkm,2026-05,self,other,,,,,,,"
    before, row, after = priced(tmp_path, good, case, good)
    assert row["warnings"].startswith(told)
    assert {row[name] for name in cases.ANSWERS[:-1]} == {""}
    assert before["total"] == after["total"] == "8400"


def test_columns_that_are_not_of_the_door_and_the_order_are_kept(tmp_path: Path) -> None:
    months = [f"2026-{month:02d}" for month in (12, 3, 4, 1)]
    lines = [f'{month},"satu, ""dua""\nbaris",{n},bpu,self,jkk+jkm' for n, month in enumerate(months)]
    rows = priced(tmp_path, *lines, header="Month, catatan ,Nomor,kind,payer,programmes")
    assert list(rows[0]) == ["Month", " catatan ", "Nomor", "kind", "payer", "programmes", *cases.ANSWERS]
    assert [row["Month"] for row in rows] == months
    assert rows[0][" catatan "] == 'satu, "dua"\nbaris'
    assert [row["total"] for row in rows] == ["8400", "16800", "8400", "16800"]


def test_batches_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        f"{n},bpu,jkk+jkm,2026-0{n % 9 + 1},self,other,{n * 1000 if n % 7 else 'x'},,,,,,"
        for n in range(1, 3_000)
    ]
    whole = priced(tmp_path, *lines)
    monkeypatch.setattr(pricing, "BATCH", 100)
    assert priced(tmp_path, *lines) == whole
    assert whole[6]["warnings"].startswith("angka-keliru: baris 8, ")
    assert whole[2_995 - 2_995 % 7 - 1]["warnings"].startswith(
        f"angka-keliru: baris {2_995 - 2_995 % 7 + 1}, "
    )


def test_a_semicolon_a_mark_at_the_start_and_numbers_of_frames_are_read(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_bytes(
        b"\xef\xbb\xbfkind;month;payer;programmes;income_idr\r\nBPU;2026-05; self ;jkk + jkm;1100000.0\r\n"
    )
    assert pricing.price_file(source, target).total_idr == 9_400
    assert (
        target.read_text(encoding="utf-8")
        .splitlines()[0]
        .endswith("income_idr;jkk;jkm;jht;jp;total;articles;warnings")
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"kind,payer\nbpu,self\n", "kolom-kurang"),
        (b"", "kolom-kurang"),
        (b"kind,month,total\nbpu,2026-04,1\n", "kolom-bentrok"),
        (b"kind,month,Month\nbpu,2026-04,1\n", "kolom-bentrok"),
        (b"kind,month\nbpu,2026-04,1,2\n", "baris-keliru"),
        (b"kind,month,catatan\nbpu,2026-04,\xe9\xe9\n", "bukan-utf8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(
    tmp_path: Path, content: bytes, code: str
) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_bytes(content)
    with pytest.raises(Refused) as refused:
        pricing.price_file(source, target)
    assert refused.value.reason.code == code
    assert refused.value.reason.mend
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_is_never_written_over_itself(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("kind,month\nbpu,2025-05\n", encoding="utf-8")
    with pytest.raises(Refused, match="sama"):
        pricing.price_file(source, source)
    assert source.read_text(encoding="utf-8") == "kind,month\nbpu,2025-05\n"


def test_a_header_alone_gives_a_header_alone(tmp_path: Path) -> None:
    assert priced(tmp_path) == []
    assert (tmp_path / "hasil.csv").read_text(encoding="utf-8") == f"{HEADER},{','.join(cases.ANSWERS)}\n"


def test_nothing_to_answer_is_an_empty_answer() -> None:
    empty = pl.DataFrame(schema=dict.fromkeys(("kind", "month", "income_idr"), pl.String))
    assert cases.answered(empty).columns == list(cases.ANSWERS)


def test_the_command_needs_no_database_and_obeys_the_offices_settings(tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    home.mkdir()
    (home / "setelan.yaml").write_text(
        "- {key: funding.add.uang_negara, value: tidak, from: 2026-04-01, by: DPMD, reason: surat cabang}\n",
        encoding="utf-8",
    )
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text(
        "kind,month,payer,programmes\nbpu,2026-05,add,jkk+jkm\nbpu,2026-05,apbd,jkk+jp\n", encoding="utf-8"
    )
    environment = {
        **os.environ,
        "JARING_HOME": str(home),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    start = "import sys; from jaring.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", start, "law", "price", str(source), str(target)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "2 perkara, 1 tanpa harga, jumlah Rp8.400\n"
    strict = subprocess.run([*command, "--strict"], env=environment, capture_output=True, check=False)
    assert strict.returncode == 1
    assert [path.name for path in home.iterdir()] == ["setelan.yaml"]
    with target.open(encoding="utf-8", newline="") as rows:
        first, second = csv.DictReader(rows)
    assert (first["total"], second["total"]) == ("8400", "")
    assert "setelan-lokal:funding.add.uang_negara" in first["warnings"]
