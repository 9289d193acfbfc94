"""Which connection a query takes while the tables are being made.

A migration that moves rows asks for the connection of its model, not for the one it runs on: on the
application's it would wait for the very lock that the migration holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_as_owner: ContextVar[bool] = ContextVar("as_owner", default=False)


@contextmanager
def as_owner() -> Iterator[None]:
    """Queries of models go to the owner's connection until the block ends."""
    token = _as_owner.set(True)
    try:
        yield
    finally:
        _as_owner.reset(token)


class Owner:
    """A router of Django's; outside ``as_owner`` it has no opinion."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "owner" if _as_owner.get() else None

    db_for_write = db_for_read
