"""The worker beside the site: started again when it dies, gone when the site is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.journeys.conftest import free_port

from jaring import cli
from jaring.cli.serve import Kept
from jaring.world import demo

_STANDS = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"


def _until(true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never became so"
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_dies_is_started_again_and_ends_with_the_site(tmp_path: Path) -> None:
    told = tmp_path / "pids"

    def pids() -> list[int]:
        return [int(line) for line in told.read_text().split()] if told.exists() else []

    with Kept([sys.executable, "-c", _STANDS, str(told)]):
        _until(lambda: len(pids()) == 1)
        os.kill(pids()[0], signal.SIGKILL)
        _until(lambda: len(pids()) == 2)
        assert _alive(pids()[1])
    assert not _alive(pids()[1])


def test_an_attended_worker_leaves_when_nobody_holds_its_pipe(own_database: str) -> None:
    environment = {**os.environ, "DATABASE_URL": own_database}
    environment["DATABASE_OWNER_URL"] = own_database.replace("jaring_app@", "jaring_owner@")
    command = [sys.executable, "-c", "from jaring.cli import main; main(['work', '--attended'])"]
    worker = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)
    try:
        time.sleep(4)
        assert worker.poll() is None
        assert worker.stdin is not None
        worker.stdin.close()
        _until(lambda: worker.poll() is not None)
    finally:
        worker.kill()
        worker.wait()


def _site(database: str, port: int, before: str = "0") -> subprocess.Popen[bytes]:
    owner = database.replace("jaring_app@", "jaring_owner@")
    environment = {**os.environ, "DATABASE_URL": database, "DATABASE_OWNER_URL": owner}
    serve = f"cli.main(['serve', '--no-worker', '--port', '{port}'])"
    command = f"import jaring.cli as cli, sys; {before}; sys.exit({serve})"
    return subprocess.Popen([sys.executable, "-c", command], env=environment)


def _status(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return int(answer.status)
    except OSError:
        return 0


def test_a_site_whose_keeper_was_killed_frees_its_port(own_database: str) -> None:
    port = free_port()
    keeper = _site(own_database, port)
    _until(lambda: _status(port) == 200)
    keeper.kill()
    keeper.wait()
    _until(lambda: _status(port) == 0)


def test_what_has_worked_on_everybody_serves_no_requests(own_database: str) -> None:
    port = free_port()
    site = _site(own_database, port, before="cli.django_ready()")
    assert site.wait(30) != 0
    assert _status(port) == 0


def test_a_port_that_another_site_listens_at_is_refused(own_database: str, tmp_path: Path) -> None:
    """Two sites at one port would each answer half of the requests, the office's and the demo's alike."""
    port = free_port()
    site = _site(own_database, port)
    try:
        _until(lambda: _status(port) == 200)
        for command in (["serve"], ["demo", "--size", "small", "--folder", str(tmp_path / "peragaan")]):
            other = subprocess.run(
                [Path(sys.executable).with_name("jaring"), *command, "--port", str(port)],
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert other.returncode == cli.REFUSED
            assert "[alamat-terpakai]" in other.stderr
        assert not (tmp_path / "peragaan" / "dunia").exists()
    finally:
        site.terminate()
        site.wait()


def test_an_address_that_is_not_ours_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--host", "192.0.2.1"]) == cli.REFUSED
    assert "[alamat-keliru]" in capsys.readouterr().err


@pytest.mark.parametrize("code", [cli.REFUSED, cli.BROKEN, cli.STOPPED])
def test_a_demo_goes_no_further_than_its_first_fault(code: int) -> None:
    with pytest.raises(SystemExit) as ended:
        demo._done(lambda _: code, ["run"])
    assert ended.value.code == code
