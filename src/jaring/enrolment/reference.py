"""The generated page of this room: the states of a person-month, drawn from the table."""

from __future__ import annotations

from jaring.enrolment.policy import CLAIMS, FIRST, STATES, TRANSITIONS, diagram
from jaring.enrolment.refusals import MENDABLE, REFUSALS


def pages() -> dict[str, str]:
    """``reference/person-month.md``."""
    lines = ["# Bulan-orang", "", "Dibuat oleh `jaring docs write` dari `enrolment/policy.py`.", ""]
    lines += [
        "```mermaid",
        diagram(),
        "```",
        "",
        "| keadaan | arti | memegang pembayar | boleh menjadi awal |",
    ]
    lines += ["|---|---|---|---|"]
    for name, state in STATES.items():
        holds = "ya" if name in CLAIMS else ""
        first = ("hanya dari daftar BPJS" if name == "paid" else "ya") if name in FIRST else ""
        lines.append(f"| `{name}` ({state.title}) | {state.meaning} | {holds} | {first} |")
    lines += ["", "| dari | ke | oleh |", "|---|---|---|"]
    lines += [f"| `{old}` | `{new}` | {why} |" for old, new, why in TRANSITIONS]
    lines += [
        "",
        "## Kode penolakan BPJS",
        "",
        "| kode | arti | susulan | cara memperbaiki |",
        "|---|---|---|---|",
    ]
    for code, reason in REFUSALS.items():
        again = "ya, setelah data diperbaiki" if code in MENDABLE else "tidak"
        lines.append(f"| `{code}` | {reason.sentence} | {again} | {reason.mend} |")
    return {"reference/person-month.md": "\n".join([*lines, ""])}
