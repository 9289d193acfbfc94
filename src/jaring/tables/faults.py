"""Faults as they reach the server's log: where and what kind, never whose.

PostgreSQL adds the row to some of its messages (``DETAIL``), and a message may repeat what came in: such
lines are left out, and long numbers are struck out, whatever they were.
"""

from __future__ import annotations

import errno
import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

from jaring.facts.reason import Reason

_ROWS = re.compile(r"^\s*(DETAIL|CONTEXT|HINT|STATEMENT|LINE \d+)\b.*$", re.M)
_NUMBER = re.compile(r"\d{9,}")


def scrubbed(text: str) -> str:
    """``text`` without rows of tables and long numbers."""
    return _NUMBER.sub("…", _ROWS.sub("", text))


def traced(fault: BaseException) -> str:
    """Where a fault happened, for whoever mends the program."""
    return scrubbed("".join(traceback.format_exception(fault))).rstrip()


DISK = Reason(
    "cakram-penuh",
    "error",
    "Cakram penuh, jadi pekerjaan ini tidak selesai; yang sudah tersimpan tetap utuh.",
    "Kosongkan tempat di cakram (lihat jaring doctor), lalu ulangi perintah yang sama.",
)
OF_PROGRAM = Reason(
    "kesalahan-program",
    "error",
    "Ini kesalahan program, bukan kesalahan Anda; yang sudah tersimpan tetap utuh.",
    "Kirim baris-baris di atas kepada pemelihara Jaring; tidak ada NIK di dalamnya.",
)
_FULL = {errno.ENOSPC, errno.EDQUOT}


def told(fault: BaseException) -> Reason | None:
    """A fault of disk, file or database in words; None for one of the program."""
    if is_full(fault):
        return DISK
    for one in _chain(fault):
        # By name: the driver need not be there for a command that opens no database.
        if type(one).__name__ in {"OperationalError", "AdminShutdown", "CrashShutdown"}:
            said = scrubbed(str(one)).strip().partition("\n")[0]
            return Reason(
                "basis-data-terputus",
                "error",
                f"Basis data berhenti menjawab ({said}); yang sudah tersimpan tetap utuh.",
                "Ulangi perintah yang sama. Bila terulang, periksa cakram dan server dengan jaring doctor.",
            )
        if isinstance(one, OSError) and one.filename is not None:
            return Reason(
                "berkas-tidak-terbuka",
                "error",
                f"{one.filename} tidak dapat dibuka atau ditulis ({one.strerror}).",
                "Periksa nama, tempat, dan hak atas berkas itu, lalu ulangi.",
            )
    return None


def is_full(fault: BaseException) -> bool:
    """Whether a disk had no room, whoever noticed it."""
    return any(
        getattr(one, "sqlstate", None) == "53100" or (isinstance(one, OSError) and one.errno in _FULL)
        for one in _chain(fault)
    )


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


class Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))


#: Faults go to standard error, where whoever runs the server reads them.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"fault": {"()": "jaring.tables.faults.Formatter", "format": "%(asctime)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "fault", "level": "ERROR"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": True}},
}
