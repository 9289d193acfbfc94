"""Pulled out of the wall: a month killed again and again ends as one that nobody disturbed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest
from tests.acceptance.conftest import Database, Undisturbed
from tests.acceptance.month import Office, settled

pytestmark = pytest.mark.big
#: Stages that the run has told when its killer wakes up, in each part of the month. Then it waits by lot.
FIRST, SECOND, THIRD = (0, 0, 1, 3, 5, 6), (8,), (9,)
SPREAD = 0.25


def _killed(office: Office, stages: int, wait: float) -> bool:
    """Kill the whole process group after so many stages and a while; whether it was still at work."""
    environment = {**office.environment, "PYTHONUNBUFFERED": "1"}
    run = subprocess.Popen(
        office.command(),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    seen = 0
    while seen < stages and (line := run.stdout.readline()):
        seen += line.startswith(("selesai", "menunggu"))
    # Whatever it still says is thrown away, so that it never waits for a reader.
    rest = threading.Thread(target=run.stdout.read)
    rest.start()
    time.sleep(wait)
    alive = run.poll() is None
    if alive:
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    rest.join()
    run.stdout.close()
    return alive


def test_a_month_killed_at_eight_moments_ends_as_an_undisturbed_one(
    undisturbed: Undisturbed, databases: Database, tmp_path: Path
) -> None:
    whole = undisturbed.office
    tmp_path.chmod(0o755)
    world = tmp_path / "dunia"
    shutil.copytree(whole.world, world, ignore=shutil.ignore_patterns("jawaban", "sp2d*"))
    office = settled(Office(tmp_path / "rumah", databases(), world, tmp_path / "keluar"), whole.home)
    lots = random.Random(20260401)
    killed = 0

    def disturbed(moments: tuple[int, ...]) -> None:
        nonlocal killed
        for stages in moments:
            # The interpreter itself needs a second before the first stage begins.
            wait = lots.uniform(0.9, 2.8) if stages == 0 else lots.uniform(0, SPREAD)
            killed += _killed(office, stages, wait)

    disturbed(FIRST)
    assert office.told() != whole.told()
    code, _ = office.run()
    assert code == 1
    office.insurer_answers()
    disturbed(SECOND)
    office.run()
    office.treasury_pays()
    disturbed(THIRD)
    code, _ = office.run()

    assert code == 0
    assert killed == 8
    ours, theirs = office.told(), whole.told()
    changed = [name for name in ours if ours[name] != theirs[name]]
    assert {name: office.differing(whole, name) for name in changed} == {}
    # One SP2D, one set of books: nothing was booked twice on the way.
    assert ours["payments"][0] > 1
