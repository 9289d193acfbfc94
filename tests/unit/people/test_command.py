"""The machine door: files in, links out, no database; and the queue as a workbook."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from jaring.people import actions, queue
from jaring.people.models import Review

Store = Callable[[pl.DataFrame], pl.DataFrame]
RowsOf = Callable[..., pl.DataFrame]
NIK = "5203011212900003"


def _run(*args: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "JARING_HOME": str(home),
        "DATABASE_URL": "postgresql://nobody@/none?host=/none",
    }
    return subprocess.run(
        [sys.executable, "-c", "import sys; from jaring.cli import main; sys.exit(main())", *map(str, args)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def test_two_files_become_links_without_a_database(tmp_path: Path) -> None:
    first, second = tmp_path / "petani.csv", tmp_path / "marbot.csv"
    first.write_text(
        f"NIK,NAMA,TANGGAL LAHIR\n{NIK},Lalu Muh. Saleh,12-12-1990\n5203014403840002,Nurhayati,04-03-1984\n",
        encoding="utf-8",
    )
    second.write_text(f"NIK;NAMA LENGKAP\n{NIK};L. M. SALEH\n0;Zulkarnaen\n", encoding="utf-8")
    out = tmp_path / "links.csv"
    done = _run("people", "link", first, second, "--out", out, "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) | {"out": ""} == {
        "rows": 4, "people": 3, "certain": 4, "likely": 0, "review": 0, "cases": 0, "out": "",
    }  # fmt: skip
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["file", "sheet", "row", "person", "weight", "state"]
    assert [(r["file"], r["row"], r["person"]) for r in rows] == [
        ("petani.csv", "2", "1"),
        ("petani.csv", "3", "2"),
        ("marbot.csv", "2", "1"),
        ("marbot.csv", "3", "3"),
    ]
    assert NIK not in out.read_text(encoding="utf-8")
    assert not (tmp_path / "postgres").exists()


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    done = _run("people", "link", tmp_path / "tidak.xlsx", "--out", tmp_path / "x.csv", home=tmp_path)
    assert done.returncode == 2
    assert "tidak.xlsx" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.django_db
def test_the_queue_is_counted_and_written_with_masked_niks(
    store: Store, rows_of: RowsOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jaring.people.linking.REVIEW_SHARE", 1.0)
    monkeypatch.setattr("jaring.people.clustering.MERGE", 30.0)
    village = {"desa_code": "52.03.01.2001", "kecamatan_code": "52.03.01"}
    frame = rows_of(
        {"nik": NIK, "name": "=Mahsun Rasidi", "birth_date": date(1990, 12, 12), **village},
        {"name": "Mahsun Rasidi", **village},
    )
    actions.recognise_frame(store(frame), by="penguji")
    assert queue.counts() == {
        **{"open": 1, "asked": 0, "answered": 0},
        **{"same": 0, "different": 0, "closed": 0},
    }
    path = tmp_path / "kasus.xlsx"
    assert queue.export(path) == 1
    sheet = openpyxl.load_workbook(path)["kasus"]
    heads = [cell.value for cell in sheet[1]]
    values = dict(zip(heads, sheet[2], strict=True))
    assert values["KASUS"].value == Review.objects.get().pk
    assert values["STATUS"].value == "menunggu"
    names = {values["NAMA 1"].value, values["NAMA 2"].value}
    assert names == {"=Mahsun Rasidi", "Mahsun Rasidi"}
    assert all(cell.data_type != "f" for cell in sheet[2])
    text = " ".join(str(cell.value) for cell in sheet[2])
    assert "5203••••••••0003" in text
    assert NIK not in text
    assert not re.search(r"52\.03\.\d\d", text)
    assert values["BOBOT NAMA"].value > 10
