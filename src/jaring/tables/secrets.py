"""Encryption at rest and the blind index: NIK, family card, phone and mother's name.

AES-256-GCM with the row's own context bound in, so that a ciphertext cannot be moved to another row;
HMAC-SHA-256 (first 16 bytes) for equality and uniqueness. Keys live outside the database, in one file
per version, and depend on no other secret.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

import polars as pl
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jaring.tables.home import folder

_VERSION = 1
_NONCE = 12


def _key(purpose: str) -> bytes:
    given = os.environ.get("JARING_KEYS")
    path = (Path(given) if given else folder("keys")) / f"{purpose}.v{_VERSION}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400), "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        # The name appears with its whole content: of two first users one names it and both read that
        # key, and whoever is killed here leaves none that is cut short.
        try:
            os.link(half, path)
        except FileExistsError:
            pass
        finally:
            half.unlink()
    key = path.read_bytes()
    if len(key) != 32:
        raise ValueError(f"kunci {path} rusak: harus 32 bita")
    return key


@cache
def _cipher() -> AESGCM:
    return AESGCM(_key("enc"))


@cache
def _mac() -> hmac.HMAC:
    return hmac.new(_key("bi"), digestmod=hashlib.sha256)


def encrypt(text: str, context: str) -> bytes:
    """Version, nonce and sealed text. ``context`` names table and row; the same one opens it."""
    nonce = os.urandom(_NONCE)
    return bytes([_VERSION]) + nonce + _cipher().encrypt(nonce, text.encode(), context.encode())


def decrypt(sealed: bytes, context: str) -> str:
    """The text again; InvalidTag when the bytes or the context are not the ones sealed."""
    if sealed[0] != _VERSION:
        raise ValueError(f"versi kunci {sealed[0]} tidak dikenal")
    return _cipher().decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], context.encode()).decode()


def encrypt_bytes(data: bytes, context: str) -> bytes:
    """As ``encrypt``, for a whole file."""
    nonce = os.urandom(_NONCE)
    return bytes([_VERSION]) + nonce + _cipher().encrypt(nonce, data, context.encode())


def decrypt_bytes(sealed: bytes, context: str) -> bytes:
    """As ``decrypt``, for a whole file."""
    if sealed[0] != _VERSION:
        raise ValueError(f"versi kunci {sealed[0]} tidak dikenal")
    return _cipher().decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], context.encode())


def blind(text: str, purpose: str) -> bytes:
    """Sixteen bytes that are equal when the texts are, and tell nothing without the key."""
    mac = _mac().copy()
    mac.update(f"{purpose}\x00{text}".encode())
    return mac.digest()[:16]


def _each(values: list[str | None], contexts: list[str]) -> list[bytes | None]:
    """As ``encrypt`` for each, with the nonces drawn at once: one call to the system, not one a value."""
    seal, version = _cipher().encrypt, bytes([_VERSION])
    drawn = os.urandom(_NONCE * len(values))
    nonces = (drawn[at : at + _NONCE] for at in range(0, len(drawn), _NONCE))
    return [
        None if value is None else version + nonce + seal(nonce, value.encode(), context.encode())
        for value, context, nonce in zip(values, contexts, nonces, strict=True)
    ]


def encrypt_column(values: pl.Series, contexts: pl.Series) -> pl.Series:
    """``encrypt`` over a column; nulls stay null."""
    return pl.Series(values.name, _each(values.to_list(), contexts.to_list()), dtype=pl.Binary)


def decrypt_column(sealed: pl.Series, contexts: pl.Series) -> pl.Series:
    """``decrypt`` over a column; nulls stay null. The text exists in memory only."""
    unseal, body = _cipher().decrypt, 1 + _NONCE
    values = sealed.to_list()
    unknown = {value[0] for value in values if value is not None} - {_VERSION}
    if unknown:
        raise ValueError(f"versi kunci {min(unknown)} tidak dikenal")
    opened = [
        None if value is None else unseal(value[1:body], value[body:], context.encode()).decode()
        for value, context in zip(values, contexts.to_list(), strict=True)
    ]
    return pl.Series(sealed.name, opened, dtype=pl.String)


def blind_column(values: pl.Series, purpose: str) -> pl.Series:
    """``blind`` over a column; nulls stay null."""
    prefix = f"{purpose}\x00".encode()
    # HMAC by its two halves, each copied already keyed: half the time of the object that does it.
    block = _key("bi").ljust(64, b"\x00")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + prefix)
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def one(text: str) -> bytes:
        half, whole = inner.copy(), outer.copy()
        half.update(text.encode())
        whole.update(half.digest())
        return whole.digest()[:16]

    return pl.Series(values.name, [None if v is None else one(v) for v in values.to_list()], dtype=pl.Binary)
