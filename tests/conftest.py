"""A real PostgreSQL for the tests: migrated by the owner, used by the application's own role."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import django
import pytest

# Before Django's settings are read: nothing of a developer's own installation may be touched. They are
# named here and not in pyproject.toml, whence pytest-django reads them before this file.
_HOME = Path(tempfile.mkdtemp(prefix="jaring-tests-"))
_HOME.chmod(0o755)
# Registered before the server is started, and therefore called after it has been stopped.
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["JARING_HOME"] = str(_HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "jaring.tables.settings"
os.environ["PYTHONWARNINGS"] = os.environ.get("PYTHONWARNINGS", "")
# The conftest of a room may import its models.
django.setup()
# A process that this one starts to share the work would read the settings before its own copy of this file,
# and with them take this process's database for its own.
del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Replaces pytest-django's: the tests run as the role that owns nothing, as production does."""
    from django.db import connections
    from tests.databases import nothing_to_lose

    from jaring.officers.scope import whole_process
    from jaring.tables.migrating import up_to_date

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        nothing_to_lose()
        up_to_date()
        # As a command does: tests see the whole regency unless they set a scope; requests always do.
        whole_process()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connections.close_all()


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh migrated database of the test's own, for work that commits; its address for commands.

    Give the address to a subprocess as DATABASE_URL; in this process Django already uses it.
    """
    from tests.databases import fresh_database

    with django_db_blocker.unblock(), fresh_database(f"t{uuid.uuid4().hex[:12]}") as address:  # type: ignore[attr-defined]
        yield address


@pytest.fixture
def acting() -> Callable[..., Any]:
    """``acting("operator_desa", territory=[code])`` → a signed-in test client, its factor just shown.

    Signing in itself is tested in the room of officers and in the journeys.
    """
    made = iter(range(1, 1000))

    def act(role: str, territory: Iterable[str] = (), kinds: Iterable[str] = (), **given: Any) -> Any:
        from tests.acting import client_of, ready_officer, ready_session

        officer = ready_officer(f"{role}.{next(made)}", role, territory, kinds, **given)
        client = client_of(ready_session(officer))
        client.officer = officer
        return client

    return act


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that opens a connection to anywhere but this machine fails."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> object:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])  # type: ignore[index]
            if not (host.startswith("127.") or host in {"localhost", "::1"}):
                raise AssertionError(f"a test opened a connection to {host}")
        return real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
