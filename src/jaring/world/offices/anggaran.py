"""BPKAD: who may pay how much in 2026, by source."""

from __future__ import annotations

from typing import Any

import polars as pl

from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency

_HEADER = [
    "code",
    "source",
    "year",
    "desa_code",
    "budget_idr",
    "month_from",
    "month_to",
    "segments",
    "holder",
    "document",
]
#: DBHCHT as in 2025: 17,395 people x 9 months x Rp16,800, so that the 30,108 of the plan do not fit.
DBHCHT = 2_630_124_000
#: Rp20 million a desa (September 2025); marbot and guru ngaji Rp3 bn (selaparangnews 2025-12).
ADD_PER_DESA, MOSQUES = 20_000_000, 3_000_000_000
#: Beside it the four programmes of a desa's own officials, budgeted with their pay. [assumption]
OFFICIALS_PER_DESA = 36_000_000
#: 4,800 BKD x Rp10,800 x 12; the poorest: 7,000 people x 9 months x Rp16,800. [assumption on the number]
BKD, POOR = 4_800 * 10_800 * 12, 7_000 * 9 * 16_800
#: A regional bank's CSR: fishers for two months at Rp8,400, the discounted rate of April 2026 (PP 50/2025).
CSR_MONTHS, CSR_IURAN = 2, 8_400


def write(regency: Regency, inbox: Inbox) -> None:
    """One workbook ``dpa_2026.xlsx``; months are text."""
    part = regency.size.part
    fishers = regency.size.of("csr_nelayan") * CSR_MONTHS * CSR_IURAN
    dpa = "DPA-SKPD 2.07.01/2026"
    rows = [
        _fund("DBHCHT-2026", "dbhcht", part(DBHCHT), f"{dpa} keg. 08 DBHCHT"),
        _fund("APBD-2026-BKD", "apbd", part(BKD), f"{dpa} keg. 03", start="2026-01", segments="satlinmas"),
        _fund(
            "APBD-2026-KEAGAMAAN",
            "apbd",
            part(MOSQUES),
            "DPA-Setda Kesra 4.01.01/2026",
            start="2026-01",
            segments="marbot;guru_ngaji",
        ),
        _fund("APBD-2026-MISKIN", "apbd", part(POOR), f"{dpa} keg. 05", segments="miskin"),
        _fund(
            "CSR-2026-NELAYAN",
            "csr",
            fishers,
            "PKS CSR 12/2026",
            to="2026-05",
            segments="nelayan",
            holder="Bank daerah (rekaan)",
        ),
    ]
    for unit in regency.units.filter(pl.col("kind") == "desa").iter_rows(named=True):
        code = f"ADD-2026-{unit['code'].replace('.', '')}"
        document = f"APB Desa {unit['name']} 2026"
        add = {"start": "2026-01", "desa": unit["code"]}
        rows.append(_fund(code, "add", ADD_PER_DESA, document, **add))
        officials = {"segments": "perangkat_desa", **add}
        rows.append(_fund(f"{code}-PRK", "add", OFFICIALS_PER_DESA, f"{document} (siltap)", **officials))
    with Book(inbox, "anggaran", "dpa_2026.xlsx") as book:
        book.sheet("anggaran", _HEADER, rows, [None] * len(rows))


def _fund(
    code: str,
    source: str,
    budget: int,
    document: str,
    *,
    start: str = "2026-04",
    to: str = "2026-12",
    desa: str = "",
    segments: str = "",
    holder: str = "",
) -> tuple[Any, ...]:
    """A row in the order of the header."""
    return (code, source, 2026, desa, budget, start, to, segments, holder, document)
