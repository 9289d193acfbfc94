"""Marbot and Koran teachers, as the office of religious affairs and the villages list them."""

from __future__ import annotations

import polars as pl

from jaring.rosters.formats import Format


def refine(frame: pl.DataFrame, context: str) -> pl.DataFrame:
    """By position; where the list has none, by its title, if that names only one of the two."""
    marbot, teacher = "marbot" in context, "ngaji" in context or "tpq" in context
    whole = "marbot" if marbot and not teacher else "guru_ngaji" if teacher and not marbot else None
    return frame.with_columns(segment=pl.coalesce("segment", pl.lit(whole, dtype=pl.String)))


FORMAT = Format(
    kind="keagamaan",
    label="Marbot dan guru ngaji",
    heads={
        "nama masjid": 4,
        "masjid": 3,
        "nama tpq": 4,
        "nama marbot": 4,
        "nama guru ngaji": 4,
        "nama masjid tpq": 4,
    },
    words={r"marbot|guru ngaji|keagamaan|tpq|kesra": 4},
    own={
        "nama masjid": "employer",
        "masjid": "employer",
        "nama tpq": "employer",
        "nama masjid tpq": "employer",
        "lembaga": "employer",
        "nama lembaga": "employer",
        "tempat tugas": "employer",
    },
    refine=refine,
)
