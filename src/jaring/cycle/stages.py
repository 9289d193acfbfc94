"""The stages of a month in their order. Each calls one room and returns what it did as counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jaring.cycle.job import Job, Result


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
