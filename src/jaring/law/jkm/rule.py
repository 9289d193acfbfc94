"""JKM: the three sums that heirs receive (PP 44/2015 Art. 34, PP 82/2019)."""

from __future__ import annotations

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step


def steps(law: Law) -> list[Step]:
    """One line per sum, on the day of death."""
    return [
        Step(f"{name}_idr", law[f"jkm.{name}"], (Cite(f"jkm.{name}"),), about)
        for name, about in (
            ("sekaligus", "Santunan sekaligus"),
            ("berkala", "Santunan berkala"),
            ("pemakaman", "Biaya pemakaman"),
        )
    ]
