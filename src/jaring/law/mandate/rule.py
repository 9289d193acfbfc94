"""Mandate: each instrument in force on the day, with what it asks."""

from __future__ import annotations

from jaring.law.dated import Law
from jaring.law.loader import concept
from jaring.law.steps import Cite, Step


def steps(law: Law) -> list[Step]:
    """One line per instrument; empty before it was given and after it was revoked."""
    return [
        Step(name, law[value.key], (Cite(value.key),), value.about)
        for name, value in concept("mandate").values.items()
    ]
