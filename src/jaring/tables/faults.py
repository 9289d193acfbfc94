"""Faults as they reach the server's log: where and what kind, never whose.

PostgreSQL adds the row to some of its messages (``DETAIL``), and a message may repeat what came in: such
lines are left out, and long numbers are struck out, whatever they were.
"""

from __future__ import annotations

import logging
import re
from typing import Any

_ROWS = re.compile(r"^\s*(DETAIL|CONTEXT|HINT|STATEMENT|LINE \d+)\b.*$", re.M)
_NUMBER = re.compile(r"\d{9,}")


def scrubbed(text: str) -> str:
    """``text`` without rows of tables and long numbers."""
    return _NUMBER.sub("…", _ROWS.sub("", text))


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
