"""One undisturbed month for all who look at it; databases that outlive a test."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from tests.acceptance.month import Office, made, settled

Database = Callable[[], str]


@pytest.fixture(scope="session")
def databases(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    """Fresh migrated databases, by address; this process does not use them. Dropped at the end."""
    from django.db import connections

    settings = connections["default"].settings_dict
    template, names = connections["owner"].settings_dict["NAME"], list[str]()

    def owner(command: str) -> None:
        # The superuser: whoever drops a database may have to end what a killed command left connected.
        address = f"postgresql://postgres@/postgres?host={settings['HOST']}"
        with psycopg.connect(address, autocommit=True) as link:
            link.execute(command)  # type: ignore[arg-type]

    def fresh() -> str:
        names.append(f"t{uuid.uuid4().hex[:12]}")
        with django_db_blocker.unblock():
            # Nobody may be connected to the pattern while it is copied.
            connections.close_all()
            owner(
                f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{template}'"
            )
            owner(f'CREATE DATABASE "{names[-1]}" TEMPLATE "{template}" OWNER jaring_owner')
        return f"postgresql://{settings['USER']}@/{names[-1]}?host={settings['HOST']}"

    yield fresh
    for name in names:
        owner(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass(frozen=True)
class Undisturbed:
    """The finished month, and what each of its runs said on the way."""

    office: Office
    waited: tuple[int, dict[str, Any]]
    sent: tuple[int, dict[str, Any]]
    billed: tuple[int, dict[str, Any]]
    paid: tuple[int, dict[str, Any]]


@pytest.fixture(scope="session")
def undisturbed(databases: Database, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """Lists, batches, the insurer's answers and bills, the treasury's payment: nobody interrupts."""
    folder = tmp_path_factory.mktemp("sebulan")
    # The server's own user reads what this one writes.
    folder.chmod(0o755)
    made(folder / "dunia")
    office = settled(Office(folder / "rumah", databases(), folder / "dunia", folder / "keluar"), folder)
    waited = office.run(checker=False)
    sent = office.run()
    office.insurer_answers()
    billed = office.run()
    office.treasury_pays()
    return Undisturbed(office, waited, sent, billed, office.run())


@pytest.fixture
def looked_at(undisturbed: Undisturbed, django_db_setup: None, django_db_blocker: Any) -> Iterator[Office]:
    """This process reads the finished month through the rooms' own functions."""
    from django.db import connections

    name = undisturbed.office.database.partition("@/")[2].partition("?")[0]
    with django_db_blocker.unblock(), _pointed(connections, name):
        yield undisturbed.office


@contextmanager
def _pointed(connections: Any, name: str) -> Iterator[None]:
    aliases = ("owner", "default")
    before = {alias: connections[alias].settings_dict["NAME"] for alias in aliases}
    connections.close_all()
    try:
        for alias in aliases:
            connections[alias].settings_dict["NAME"] = name
        yield
    finally:
        connections.close_all()
        for alias in aliases:
            connections[alias].settings_dict["NAME"] = before[alias]
