"""The stand-in treasury: pays the insurer's bills and writes the SP2D file that the regency files."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

import polars as pl

from jaring.facts.month import Month
from jaring.world import papers


def pay(
    answers: Path,
    inbox: Path,
    *,
    without: tuple[str, ...] = (),
    until: Month | None = None,
    day: dt.date | None = None,
) -> Path | None:
    """Pay every bill not paid yet, one SP2D a wadah (several months at once); None if nothing is due.

    ``without``: wadah that get no money this time. ``until``: months after it wait. ``day``: of the document;
    without it the last day of the latest month paid.
    """
    due = _bills(answers).filter(~pl.col("NOMOR TAGIHAN").is_in(sorted(_paid(inbox))))
    due = due.filter(~pl.col("WADAH").is_in(list(without)))
    if until is not None:
        due = due.filter(pl.col("BULAN") <= str(until))
    # A month that everybody left is billed with nothing, and nothing is paid for it.
    due = due.with_columns(total=papers.rupiah(pl.col("TOTAL"))).filter(pl.col("total") > 0)
    if due.is_empty():
        return None
    due = due.sort("WADAH", "BULAN")
    date = day or Month.parse(str(due["BULAN"].max())).last
    rows = []
    for (wadah,), part in due.partition_by("WADAH", as_dict=True, maintain_order=True).items():
        bills = part["NOMOR TAGIHAN"].to_list()
        number = int(hashlib.sha256(f"{wadah}/{bills}".encode()).hexdigest()[:14], 16) % 10_000_000_000
        rows.append(
            (
                f"{number:010d}/SP2D-LS/{date.year}",
                date.strftime("%d-%m-%Y"),
                ";".join(bills),
                int(part["total"].sum()),
            )
        )
    path = _free(inbox, f"{date:%Y-%m}")
    papers.book(path, {"sp2d": (papers.SP2D, rows)})
    return path


def _bills(answers: Path) -> pl.DataFrame:
    """The bills that count: of each wadah and month the last one."""
    files = sorted(answers.glob("tagihan-*.xlsx"))
    empty = pl.DataFrame(schema=dict.fromkeys(papers.BILL, pl.String))
    whole = pl.concat([empty, *(papers.table(path, "tagihan", papers.BILL) for path in files)])
    revision = pl.col("NOMOR TAGIHAN").str.extract(r"-R(\d+)$").cast(pl.Int64).fill_null(0)
    return (
        whole.with_columns(r=revision)
        .sort("r")
        .unique(["WADAH", "BULAN"], keep="last", maintain_order=True)
        .drop("r")
    )


def _paid(inbox: Path) -> set[str]:
    """Numbers of the bills in earlier SP2D files."""
    paid: set[str] = set()
    for path in sorted(inbox.glob("sp2d*.xlsx")):
        for bills in papers.table(path, "sp2d", papers.SP2D)["NOMOR TAGIHAN"].drop_nulls():
            paid |= {part.strip() for part in re.split(";", bills)}
    return paid


def _free(inbox: Path, month: str) -> Path:
    path, number = inbox / f"sp2d-{month}.xlsx", 2
    while path.exists():
        path, number = inbox / f"sp2d-{month}-{number}.xlsx", number + 1
    return path
