"""What a run of a month is given, and what a stage gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jaring.enrolment.letters.apart import Setting
from jaring.facts.month import Month
from jaring.facts.region import Region
from jaring.facts.rupiah import dotted, written

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Job:
    """What a run of a month is given. ``checker`` approves what ``by`` made; without one the run waits.

    Without an ``outbox`` no file is written: the site makes each for whoever fetches it, and keeps none.
    """

    month: Month
    region: Region
    inbox: Path
    outbox: Path | None
    by: str
    checker: str | None
    progress: Progress = field(default=lambda what, done, of: None, repr=False)
    #: Papers begun by a stage, set beside the stages that follow; the run waits for them at its end.
    papers: list[Setting] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class Result:
    """Counts for people and machines; ``waits_for`` says, in words, what must come from outside."""

    counts: dict[str, Any]
    waits_for: str = ""


#: What the rooms' counts are called where people read them; the machine's summary keeps the keys.
WORDS = {
    "rows": "baris ditautkan",
    "new_people": "orang baru",
    "known_people": "orang lama",
    "certain": "pasti",
    "likely": "mungkin",
    "review": "perlu diperiksa orang",
    "cases": "perkara baru",
    "closed": "perkara tertutup sendiri",
    "known": "sudah dikenal",
    "already_claimed": "sudah ada pembayar",
    "decided": "diputuskan",
    "eligible": "layak",
    "new": "putusan baru",
    "changed": "berubah",
    "files": "berkas dibaca",
    "lines": "rincian baru",
    "held": "berkas ditahan",
    "accepted": "diterima",
    "rejected": "ditolak",
    "pending": "ditunda",
    "enrolled": "bulan terdaftar",
    "refused_months": "bulan ditolak",
    "told": "tidak cocok",
    "mutations": "mutasi baru",
    "months": "bulan-orang",
    "places": "tempat kosong",
    "bills": "tagihan baru",
    "matched": "cocok",
    "different": "selisih",
    "withdrawn": "diganti",
    "payments": "SP2D baru",
    "figures": "angka",
    "rcvd": "terkirim",
    "pdng": "ditunda",
    "succ": "diterima",
    "rjct": "ditolak",
}


def said(key: str) -> str:
    """A count's name for people: ``paid_idr`` as ``paid``, known words in Indonesian."""
    return WORDS.get(key, key.removesuffix("_idr").replace("_", " "))


def shown(key: str, value: Any) -> str:
    """A count's value for people: rupiah as rupiah, numbers with dots, counts within counts in a row."""
    if isinstance(value, dict):
        return ", ".join(f"{said(name)} {shown(name, inner)}" for name, inner in value.items()) or "–"
    if isinstance(value, int) and not isinstance(value, bool):
        return written(value) if key.endswith("_idr") else dotted(value)
    return str(value)
