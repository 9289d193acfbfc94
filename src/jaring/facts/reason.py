"""A reason: why a row was held back, a person refused, a figure warned about. Never prose alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
#: How well a value of law is known: read in the regulation, on an official page, in secondary
#: sources only, or not found at all.
Confidence = Literal["regulation", "official", "secondary", "unknown"]


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` is stable and for machines; ``sentence`` and ``mend`` are Indonesian and for people."""

    code: str
    severity: Severity
    sentence: str
    mend: str = ""
    article: str = ""
    confidence: Confidence = "regulation"


class Refused(Exception):
    """Work that was not done, for a reason a person can act on. Commands print it and exit with 2."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{reason.code}: {reason.sentence}")
        self.reason = reason


def stated(text: str, *, what: str = "alasan", least: int = 10, most: int = 200) -> str:
    """What a person gave as their reason, in one line. Refused when it says nothing or holds a number.

    Reasons are read by many and stay for years: a NIK or a telephone number has no place in them.
    """
    plain = " ".join(text.split())
    if not least <= len(plain) <= most or re.search(r"\d(?:[ .-]?\d){9}", plain):
        raise refuse(
            "alasan-kurang",
            f"Tulis {what} dalam {least}–{most} karakter, tanpa NIK atau nomor telepon.",
            "Sebut apa yang terjadi dan suratnya, bukan data orangnya.",
        )
    return plain


def refuse(code: str, sentence: str, mend: str = "", article: str = "") -> Refused:
    """``raise refuse("berkas-kosong", "Berkas tidak berisi baris.", "Kirim lembar yang berisi daftar.")``"""
    return Refused(Reason(code, "error", sentence, mend, article))
