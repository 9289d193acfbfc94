"""States of a person-month as a table: what each means, what may follow, on whose paper.

The database holds the same table (``enrolment_transition``) and refuses every other step.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """``claims``: the row holds the one place of a payer in its month. ``covered``: the insurer has it."""

    title: str
    meaning: str
    claims: bool = False
    covered: bool = False


STATES: dict[str, State] = {
    "candidate": State("calon", "ada di daftar, belum diperiksa"),
    "eligible": State("layak", "memenuhi hukum bulan itu", claims=True),
    "refused": State("ditolak", "tidak memenuhi hukum, atau bulan itu sudah ada pembayarnya"),
    "waiting": State("antre", "layak, dana belum ada"),
    "funded": State("terdanai", "dana dijanjikan", claims=True),
    "decreed": State("ditetapkan", "ada dalam SK", claims=True),
    "enrolled": State("terdaftar", "diterima BPJS untuk bulan itu", claims=True, covered=True),
    "rejected": State("ditolak BPJS", "BPJS menolak dengan kode", claims=False),
    "billed": State("ditagih", "ada dalam tagihan yang cocok", claims=True, covered=True),
    "unpaid": State("menunggak", "lewat jatuh tempo", claims=True, covered=True),
    "paid": State("terlindungi", "iuran dibayar, dokumennya ada", claims=True, covered=True),
    "lapsed": State("gugur", "menunggak lebih lama dari yang dibolehkan hukum"),
    "stopped": State("berhenti", "berhenti sejak bulan itu, dengan bukti"),
    "replaced": State("diganti", "tempatnya diambil orang lain"),
}

#: (from, to, what does it). Anything that is not here does not happen.
TRANSITIONS: tuple[tuple[str, str, str], ...] = (
    ("candidate", "eligible", "hukum diterapkan"),
    ("candidate", "refused", "hukum diterapkan"),
    ("eligible", "funded", "dana dibagi"),
    ("eligible", "waiting", "dana habis"),
    ("waiting", "funded", "giliran tiba"),
    ("funded", "decreed", "SK ditandatangani"),
    ("funded", "stopped", "mutasi"),
    ("decreed", "enrolled", "BPJS menerima"),
    ("decreed", "rejected", "BPJS menolak"),
    ("decreed", "stopped", "mutasi"),
    ("rejected", "decreed", "data diperbaiki, dikirim susulan"),
    ("rejected", "replaced", "pengganti masuk"),
    ("enrolled", "billed", "tagihan cocok"),
    ("enrolled", "stopped", "mutasi"),
    ("billed", "enrolled", "tagihan ditarik"),
    ("billed", "paid", "SP2D"),
    ("billed", "unpaid", "lewat jatuh tempo"),
    ("billed", "stopped", "mutasi"),
    ("unpaid", "enrolled", "tagihan ditarik"),
    ("unpaid", "paid", "SP2D"),
    ("unpaid", "lapsed", "menunggak terlalu lama"),
    ("unpaid", "stopped", "mutasi"),
    ("lapsed", "unpaid", "BPJS mengaktifkan kembali"),
    ("lapsed", "stopped", "mutasi"),
    ("paid", "stopped", "pembalikan"),
    ("stopped", "replaced", "pengganti masuk"),
)

#: What a row may be when it is written. ``paid`` only as the insurer's own list has it.
FIRST = ("candidate", "eligible", "refused", "waiting", "funded", "decreed", "paid")

CLAIMS = tuple(name for name, state in STATES.items() if state.claims)
COVERED = tuple(name for name, state in STATES.items() if state.covered)
#: Covered and still waiting for the money.
OWED = ("billed", "unpaid")


def may(old: str, new: str) -> bool:
    """Whether the table lets ``old`` become ``new``."""
    return any(step[:2] == (old, new) for step in TRANSITIONS)


def diagram() -> str:
    """The table as a Mermaid state diagram, for the docs."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {name}: {name}<br/>{state.title}" for name, state in STATES.items()]
    lines.append("    [*] --> candidate")
    lines += [f"    {old} --> {new}: {why}" for old, new, why in TRANSITIONS]
    lines += [f"    {name} --> [*]" for name in STATES if not any(old == name for old, _, _ in TRANSITIONS)]
    return "\n".join(lines)
