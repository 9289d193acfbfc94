"""Dana Desa: barred for village heads, officials and BPD in 2026 (Permendesa PDT 16/2025)."""

from __future__ import annotations

from jaring.law.dated import Law
from jaring.law.funding.rule import any_claim
from jaring.law.steps import Cite, Test


def tests(law: Law) -> list[Test]:
    """Whoever holds such an office is barred, whatever else a list calls them."""
    barred = "funding.dana_desa.dilarang"
    return [Test("dana-desa-dilarang", any_claim(barred, law), (Cite(barred),))]
