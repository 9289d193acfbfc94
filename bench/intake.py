"""Intake of one list: 17,000 rows × 8 columns read, checked, sealed and stored, with problems and journal.

The peer is openIMIS's import of individuals on the same kind of machine (2 cores, PostgreSQL with jit
off): 17,000 rows of 7 columns took 31 and 69 s in two runs, 1,000 rows 1.8 s; 250 to 550 rows a second,
and it wrote no history. Ours runs in this process against a fresh embedded PostgreSQL. One smaller list
goes before, so that nothing is read for the first time; each format is then sent nine times with other
people in it, and the one in the middle counts.
"""

from __future__ import annotations

import io
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import polars as pl

ROWS = 17_000
#: Rows a second of openIMIS, as measured: the slowest and the fastest run.
PEER = (250, 550)
GOAL = 100


def run() -> list[str]:
    folder = Path(tempfile.mkdtemp(prefix="jaring-bench-"))
    folder.chmod(0o755)
    os.environ["JARING_HOME"] = str(folder)
    try:
        from jaring.cli import django_ready

        django_ready()
        return [*(__doc__ or "").splitlines(), *_measured()]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured() -> list[str]:
    _sent(_list(2_000, seed=1), "csv")
    lines = []
    for number, kind in enumerate(("csv", "xlsx")):
        tries = [_sent(_list(ROWS, seed=20 * number + n + 2), kind) for n in range(9)]
        wall, own = (statistics.median(column) for column in zip(*tries, strict=True))
        slowest, fastest = (ROWS / wall / peer for peer in PEER)
        lines.append(
            f"{kind:5} {ROWS / wall:9,.0f} rows/s ({wall:.2f} s, {own:.2f} s of it this process's processor):"
            f" {fastest:.0f} to {slowest:.0f} times openIMIS; the goal of {GOAL} times:"
            f" {_reached(slowest)} against its slower run, {_reached(fastest)} against its faster one"
        )
    return lines


def _reached(ratio: float) -> str:
    return "reached" if ratio >= GOAL else "not reached"


def _list(rows: int, seed: int) -> pl.DataFrame:
    """As a desa's office keeps it, faults included."""
    from jaring.facts.region import region
    from jaring.world.linkage import linkage_rows

    names = dict(region("lotim").units.select("code", "name").iter_rows())
    return linkage_rows(rows, seed).select(
        pl.col("nik_raw").alias("NIK"),
        pl.col("name").alias("Nama Lengkap"),
        pl.col("birth_date").dt.strftime("%d-%m-%Y").alias("Tanggal Lahir"),
        pl.col("sex").alias("L/P"),
        pl.col("desa_code").replace_strict(names, default=None).alias("Desa"),
        pl.col("no_kk").alias("No KK"),
        pl.col("mother_name").alias("Nama Ibu"),
        pl.col("phone").alias("No HP"),
    )


def _sent(rows: pl.DataFrame, kind: str) -> tuple[float, float]:
    """Seconds of wall time, and of this process's own processor time."""
    from jaring.rosters.actions import receive_bytes

    body = io.BytesIO()
    if kind == "csv":
        rows.write_csv(body)
    else:
        rows.write_excel(body)
    start, own = time.perf_counter(), time.process_time()
    roster = receive_bytes(body.getvalue(), f"daftar.{kind}", office="bench", by="bench")
    seconds = time.perf_counter() - start, time.process_time() - own
    if roster.rows_in != rows.height:
        raise RuntimeError(f"{roster.rows_in} of {rows.height} rows came in")
    return seconds
