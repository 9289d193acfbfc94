"""One way of pricing files of people, alone in its process: prints seconds, largest memory, the total."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import polars as pl

from bench._law_peers import polars_year
from bench._law_people import batches
from jaring.law import advance

#: Small enough for the memory promised, large enough that each case is priced few times.
_ROWS = 500_000


def main(way: str, folder: str) -> None:
    paths = sorted(Path(folder).glob("*.parquet"))
    start = time.perf_counter()
    if way == "jaring":
        total = sum(int(advance.payment(batch)["iuran_idr"].sum()) for batch in batches(paths, _ROWS))
    else:
        total = polars_year(pl.scan_parquet(paths)).select(pl.col("iuran_idr").sum()).collect().item()
    seconds = time.perf_counter() - start
    print(f"{seconds:.2f}", _largest_memory(), total)


def _largest_memory() -> int:
    """In kilobytes, of this process alone: what the system's usage call says includes its parent's."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("VmHWM")))


if __name__ == "__main__":
    main(*sys.argv[1:])
