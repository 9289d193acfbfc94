"""The insurer's bills: one a wadah and month, from the lines accepted, to the rupiah."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from jaring.facts import rupiah
from jaring.world import papers

#: PP 44/2015: JKM of BPU a month; half of it under the discount of PP 50/2025.
_JKM_BPU = 6_800
#: PU shares in parts of 100,000: JKM, JHT (3.7 % + 2 %), JP (2 % + 1 %).
_JKM, _JHT, _JP = 300, 5_700, 3_000
#: JP's wage ceiling since March 2025; the demonstration's wages lie below it.
_JP_CEILING = 10_547_400


def bill(book: pl.DataFrame, answers: Path) -> tuple[pl.DataFrame, list[Path]]:
    """Bill every wadah and month that is settled and not billed as it stands; the book with the numbers.

    A wadah with a line still open waits. If later lines are accepted for a month already billed, the month
    is billed anew in whole under a new number (``-R1``): one bill a wadah and month counts, the last.
    """
    open_ = book.filter(pl.col("status").is_in(["LATE", "DITUNDA"])).select("wadah", "month").unique()
    paying = book.filter((pl.col("status") == "DITERIMA") & pl.col("action").is_in(["TAMBAH", "TERUS"]))
    paying = paying.join(open_, on=["wadah", "month"], how="anti")
    fresh = paying.filter(pl.col("bill").is_null()).select("wadah", "month").unique()
    if fresh.is_empty():
        return book, []
    due = paying.join(fresh, on=["wadah", "month"], how="semi")
    before = due.group_by("wadah", "month").agg(
        before=pl.col("bill").drop_nulls().n_unique(), last=pl.col("bill").max()
    )
    lines = (
        _split(due)
        .group_by("wadah", "month")
        .agg(pl.len().alias("people"), pl.col("jkk", "jkm", "jht", "jp", "iuran_idr").sum())
    )
    bills = lines.join(before, on=["wadah", "month"]).sort("month", "wadah")
    bills = bills.with_columns(
        number=pl.struct("wadah", "month", "last").map_elements(_number, return_dtype=pl.String),
        code=pl.struct("wadah", "month", "last").map_elements(_code, return_dtype=pl.String),
    )
    paths = []
    for (month,), part in bills.partition_by("month", as_dict=True, maintain_order=True).items():
        rows = part.select(
            "number", "code", "wadah", "month", "people", "jkk", "jkm", "jht", "jp", "iuran_idr"
        ).rows()
        path = _free(answers, str(month))
        papers.book(path, {"tagihan": (papers.BILL, rows)})
        paths.append(path)
    numbers = bills.select("wadah", "month", "number")
    billed = (pl.col("status") == "DITERIMA") & pl.col("action").is_in(["TAMBAH", "TERUS"])
    book = book.join(numbers, on=["wadah", "month"], how="left", maintain_order="left")
    book = book.with_columns(
        bill=pl.when(billed & pl.col("number").is_not_null()).then(pl.col("number")).otherwise(pl.col("bill"))
    ).drop("number")
    return book, paths


def _split(lines: pl.DataFrame) -> pl.DataFrame:
    """``jkk, jkm, jht, jp`` of each line, which add up to its iuran whatever it is."""
    iuran, base = pl.col("iuran_idr"), pl.col("base_idr").fill_null(0)
    asked = pl.col("programmes").str.to_lowercase()
    has_jht, has_jp = asked.str.contains("jht").cast(pl.Int64), asked.str.contains("jp").cast(pl.Int64)
    own_jht = base * 2 // 100 * has_jht
    full = (base // 100 + _JKM_BPU + own_jht == iuran) & (has_jp == 0)
    half = (base // 200 + _JKM_BPU // 2 + own_jht == iuran) & (has_jp == 0)
    wage_jkm = rupiah.share(base, _JKM)
    wage_jht = rupiah.share(base, _JHT) * has_jht
    wage_jp = rupiah.share(pl.min_horizontal(base, pl.lit(_JP_CEILING)), _JP) * has_jp
    lines = lines.with_columns(
        jkm=pl.when(full)
        .then(_JKM_BPU)
        .when(half)
        .then(_JKM_BPU // 2)
        .otherwise(pl.min_horizontal(wage_jkm, iuran)),
        jht=pl.when(full | half).then(own_jht).otherwise(wage_jht),
        jp=pl.when(full | half).then(0).otherwise(wage_jp),
    )
    over = pl.col("jkm") + pl.col("jht") + pl.col("jp") > iuran
    lines = lines.with_columns(
        pl.when(over).then(0).otherwise(pl.col(c)).alias(c) for c in ("jkm", "jht", "jp")
    )
    return lines.with_columns(jkk=iuran - pl.col("jkm") - pl.col("jht") - pl.col("jp"))


def _number(bill_of: dict[str, str | None]) -> str:
    """``TAG-202604-<wadah>``, then ``-R1``, ``-R2`` for a month billed anew."""
    stem = f"TAG-{str(bill_of['month']).replace('-', '')}-{bill_of['wadah']}"
    last = bill_of["last"]
    if last is None:
        return stem
    return f"{stem}-R{int(last.rsplit('-R', 1)[1]) + 1 if last.startswith(f'{stem}-R') else 1}"


def _code(bill_of: dict[str, str | None]) -> str:
    """A code iuran of twelve digits."""
    return f"{int(hashlib.sha256(_number(bill_of).encode()).hexdigest()[:15], 16) % 10**12:012d}"


def _free(answers: Path, month: str) -> Path:
    path, number = answers / f"tagihan-{month}.xlsx", 2
    while path.exists():
        path, number = answers / f"tagihan-{month}-{number}.xlsx", number + 1
    return path
