"""Hostile files: the parent lives, says why in Indonesian, quickly, and reads the next file as before."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest
from tests.unit.rosters.hostile import CORPUS, book
from tests.unit.rosters.samples import nik

from jaring.facts.reason import Refused
from jaring.rosters import child, reading
from jaring.rosters.examination import examine
from jaring.rosters.limits import LIMITS

TODAY = dt.date(2026, 4, 1)


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    reading.read_bytes(book(), "a.xlsx")


@pytest.mark.parametrize("name", CORPUS)
def test_no_file_harms(name: str, tmp_path: Path) -> None:
    file_name, data, code = CORPUS[name]
    path = tmp_path / file_name
    path.write_bytes(data)
    began = time.monotonic()
    try:
        found = examine(path, today=TODAY)
    except Refused as refused:
        reason = refused.reason
        assert code is not None, f"refused with {reason.code}"
        assert code in {"?", reason.code}
        assert reason.sentence.endswith(".")
        assert reason.mend
        assert "root:" not in reason.sentence
    else:
        assert code is None, "read, and should have been refused"
        assert found.rows.height == found.accepted + (~found.rows["accepted"]).sum()
    # Two seconds on a machine of its own; the machine of the tests is shared.
    assert time.monotonic() - began < 6


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 50


def test_a_killed_child_is_told_from_a_refused_file(tmp_path: Path) -> None:
    killed = CORPUS["the same, attributes turned round"][1]
    with pytest.raises(Refused, match="berkas-membebani"):
        reading.read_bytes(killed, "a.xlsx")
    assert reading.read_bytes(book(), "a.xlsx").sheets[0].frame.rows()[1] == (nik(), "AHMAD")


def test_a_file_that_kills_its_child_takes_no_other_with_it() -> None:
    """Files that share a child: each is answered as if it had come alone, wherever the killer stands."""
    killer = CORPUS["the same, attributes turned round"][1]
    good = [f"NAMA;NIK\nORANG {number};5203\n".encode() for number in range(3)]
    together = [good[0], killer, b"%PDF-1.7", good[1], b"", good[2]]
    found = reading.read_together([(data, f"{number}.csv") for number, data in enumerate(together)])
    told = [one.reason.code if isinstance(one, Refused) else one.sheets[0].frame["c0"][1] for one in found]
    assert told == ["ORANG 0", "berkas-membebani", "bukan-tabel", "ORANG 1", "berkas-kosong", "ORANG 2"]
    assert [one.file_name for one in found if not isinstance(one, Refused)] == ["0.csv", "3.csv", "5.csv"]


def test_a_killed_server_is_replaced() -> None:
    reading.read_bytes(book(), "a.xlsx")
    server = reading._idle[-1].process
    server.kill()
    server.wait()
    assert reading.read_bytes(book(), "a.xlsx").sheets[0].name == "S"


def test_the_child_cannot_write_files_nor_leave_a_core(tmp_path: Path) -> None:
    status = os.fork()
    if status == 0:
        import resource

        try:
            child._confine(LIMITS)
            limits = [resource.getrlimit(w) for w in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)]
            os._exit(0 if limits == [(0, 0), (0, 0)] else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(status, 0)[1]) == 0


def test_formulas_are_read_as_their_stored_value_and_come_back_as_text(tmp_path: Path) -> None:
    found = examine(_written(tmp_path, CORPUS["formulas in cells"]), today=TODAY)
    assert found.rows["name"][0].startswith("=HYPERLINK")


def test_marks_that_hide_in_a_nik_are_told_and_change_no_digit(tmp_path: Path) -> None:
    found = examine(_written(tmp_path, CORPUS["bidirectional and zero-width marks"]), today=TODAY)
    assert found.rows["nik"].to_list() == [nik()]
    assert found.summary()["by_code"] == {"nik-tanda-tersembunyi": 1}


def _written(folder: Path, sample: tuple[str, bytes, str | None]) -> Path:
    path = folder / sample[0]
    path.write_bytes(sample[1])
    return path
