"""Background work: one key one work, progress, refusals told, and a worker killed in the middle."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.contrib.sessions.models import Session
from django.utils import timezone
from tests.acting import ready_officer
from tests.unit.enrolment.offices import decreed

from jaring.cycle import actions_tidy, work
from jaring.cycle.actions_work import put_back
from jaring.cycle.models import Step, Work
from jaring.cycle.works import kinds
from jaring.enrolment.models import Batch
from jaring.facts.reason import Refused
from jaring.journal.models import Entry
from jaring.officers.models import Assignment
from jaring.people.models import Link, Person
from jaring.rosters import keeping
from jaring.rosters.models import Roster, Row
from jaring.tables.home import home

_WORKER = [sys.executable, "-c", "from jaring.cli import main; raise SystemExit(main(['work']))"]


@pytest.fixture
def own_database(own_database: str) -> str:
    """With the officers who ask for work here."""
    for name, role in (("ani", "disnakertrans"), ("budi", "penyetuju"), ("operator.uji", "disnakertrans")):
        ready_officer(name, role)
    return own_database


def _kept(path: Path) -> str:
    import hashlib

    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    keeping.keep(data, sha256)
    return sha256


def _list(path: Path, rows: int) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Daftar")
        sheet.write_row(0, 0, ["NO", "NIK", "NAMA", "TANGGAL LAHIR", "DESA"])
        for n in range(1, rows + 1):
            nik = f"520301{n % 28 + 1:02d}{n % 12 + 1:02d}{n % 40 + 50:02d}{n % 9999 + 1:04d}"
            born = f"{n % 28 + 1:02d}-{n % 12 + 1:02d}-19{n % 40 + 50:02d}"
            sheet.write_row(n, 0, [str(n), nik, f"Amaq Sahnan {n}", born, "Selong"])
    return path


def _receive(sha256: str, key: str, by: str = "operator.uji") -> Work:
    given = {"sha256": sha256, "file_name": "daftar.xlsx", "office": "pertanian", "by": by}
    return work.start("receive", given, key=key, by=by)


def test_the_kinds_are_found_by_listing_and_each_says_its_title() -> None:
    assert {"receive", "stage"} <= set(kinds())
    assert all(kind.TITLE and callable(kind.run) for kind in kinds().values())


@pytest.mark.django_db
def test_one_key_starts_one_work_and_another_officer_cannot_take_the_key() -> None:
    first = work.start("stage", {"month": "2026-04", "by": "ani"}, key="kunci-1", by="ani")
    again = work.start("stage", {"month": "2026-04", "by": "ani"}, key="kunci-1", by="ani")
    assert first.pk == again.pk
    assert Work.objects.count() == 1
    assert Entry.objects.filter(action="work.start").count() == 1
    with pytest.raises(Refused) as refused:
        work.start("stage", {}, key="kunci-1", by="budi")
    assert refused.value.reason.code == "pekerjaan-lain"
    with pytest.raises(ValueError, match="no kind"):
        work.start("tak-ada", {}, key="kunci-2", by="ani")
    with pytest.raises(ValueError, match="key"):
        work.start("stage", {}, key="../kunci", by="ani")


def test_a_list_is_received_once_and_its_people_are_known(own_database: str, tmp_path: Path) -> None:
    sha256 = _kept(_list(tmp_path / "d.xlsx", 40))
    mine = _receive(sha256, "k1")
    work.serve(until_empty=True)
    mine.refresh_from_db()
    assert (mine.state, mine.tries) == ("done", 1)
    assert mine.result["counts"]["baris_masuk"] == 40
    assert mine.result["counts"]["orang_baru"] == 40
    assert Roster.objects.get().pk == mine.result["roster"]
    assert Link.objects.count() == Row.objects.filter(accepted=True).count() == 40
    # The same file again under another key is the same list.
    again = _receive(sha256, "k2")
    work.serve(until_empty=True)
    again.refresh_from_db()
    assert again.result["roster"] == mine.result["roster"]
    assert Person.objects.count() == 40


def test_a_file_that_is_no_list_fails_with_its_sentence_and_is_not_kept(
    own_database: str, tmp_path: Path
) -> None:
    bad = tmp_path / "foto.xlsx"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 200)
    sha256 = _kept(bad)
    mine = _receive(sha256, "k3")
    work.serve(until_empty=True)
    mine.refresh_from_db()
    assert mine.state == "failed"
    assert "PNG" in mine.sentence
    assert mine.result["code"] == "bukan-tabel"
    assert ".xlsx" in mine.result["mend"]
    with pytest.raises(FileNotFoundError):
        keeping.kept(sha256)


def test_a_fault_of_the_system_quotes_no_cell(own_database: str, monkeypatch: Any, caplog: Any) -> None:
    canary = "5203017112900001"

    def broken(arguments: Any, progress: Any) -> dict[str, Any]:
        raise ValueError(f"sel {canary} tidak terbaca")

    monkeypatch.setattr(kinds()["stage"], "run", broken)
    mine = work.start("stage", {}, key="k4", by="ani")
    work.serve(until_empty=True)
    mine.refresh_from_db()
    assert mine.state == "failed"
    assert mine.result == {"fault": "ValueError"}
    assert "kesalahan sistem" in mine.sentence
    assert canary not in caplog.text
    assert "broken" in caplog.text


def test_progress_is_seen_from_outside_while_the_work_is_in_its_own_transaction(
    own_database: str, monkeypatch: Any
) -> None:
    from django.db import connections, transaction

    seen: list[tuple[int, int, str]] = []

    def slow(arguments: Any, progress: Any) -> dict[str, Any]:
        with transaction.atomic():
            Work.objects.filter(pk=-1).update(done=0)
            progress(1, 3, "satu")
            progress(2, 3, "terlalu cepat, tidak ditulis")
            other = connections["default"].copy()
            with other.cursor() as cursor:
                cursor.execute('SELECT done, "of", sentence FROM cycle_work')
                seen.append(cursor.fetchone())
            other.close()
        return {}

    monkeypatch.setattr(kinds()["stage"], "run", slow)
    work.start("stage", {}, key="k5", by="ani")
    work.serve(until_empty=True)
    assert seen == [(1, 3, "satu")]


def _wait(mine: Work, state: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        mine.refresh_from_db()
        if mine.state == state:
            return
        time.sleep(0.02)
    raise AssertionError(f"the work stays {mine.state}")


def test_work_of_a_killed_worker_is_finished_once_by_the_next(own_database: str, tmp_path: Path) -> None:
    """Given a worker in the middle of a list, when SIGKILL ends it, then the next worker finishes it once."""
    sha256 = _kept(_list(tmp_path / "besar.xlsx", 9000))
    mine = _receive(sha256, "k6")
    environment = {**os.environ, "DATABASE_URL": own_database}
    environment["DATABASE_OWNER_URL"] = own_database.replace("jaring_app@", "jaring_owner@")
    first = subprocess.Popen(_WORKER, env=environment)
    try:
        _wait(mine, "running")
        # While it lives nobody takes it over.
        assert work.recover() == 0
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    mine.refresh_from_db()
    assert mine.state == "running", "killed too late to prove anything"
    second = subprocess.run(
        [*_WORKER[:-1], _WORKER[-1].replace("'work'", "'work', '--until-empty'")],
        env=environment,
        timeout=90,
        check=True,
    )
    assert second.returncode == 0
    mine.refresh_from_db()
    assert (mine.state, mine.tries) == ("done", 2)
    assert Roster.objects.get().rows_in == 9000
    assert Row.objects.count() == 9000
    assert Entry.objects.filter(action="rosters.receive").count() == 1
    assert Link.objects.count() == Row.objects.filter(accepted=True).count()


@pytest.mark.django_db
def test_work_that_kills_its_worker_each_time_is_given_up() -> None:
    mine = work.start("stage", {}, key="k7", by="ani")
    from django_tasks_db.models import DBTaskResult

    for tries in (1, 2):
        DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())
        Work.objects.update(state="running", tries=tries)
        assert put_back(mine.pk)
        mine.refresh_from_db()
        assert mine.state == "waiting"
    DBTaskResult.objects.update(status="RUNNING")
    Work.objects.update(state="running", tries=3)
    assert put_back(mine.pk)
    mine.refresh_from_db()
    assert mine.state == "failed"
    assert "tidak dicoba lagi" in mine.sentence
    assert not put_back(mine.pk)


def test_a_stage_of_a_month_runs_in_the_background(own_database: str) -> None:
    mine = work.start("stage", {"month": "2026-04", "stage": "recognise", "by": "ani"}, key="k8", by="ani")
    work.serve(until_empty=True)
    mine.refresh_from_db()
    assert (mine.state, mine.result["stages"], mine.result["month"]) == ("done", ["recognise"], "2026-04")
    assert Step.objects.get().by == "ani"
    unknown = work.start("stage", {"month": "2026-04", "stage": "entah", "by": "ani"}, key="k9", by="ani")
    work.serve(until_empty=True)
    unknown.refresh_from_db()
    assert (unknown.state, unknown.result["code"]) == ("failed", "tahap-tak-dikenal")
    assert [one.key for one in work.ended("ani")] == ["k9", "k8"]
    work.told(unknown, by="orang lain")
    work.told(mine, by="ani")
    assert [one.key for one in work.ended("ani")] == ["k9"]


def _lying() -> set[Path]:
    """Files of this home beside its database."""
    own = (part for part in home().iterdir() if part.is_dir() and not part.name.startswith("postgres"))
    return {path for part in own for path in part.rglob("*") if path.is_file()}


def test_a_month_run_from_the_site_leaves_no_file_with_names_or_niks(
    own_database: str, tmp_path: Path
) -> None:
    """Given a list and an approved batch, then nothing of them lies on the disk in the clear."""
    before = _lying()
    (tmp_path / "masuk" / "pertanian").mkdir(parents=True)
    held = _list(tmp_path / "masuk" / "pertanian" / "petani.xlsx", 3)
    given = {"month": "2026-04", "stage": "receive", "inbox": str(held.parent.parent), "by": "ani"}
    work.start("stage", given, key="k11", by="ani")
    decreed(tmp_path, 2)
    work.start("stage", {"month": "2026-04", "stage": "batch", "by": "ani"}, key="k12", by="ani")
    work.serve(until_empty=True)
    draft = Batch.objects.get(state="draft")
    press: dict[str, Any] = {"paper": "berkas", "key": "2026-04", "drafts": [draft.pk], "by": "budi"}
    approved = work.start("approve", press, key="k13", by="budi")
    work.serve(until_empty=True)
    approved.refresh_from_db()
    assert (approved.state, approved.result) == ("done", {"counts": {"berkas": 1}})
    assert Roster.objects.get(file_name="petani.xlsx").rows_in == 3
    assert {work.state for work in Work.objects.all()} == {"done"}
    # What is kept is the list itself, sealed.
    assert [path.parent.name for path in _lying() - before] == ["files"]


def test_work_is_not_done_for_one_who_lost_the_right_meanwhile(own_database: str, tmp_path: Path) -> None:
    """Given three works asked for, when the asker's role ends before a worker comes, then none is done."""
    sha256 = _kept(_list(tmp_path / "daftar.xlsx", 3))
    begun = [
        _receive(sha256, "h1", by="ani"),
        work.start("stage", {"month": "2026-04", "stage": "recognise", "by": "ani"}, key="h2", by="ani"),
        work.start("approve", {"paper": "usulan", "key": 1, "by": "ani"}, key="h3", by="ani"),
    ]
    now, day = timezone.localdate(), dt.timedelta(days=1)
    Assignment.objects.filter(officer__username="ani").update(date_from=now - 9 * day, date_to=now - day)
    # What was paid is counted all the same.
    counted = work.start("stage", {"month": "2026-04", "stage": "cover", "by": "ani"}, key="h4", by="ani")
    work.serve(until_empty=True)
    for one in begun:
        one.refresh_from_db()
        assert (one.state, one.result["code"]) == ("failed", "tanpa-hak")
    counted.refresh_from_db()
    assert counted.state == "done"
    assert not Roster.objects.exists()


