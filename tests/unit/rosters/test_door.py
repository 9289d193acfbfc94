"""The door ``jaring rosters check``: files in, files out, stable JSON, exit codes, no database."""
# ruff: noqa: E501  a sample is read as a table, one row a line

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.unit.rosters.hostile import CORPUS
from tests.unit.rosters.samples import nik, workbook

KEYS = {
    "file", "sha256", "form", "office", "kind", "kind_label", "sheets", "read", "accepted", "quarantined", "by_code",
    "rows_by_severity", "ignored",
}  # fmt: skip


def _check(path: Path, home: Path, *more: str) -> tuple[int, Any, str]:
    # A home that does not exist yet shows that no database was started.
    environment = {
        **os.environ,
        "JARING_HOME": str(home),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    done = subprocess.run(
        [sys.executable, "-c", "from jaring.cli import main; raise SystemExit(main())", "rosters", "check", str(path),
         "--office", "Desa Suela", "--json", *more],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout), done.stderr


def test_accepted_held_back_and_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path / "a.xlsx", {"S": [["NAMA", "NIK"], ["AHMAD", nik()]]})
    code, told, _ = _check(good, tmp_path / "home")
    assert (code, set(told), told["read"], told["accepted"], told["quarantined"]) == (0, KEYS, 1, 1, 0)
    assert told["sheets"] == [
        {"name": "S", "header_row": 1, "rows": 1, "columns": {"NAMA": "name", "NIK": "nik"}, "unused": []}
    ]
    assert not (tmp_path / "home" / "postgres").exists()

    held = workbook(
        tmp_path / "b.xlsx", {"S": [["NAMA", "NIK"], ["AHMAD", nik()], ["SITI", 5203015203800010]]}
    )
    code, told, _ = _check(held, tmp_path / "home", "--out", str(tmp_path / "jawab.xlsx"))
    assert (code, told["by_code"], told["answered"]) == (1, {"nik-angka": 1}, str(tmp_path / "jawab.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "jawab.xlsx")["S"]["C3"].value == "DITAHAN"

    bad = tmp_path / "c.xlsx"
    bad.write_bytes(CORPUS["two cells a sheet apart"][1])
    code, told, errors = _check(bad, tmp_path / "home")
    assert (code, told["refused"]["code"]) == (2, "sel-terlalu-jauh")
    assert "Cara memperbaiki" in errors
    assert "Traceback" not in errors


def test_a_mapping_file_and_a_given_kind(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": [["ORANG", "NOMOR UNIK"], ["AHMAD", nik()]]})
    (tmp_path / "arti.json").write_text('{"Orang": "name", "nomor unik": "nik"}', "utf-8")
    code, told, _ = _check(
        path, tmp_path / "home", "--mapping", str(tmp_path / "arti.json"), "--kind", "petani"
    )
    assert (code, told["kind"], told["accepted"]) == (0, "petani", 1)


def test_people_read_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from jaring.cli import main

    path = workbook(tmp_path / "a.xlsx", {"S": [["NAMA", "NIK"], ["SITI", "520"]]})
    assert main(["rosters", "check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "dibaca 1, diterima 0, ditahan 1" in said
    assert "S baris 2" in said
    assert "520" not in said.replace("S baris 2", "")
