"""The embedded server: shared by the commands of one home, and gone with the last of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_a_server_ends_with_its_last_user_although_another_was_killed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = tmp_path_factory.mktemp("rumah")
    # A server of PostgreSQL refuses a home that only its owner may enter, when it runs as another user.
    for place in (home, *list(home.parents)[:2]):
        place.chmod(0o755)
    runs = home / "postgres" / "postmaster.pid"
    killed, first, last = _user(home), _user(home), _user(home)
    killed.kill()
    killed.communicate()
    first.communicate("\n")
    assert runs.exists()
    last.communicate("\n")
    assert not runs.exists()
