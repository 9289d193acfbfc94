"""Lists of people that were let go, kept sealed until their asker has had days to take them."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

from jaring.tables.home import folder
from jaring.tables.secrets import decrypt_bytes, encrypt_bytes

#: From a Friday's afternoon to a Monday's. Who comes later asks anew: the list has changed.
KEPT = dt.timedelta(days=3)


def _place(export: int) -> Path:
    return folder("exports") / str(export)


def keep(export: int, data: bytes) -> str:
    """Write it whole or not at all; its SHA-256."""
    draft = _place(export).with_name(f".{export}.{os.getpid()}")
    draft.write_bytes(encrypt_bytes(data, f"officers.export:{export}"))
    draft.chmod(0o600)
    draft.replace(_place(export))
    return hashlib.sha256(data).hexdigest()


def kept(export: int) -> bytes:
    """The file as it was made; InvalidTag when it was changed since."""
    return decrypt_bytes(_place(export).read_bytes(), f"officers.export:{export}")


def is_kept(export: int) -> bool:
    """Whether it can still be taken."""
    return _place(export).exists()


def drop(export: int) -> bool:
    """Forget it; whether it was there."""
    there = is_kept(export)
    _place(export).unlink(missing_ok=True)
    return there


def all_kept() -> list[int]:
    """The numbers of the exports whose files lie here."""
    return sorted(int(path.name) for path in folder("exports").iterdir() if path.name.isdigit())