def test_work_that_another_worker_holds_is_left_to_it(own_database: str) -> None:
    mine = work.start("stage", {"month": "2026-04", "stage": "recognise", "by": "ani"}, key="k10", by="ani")
    with work._held(mine.pk) as own:
        assert own is not None
        work.serve(until_empty=True)
        mine.refresh_from_db()
        assert (mine.state, mine.tries) == ("waiting", 0)
    work.serve(until_empty=True)
    mine.refresh_from_db()
    assert (mine.state, mine.tries) == ("done", 1)


@pytest.mark.django_db
def test_one_officer_does_not_fill_the_queue() -> None:
    for n in range(12):
        work.start("stage", {}, key=f"banyak-{n}", by="ani")
    with pytest.raises(Refused) as refused:
        work.start("stage", {}, key="banyak-12", by="ani")
    assert refused.value.reason.code == "terlalu-banyak-pekerjaan"
    assert Work.objects.count() == 12
    assert work.start("stage", {}, key="banyak-0", by="ani").key == "banyak-0"
    assert work.start("stage", {}, key="lain", by="budi").state == "waiting"


@pytest.mark.django_db
def test_people_of_many_small_sendings_are_recognised_by_one_work() -> None:
    work.recognise_soon(by="ani")
    work.recognise_soon(by="budi")
    mine = Work.objects.get()
    assert (mine.kind, mine.by) == ("recognise", "ani")
    assert work.ended("ani") == []
    # One that has begun may not see rows that came after it.
    Work.objects.update(state="running")
    work.recognise_soon(by="budi")
    assert Work.objects.count() == 2


