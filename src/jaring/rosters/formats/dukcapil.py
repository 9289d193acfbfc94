"""Dukcapil's answers: who died, who moved, and when."""

from __future__ import annotations

import polars as pl

from jaring.rosters.formats import Format


def refine(frame: pl.DataFrame, context: str) -> pl.DataFrame:
    """A list of deaths or moves need not repeat it in each row."""
    dead = any(word in context for word in ("kematian", "meninggal"))
    moved = "pindah" in context
    whole = "mati" if dead and not moved else "pindah" if moved and not dead else None
    return frame.with_columns(
        status=pl.coalesce("status", pl.lit(whole, dtype=pl.String)), segment=pl.lit(None, dtype=pl.String)
    )


FORMAT = Format(
    kind="dukcapil",
    label="Status kependudukan dari Dukcapil",
    heads={
        "tanggal meninggal": 5,
        "tgl meninggal": 5,
        "tanggal kematian": 5,
        "no akta kematian": 5,
        "nomor akta kematian": 5,
        "tanggal pindah": 4,
        "tanggal peristiwa": 4,
        "jenis peristiwa": 4,
        "status kependudukan": 4,
        "status nik": 4,
        "alamat tujuan": 2,
        "jenis mutasi": 2,
    },
    fields={"status": 1, "event_date": 1},
    words={r"dukcapil|kematian|meninggal|status nik|adminduk": 3, r"\bpindah\b": 1},
    refine=refine,
)
