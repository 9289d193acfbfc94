"""Files of the insurer as works: a worker killed in the middle, progress, refusals, rights asked again."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.acting import ready_officer
from tests.unit.enrolment.offices import APRIL, answer, decreed, delivered, states

from jaring.cycle import work
from jaring.cycle.models import Work
from jaring.enrolment.models import Answer
from jaring.journal.models import Entry
from jaring.rosters import keeping

_PEOPLE = 4_000


def _worker(*more: str) -> list[str]:
    words = ", ".join(repr(word) for word in ("work", *more))
    return [sys.executable, "-c", f"from jaring.cli import main; raise SystemExit(main([{words}]))"]


def _kept(path: Path) -> dict[str, str]:
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    keeping.keep(data, sha256)
    return {"name": path.name, "sha256": sha256}


def _answered(folder: Path, people: int) -> dict[str, Any]:
    """An answer that accepts everybody of April's one batch, kept as the site keeps it."""
    (folder / "masuk").mkdir()
    decreed(folder, people, months=1)
    lines = delivered(APRIL, folder / "keluar")
    said = [(ref, "DITERIMA", None, None, "2026-04") for ref in lines["REFERENSI"]]
    path = answer(folder / "jawaban-april.xlsx", lines["batch"][0], said)
    return {"files": [_kept(path)], "file_name": path.name, "place": "insurer", "by": "cabang"}


def test_answers_of_a_killed_worker_are_taken_once_by_the_next(own_database: str, tmp_path: Path) -> None:
    """Given a worker in the middle of an answer, when SIGKILL ends it, then the next one takes it whole."""
    ready_officer("cabang", "bpjs")
    mine = work.start("answers", _answered(tmp_path, _PEOPLE), key="jawaban-1", by="cabang")
    environment = {**os.environ, "DATABASE_URL": own_database}
    environment["DATABASE_OWNER_URL"] = own_database.replace("jaring_app@", "jaring_owner@")
    first = subprocess.Popen(_worker(), env=environment)
    try:
        until = time.monotonic() + 60
        # Its progress is seen from outside before it is done.
        while mine.state != "running" or not mine.sentence:
            assert time.monotonic() < until, f"the work stays {mine.state}"
            time.sleep(0.01)
            mine.refresh_from_db()
        assert mine.sentence == "Membaca dan memeriksa berkas"
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    mine.refresh_from_db()
    assert mine.state == "running", "killed too late to prove anything"
    assert states(APRIL) == {"decreed": _PEOPLE}
    assert not Answer.objects.exists()
    subprocess.run(_worker("--until-empty"), env=environment, timeout=90, check=True)
    mine.refresh_from_db()
    assert (mine.state, mine.tries) == ("done", 2)
    assert mine.result["counts"]["accepted"] == _PEOPLE
    assert states(APRIL) == {"enrolled": _PEOPLE}
    assert Entry.objects.filter(action="enrolment.read_answers").count() == 1
    # Done once more, as after a worker killed between its deed and its word, it changes nothing.
    Work.objects.filter(pk=mine.pk).update(state="running")
    assert work.recover() == 1
    work.serve(until_empty=True)
    mine.refresh_from_db()
    assert (mine.state, mine.result["counts"]["known"]) == ("done", 1)
    assert Answer.objects.count() == 1


def test_one_of_several_answers_that_cannot_be_read_does_not_stop_the_others(
    own_database: str, tmp_path: Path
) -> None:
    ready_officer("cabang", "bpjs")
    given = _answered(tmp_path, 3)
    (tmp_path / "jawaban-rusak.xlsx").write_bytes(b"rusak")
    broken = _kept(tmp_path / "jawaban-rusak.xlsx")
    both = work.start("answers", {**given, "files": [broken, *given["files"]]}, key="j1", by="cabang")
    alone = work.start("answers", {**given, "files": [broken]}, key="j2", by="cabang")
    gone = work.start("answers", {**given, "files": [broken]}, key="j3", by="cabang")
    work.serve(until_empty=True)
    for one in (both, alone, gone):
        one.refresh_from_db()
    counts = both.result["counts"]
    assert (both.state, counts["held"], counts["accepted"]) == ("done", 1, 3)
    assert (alone.state, alone.result["code"]) == ("failed", "kolom-tidak-ada")
    # What was refused is not kept, and says so to whoever asks for it again.
    assert (gone.state, gone.result["code"]) == ("failed", "berkas-kedaluwarsa")


@pytest.mark.django_db
def test_one_who_is_no_officer_takes_nothing(tmp_path: Path) -> None:
    mine = work.start("answers", _answered(tmp_path, 1), key="j4", by="cabang")
    work.carry_out.func(mine.pk)
    mine.refresh_from_db()
    assert (mine.state, mine.result["code"]) == ("failed", "tanpa-hak")
    assert states(APRIL) == {"decreed": 1}
