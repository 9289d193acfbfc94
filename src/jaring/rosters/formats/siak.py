"""The export of SIAK, 37 columns. programme.md §4.3 E."""

from __future__ import annotations

import polars as pl

from jaring.rosters.formats import Format


def refine(frame: pl.DataFrame, context: str) -> pl.DataFrame:
    """A population register claims no segment for anyone."""
    return frame.with_columns(segment=pl.lit(None, dtype=pl.String))


FORMAT = Format(
    kind="siak",
    label="Ekspor SIAK",
    heads={
        "nama penduduk": 3,
        "shdk": 2,
        "petugas registrasi": 3,
        "petugas entri": 2,
        "deskripsi pekerjaan": 2,
        "cetak ktp": 2,
        "tgl entri": 1,
        "kelamin": 1,
        "nomor kk": 1,
    },
    words={r"\bsiak\b": 3},
    own={
        "ayah": "father_name",
        "ibu": "mother_name",
        "status": "status",
        "tgl ubah": "-",
        "deskripsi pekerjaan": "-",
    },
    refine=refine,
)
