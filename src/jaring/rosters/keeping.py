"""Received files kept as they came, sealed, under their own SHA-256."""

from __future__ import annotations

import os
from pathlib import Path

from jaring.tables.home import folder
from jaring.tables.secrets import decrypt_bytes, encrypt_bytes


def _place(sha256: str) -> Path:
    return folder("files") / sha256


def keep(data: bytes, sha256: str) -> None:
    """Write once; a half-written file never stands under its name."""
    place = _place(sha256)
    if place.exists():
        return
    draft = place.with_name(f".{sha256}.{os.getpid()}")
    draft.write_bytes(encrypt_bytes(data, f"rosters.file:{sha256}"))
    draft.chmod(0o600)
    draft.replace(place)


def kept(sha256: str) -> bytes:
    """The bytes as they came; InvalidTag when the kept file was changed."""
    return decrypt_bytes(_place(sha256).read_bytes(), f"rosters.file:{sha256}")


def is_kept(sha256: str) -> bool:
    """Whether the file is still here."""
    return _place(sha256).exists()


def drop(sha256: str) -> None:
    """Forget a file; one that is not there is forgotten already."""
    _place(sha256).unlink(missing_ok=True)
