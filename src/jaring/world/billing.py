"""The insurer's bills: one a wadah and month, of everybody whom it covers, to the rupiah."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from jaring.facts import rupiah
from jaring.facts.month import Month
from jaring.world import papers

#: PP 44/2015: JKM of BPU a month; half of it under the discount of PP 50/2025.
_JKM_BPU = 6_800
#: Annex I of PP 44/2015: what the lowest class of income counts as.
_LOWEST_BPU = 1_000_000
#: PU shares in parts of 100,000: JKM, JHT (3.7 % + 2 %), JP (2 % + 1 %).
_JKM, _JHT, _JP = 300, 5_700, 3_000
#: JP's wage ceiling since March 2025; the demonstration's wages lie below it.
_JP_CEILING = 10_547_400


#: The bills sent so far, beside the insurer's book of lines.
BILLS = ".tagihan-penanggung.parquet"
_SENT = {
    "wadah": pl.String,
    "month": pl.String,
    "number": pl.String,
    "people": pl.Int64,
    "iuran_idr": pl.Int64,
    "who": pl.String,
}


def bill(book: pl.DataFrame, answers: Path, through: Month | None = None) -> list[Path]:
    """Bill every wadah and month that is settled and not billed as it stands.

    Whoever was accepted is billed month after month until a HENTI is accepted, to the last month that a
    batch spoke of, or to ``through``. A wadah with a line still open waits from that month on. A month
    that changed since its bill is billed anew in whole under a new number (``-R1``): one bill a wadah
    and month counts, the last.
    """
    sent = pl.read_parquet(answers / BILLS) if (answers / BILLS).exists() else pl.DataFrame(schema=_SENT)
    last = sent.unique(["wadah", "month"], keep="last", maintain_order=True)
    now = [_month(book, month) for month in _months(book, through)]
    if not now:
        return []
    due = pl.concat(now).join(last, on=["wadah", "month"], how="left", suffix="_before")
    changed = pl.col("who").ne_missing(pl.col("who_before"))
    bills = due.filter(changed & ((pl.col("people") > 0) | pl.col("number").is_not_null()))
    if bills.is_empty():
        return []
    bills = bills.rename({"number": "last"}).with_columns(
        number=pl.struct("wadah", "month", "last").map_elements(_number, return_dtype=pl.String),
        code=pl.struct("wadah", "month", "last").map_elements(_code, return_dtype=pl.String),
    )
    bills = bills.sort("month", "wadah")
    paths = []
    for (month,), part in bills.partition_by("month", as_dict=True, maintain_order=True).items():
        rows = part.select(
            "number", "code", "wadah", "month", "people", "jkk", "jkm", "jht", "jp", "iuran_idr"
        ).rows()
        path = _free(answers, str(month))
        papers.book(path, {"tagihan": (papers.BILL, rows)})
        paths.append(path)
    half = answers / f"{BILLS}.tmp"
    pl.concat([sent, bills.select(list(_SENT))]).write_parquet(half)
    half.replace(answers / BILLS)
    return paths


def _months(book: pl.DataFrame, through: Month | None) -> list[Month]:
    """From the first month of the book to the last that it speaks of, or further."""
    told = [Month.parse(month) for month in book["month"].unique()]
    if not told:
        return []
    first, last = min(told), max([*told, *([through] if through else [])])
    return [first + n for n in range(last.ordinal - first.ordinal + 1)]


def _month(book: pl.DataFrame, month: Month) -> pl.DataFrame:
    """One line a wadah: people and rupiah of those covered in the month; without wadah that wait."""
    so_far = book.filter(pl.col("month") <= str(month))
    waiting = so_far.filter(pl.col("status").is_in(["LATE", "DITUNDA"])).select("wadah").unique()
    # The last word on each person counts; within one batch who comes goes before who leaves.
    final = (
        so_far.filter(pl.col("status") == "DITERIMA")
        .with_columns(comes=pl.col("action") != "HENTI")
        .sort("month", "batch", "comes", maintain_order=True)
        .unique(["key", "wadah"], keep="last", maintain_order=True)
        .join(waiting, on="wadah", how="anti", maintain_order="left")
    )
    covered = _split(final.filter("comes")).sort("wadah", "key")
    known = final.select("wadah").unique()
    sums = covered.group_by("wadah").agg(
        pl.len().cast(pl.Int64).alias("people"),
        pl.col("jkk", "jkm", "jht", "jp", "iuran_idr").sum(),
        who=pl.concat_str("key", pl.lit(":"), "iuran_idr").str.join(";"),
    )
    whole = known.join(sums, on="wadah", how="left").with_columns(
        pl.col("people", "jkk", "jkm", "jht", "jp", "iuran_idr").fill_null(0), pl.col("who").fill_null("")
    )
    digest = pl.col("who").map_elements(lambda who: hashlib.sha256(who.encode()).hexdigest()[:24], pl.String)
    return whole.with_columns(digest, month=pl.lit(str(month)))


def _split(lines: pl.DataFrame) -> pl.DataFrame:
    """``jkk, jkm, jht, jp`` of each line, which add up to its iuran whatever it is."""
    iuran = pl.col("iuran_idr")
    # A line without a base is one of BPU whose income nobody stated: the lowest class of income.
    base = pl.when(pl.col("base_idr") > 0).then("base_idr").otherwise(_LOWEST_BPU)
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
