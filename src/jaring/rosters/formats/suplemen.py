"""OpenSID's shortest lists: suplemen, and participants of a bantuan. programme.md §4.3 B, C."""

from __future__ import annotations

import polars as pl

from jaring.rosters import words
from jaring.rosters.formats import Format


def refine(frame: pl.DataFrame, context: str) -> pl.DataFrame:
    """The remark says what the list is for: a segment, where it names one."""
    return frame.with_columns(pl.coalesce("segment", pl.lit(words.segment(context), dtype=pl.String)))


FORMAT = Format(
    kind="suplemen",
    label="Suplemen atau peserta bantuan OpenSID",
    fields={"member": 4},
    heads={"no peserta": 2, "keterangan": 1},
    words={r"suplemen": 3, r"bantuan": 1},
    own={"peserta": "nik", "no peserta": "-", "keterangan": "position"},
    refine=refine,
)
