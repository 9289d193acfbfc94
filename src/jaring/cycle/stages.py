"""The stages of a month in their order. Each calls one room and returns what it did as counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jaring.facts.month import Month
from jaring.facts.region import Region

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Job:
    """What a run of a month is given. ``checker`` approves what ``by`` made; without one the run waits."""

    month: Month
    region: Region
    inbox: Path
    outbox: Path
    by: str
    checker: str | None
    progress: Progress = field(default=lambda what, done, of: None, repr=False)


@dataclass(frozen=True)
class Result:
    """Counts for people and machines; ``waits_for`` says, in words, what must come from outside."""

    counts: dict[str, Any]
    waits_for: str = ""


@dataclass(frozen=True)
class Stage:
    """One step: its name for machines, its title for people, and the work."""

    name: str
    title: str
    work: Callable[[Job], Result]


def stages() -> tuple[Stage, ...]:
    """All stages, in order. Imports stay inside, so that reading the list needs no database."""
    from jaring.cycle import deciding, insuring, intake

    return (
        Stage("receive", "Daftar diterima dan diperiksa", intake.receive),
        Stage("recognise", "Orang dikenali, masing-masing sekali", intake.recognise),
        Stage("observe", "Peserta aktif BPJS dicatat", intake.observe),
        Stage("decide", "Hukum diterapkan", deciding.decide),
        Stage("budget", "Anggaran dimuat", deciding.budget),
        Stage("fund", "Dana dibagi", deciding.fund),
        Stage("decree", "SK dan lampirannya", insuring.decree),
        Stage("batch", "Kelompok kirim ke BPJS", insuring.batch),
        Stage("answer", "Jawaban BPJS dicocokkan", insuring.answer),
        Stage("mutate", "Mutasi bulanan", insuring.mutate),
        Stage("bill", "Tagihan dihitung ulang", insuring.bill),
        Stage("pay", "Pembayaran dibukukan", insuring.pay),
        Stage("cover", "Cakupan dihitung", deciding.cover),
    )
