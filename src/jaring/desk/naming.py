"""Who did something, by name: what is recorded is the account, what people know is the person."""

from __future__ import annotations

import threading
from typing import Any

from django.core.signals import request_started

from jaring.officers.listing import names

_kept = threading.local()


def _forget(**_: Any) -> None:
    _kept.names = None


#: One reading of the accounts for each page, however many rows it names.
request_started.connect(_forget, dispatch_uid="jaring.desk.naming")


def officer(account: str | None) -> str:
    """The name behind an account; what is no account (the system, a command) keeps what it was called."""
    known: dict[str, str] | None = getattr(_kept, "names", None)
    if known is None:
        known = _kept.names = names()
    return known.get(account or "", account or "")
