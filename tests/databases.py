"""Databases of a test's own on the PostgreSQL of this process, copied from the migrated one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections


@contextmanager
def fresh_database(name: str) -> Iterator[str]:
    """A fresh migrated database that Django uses until the block ends; its address for commands."""
    original = connections["owner"].settings_dict["NAME"]
    # The pattern database must have no one connected while it is copied: neither this thread, nor an
    # idle session that the thread of an earlier test of this process left open.
    connections.close_all()
    _owner_sql(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{original}'")
    _owner_sql(f'CREATE DATABASE "{name}" TEMPLATE "{original}" OWNER jaring_owner')
    for alias in ("owner", "default"):
        connections[alias].settings_dict["NAME"] = name
    settings = connections["default"].settings_dict
    try:
        yield f"postgresql://{settings['USER']}@/{name}?host={settings['HOST']}"
    finally:
        connections.close_all()
        for alias in ("owner", "default"):
            connections[alias].settings_dict["NAME"] = original
        _owner_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


def nothing_to_lose() -> None:
    """What these databases hold need not outlive a power cut: the server does not wait for the disk."""
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        _owner_sql(f"ALTER SYSTEM SET {name} = off")
    _owner_sql("SELECT pg_reload_conf()")


def _owner_sql(command: str) -> None:
    settings = connections["owner"].settings_dict
    address = f"postgresql://postgres@/postgres?host={settings['HOST']}"
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(command)  # type: ignore[arg-type]
