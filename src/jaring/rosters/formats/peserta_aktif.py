"""The insurer's list of active participants: who is covered, in what kind, by whom, until when."""

from __future__ import annotations

import polars as pl

from jaring.rosters.formats import Format


def refine(frame: pl.DataFrame, context: str) -> pl.DataFrame:
    """Cover is a fact of the insurer, not a claim to a segment of ours."""
    return frame.with_columns(segment=pl.lit(None, dtype=pl.String))


FORMAT = Format(
    kind="peserta_aktif",
    label="Peserta aktif BPJS Ketenagakerjaan",
    heads={
        "kpj": 4,
        "no kpj": 4,
        "nomor kpj": 4,
        "segmen kepesertaan": 3,
        "wadah": 3,
        "kode wadah": 3,
        "npp": 1,
    },
    fields={"cover_segment": 3, "cover_source": 2, "programmes": 1, "jkk": 1},
    words={r"peserta.?aktif|kepesertaan|bpjs": 2},
    own={
        "segmen": "cover_segment",
        "jenis kepesertaan": "cover_segment",
        "tanggal kepesertaan": "event_date",
        "peserta": "name",
    },
    refine=refine,
)
