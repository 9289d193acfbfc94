"""Farmers and fishers, in the manner of e-RDKK and of the DBHCHT lists."""

from __future__ import annotations

import polars as pl

from jaring.rosters.formats import Format


def refine(frame: pl.DataFrame, context: str) -> pl.DataFrame:
    """The crop or the occupation decides; a list for DBHCHT is one of tobacco farmers."""
    work = pl.concat_str(
        pl.col("occupation", "position"), separator=" ", ignore_nulls=True
    ).str.to_lowercase()
    labour = work.str.contains("buruh")
    tobacco = work.str.contains("tembakau")
    other = (work.str.len_bytes() > 0) & work.str.contains(
        "padi|jagung|hortikultura|palawija|cabai|bawang|kopi|kedelai|kacang|sayur|perkebunan"
    )
    for_tobacco = "tembakau" in context or "dbhcht" in context or "cukai" in context
    return frame.with_columns(
        segment=pl.when(work.str.contains("nelayan|ikan|melaut|tangkap"))
        .then(pl.lit("nelayan"))
        .when(labour & (tobacco | for_tobacco))
        .then(pl.lit("buruh_tembakau"))
        .when(other & ~tobacco & ~pl.lit(for_tobacco))
        .then(pl.lit("lainnya"))
        .otherwise(
            pl.lit("nelayan" if "nelayan" in context and "petani" not in context else "petani_tembakau")
        )
    )


FORMAT = Format(
    kind="petani",
    label="Daftar petani atau nelayan",
    heads={
        "nama petani": 4,
        "nama nelayan": 4,
        "kelompok tani": 3,
        "nama kelompok tani": 3,
        "poktan": 3,
        "gapoktan": 2,
        "komoditas": 2,
        "komoditi": 2,
        "subsektor": 2,
        "alat tangkap": 4,
        "nama penyuluh": 1,
    },
    fields={"land": 3},
    words={r"rdkk|petani|pertanian|tembakau|dbhcht|nelayan": 2},
    # In a farmers' list the status is that of the farmer: owner, tenant, labourer.
    own={"status": "position", "status petani": "position", "status penggarap": "position"},
    segment="petani_tembakau",
    refine=refine,
)
