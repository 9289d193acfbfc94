"""Files as frames for linking, without a database: read and mapped as rosters reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from jaring.people import prepare
from jaring.rosters.examination import examine


def from_files(paths: Sequence[Path], *, today: dt.date, region_key: str = "lotim") -> pl.DataFrame:
    """Every row of every file: ``file, sheet, row`` and the linking columns, ``row_id`` counting through.

    Rows that a check would hold back are linked all the same: who it is does not hang on the rest.
    """
    read = []
    for path in paths:
        rows = examine(path, today=today, region_key=region_key).rows
        read.append(
            prepare.complete(rows.with_columns(row_id=pl.col("row_no"))).with_columns(
                file=pl.lit(path.name), sheet=rows["sheet"], row=rows["row_no"]
            )
        )
    return pl.concat(read).with_columns(row_id=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