def test_a_worker_tidies_once_a_day(own_database: str) -> None:
    """Given an idle worker, when it is stopped, then the day's tidying was done, once and quietly."""
    environment = {**os.environ, "DATABASE_URL": own_database}
    environment["DATABASE_OWNER_URL"] = own_database.replace("jaring_app@", "jaring_owner@")
    for _ in range(2):
        worker = subprocess.Popen(_WORKER, env=environment)
        try:
            until = time.monotonic() + 60
            while not Work.objects.filter(kind="tidy", state="done").exists():
                assert time.monotonic() < until, "it was never done"
                time.sleep(0.1)
        finally:
            worker.terminate()
            worker.wait()
    [done] = Work.objects.all()
    assert (done.key, done.by, done.tries) == (f"rapikan-{timezone.localdate()}", "sistem", 1)
    assert work.ended("sistem") == []


@pytest.mark.django_db
def test_tidying_deletes_what_has_served_its_time_and_nothing_else(tmp_path: Path) -> None:
    now = timezone.now()
    lists, read, waits, fresh = (_kept(_list(tmp_path / f"{n}.xlsx", n)) for n in (2, 3, 4, 5))
    Roster.objects.create(
        sha256=lists, file_name="d.xlsx", office="pertanian", kind="petani", received_at=now, by="ani",
        rows_in=2, accepted=2, quarantined=0,
    )  # fmt: skip
    old = [
        work.start("receive", {"sha256": lists}, key="t1", by="ani"),
        work.start("answers", {"files": [{"sha256": one} for one in (read, waits)]}, key="t2", by="ani"),
    ]
    work.start("answers", {"files": [{"sha256": waits}]}, key="t3", by="ani")
    new = work.start("answers", {"files": [{"sha256": fresh}]}, key="t4", by="ani")
    Work.objects.filter(pk__in=[one.pk for one in old]).update(
        state="done", ended_at=now - actions_tidy.FILES - dt.timedelta(hours=1)
    )
    Work.objects.filter(pk=new.pk).update(state="done", ended_at=now)
    for key, days in (("habis", -1), ("berlaku", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + dt.timedelta(days=days))
    counts = actions_tidy.tidy(by="sistem")
    assert (counts["berkas"], counts["pekerjaan"]) == (1, 0)
    assert [keeping.is_kept(one) for one in (lists, read, waits, fresh)] == [True, False, True, True]
    assert [one.session_key for one in Session.objects.all()] == ["berlaku"]
    assert Entry.objects.get(action="cycle.tidy").actor == "sistem"
    # Again there is nothing, and the journal says nothing.
    assert actions_tidy.tidy(by="sistem")["berkas"] == 0
    assert Entry.objects.filter(action="cycle.tidy").count() == 1
    Work.objects.filter(key="t1").update(ended_at=now - actions_tidy.WORKS - dt.timedelta(hours=1))
    assert actions_tidy.tidy(by="sistem")["pekerjaan"] == 1
    assert not Work.objects.filter(key="t1").exists()
    assert keeping.is_kept(lists)
