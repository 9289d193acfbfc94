"""A command that breaks off says what happened and what to do, and shows nobody's numbers."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import OperationalError

from jaring import cli
from jaring.tables import faults

NIK = "5203014107900001"
ROWS = f"NIK,NAMA,TANGGAL LAHIR,DESA\n{NIK},Inaq Sari,1990-07-01,Keruak\n"


def jaring(*words: str, stdout: int | None = subprocess.PIPE, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("jaring"), *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, **env},
    )


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "daftar.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.mark.parametrize("words", [("--json",), ()])
def test_a_full_disk_is_no_trace(rows: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = jaring("rosters", "check", str(rows), "--office", "Keruak", *words, stdout=full.fileno())
    assert ended.returncode == cli.BROKEN
    assert "[cakram-penuh]" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


def test_a_database_that_does_not_answer_is_no_trace(tmp_path: Path) -> None:
    gone = "postgresql://jaring@127.0.0.1:1/jaring"
    ended = jaring("rosters", "list", DATABASE_URL=gone, JARING_HOME=str(tmp_path))
    assert ended.returncode == cli.BROKEN
    assert "[basis-data-terputus]" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "code"), [("53100", "cakram-penuh"), ("57P01", "basis-data-terputus")])
def test_what_postgresql_says_of_its_disk_is_understood(state: str, code: str) -> None:
    with pytest.raises(OperationalError) as caught, connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$")
    reason = faults.told(caught.value)
    assert reason is not None
    assert reason.code == code


@pytest.mark.django_db
def test_a_fault_of_the_program_shows_where_but_not_whose(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: argparse.Namespace) -> int:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE told (nik text PRIMARY KEY) ON COMMIT DROP")
            cursor.execute("INSERT INTO told VALUES (%s), (%s)", [NIK, NIK])
        return 0

    assert run_as(broken, monkeypatch) == cli.BROKEN
    said = capsys.readouterr().err
    assert "IntegrityError" in said
    assert "in broken" in said
    assert "[kesalahan-program]" in said
    assert NIK not in said


def run_as(command: Callable[[argparse.Namespace], int], monkeypatch: pytest.MonkeyPatch) -> int:
    asked = argparse.ArgumentParser()
    asked.set_defaults(run=command)
    monkeypatch.setattr(cli, "parser", lambda: asked)
    return cli.main([])


def test_who_stops_a_command_sees_no_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    assert run_as(stopped, monkeypatch) == cli.STOPPED
    assert "Traceback" not in capsys.readouterr().err


def test_a_device_or_a_folder_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("/dev/null", str(tmp_path)):
        with pytest.raises(SystemExit):
            cli.main(["people", "link", "daftar.csv", "--out", place])
        assert f"{place} bukan berkas biasa" in capsys.readouterr().err
    aim, name = tmp_path / "hasil.csv", tmp_path / "nama.csv"
    aim.touch()
    name.symlink_to(aim)
    assert cli.new_file(str(name)) == aim.resolve()


def test_a_folder_that_is_not_there_is_made(rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "baru" / "lagi" / "tautan.csv"
    assert cli.main(["people", "link", str(rows), "--out", str(out), "--json"]) == 0
    assert out.read_text(encoding="utf-8").startswith("file,sheet,row,person")
