"""Whether this installation is sound: its database and keys, and a lock on every table about persons."""

from __future__ import annotations

from jaring.facts.reason import Reason
from jaring.officers.rowlevel import unprotected
from jaring.tables import health


def findings() -> list[Reason]:
    """What is wrong or doubtful; an empty list when nothing is."""
    return [
        *health.findings(),
        *(
            Reason(
                "tabel-tanpa-pembatas",
                "error",
                f"Tabel {table} tidak memiliki pembatas baris dan tidak disebut di open_tables.",
                "Pasang versi Jaring yang utuh; bila tabel ini buatan sendiri, pindahkan ke skema lain.",
            )
            for table in unprotected()
        ),
    ]
