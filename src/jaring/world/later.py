"""What happens after the lists were gathered: the village's mutations for May 2026, with proofs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl

from jaring.world import papers
from jaring.world.dice import dice
from jaring.world.regency import Regency

HEADER = ["NIK", "NAMA", "JENIS", "TANGGAL", "BUKTI"]
#: How many of each in full; October 2024 had 23 changes in five months among 17,195. [assumption]
KINDS = {"MENINGGAL": 24, "PINDAH": 3, "PMI": 4, "MANDIRI": 6, "BEKERJA": 5, "BERHENTI": 2}
_PROOFS = {
    "MENINGGAL": "Akta kematian 5203-KM",
    "PINDAH": "SKPWNI",
    "PMI": "Surat keterangan Disnakertrans",
    "MANDIRI": "Surat pernyataan",
    "BEKERJA": "Surat keterangan perusahaan",
    "BERHENTI": "SK kepala desa",
}


def mutations(regency: Regency) -> pl.DataFrame:
    """``person, nik, name, kind, date, proof`` in April 2026, among farmers, fishers and BKD members."""
    rng = dice(regency.seed, "mutations")
    bkd = regency.lists["aparatur"].filter(pl.col("group") == "satlinmas").select("person")
    some = pl.concat([regency.lists["petani_2026"].select("person"), bkd]).unique().sort("person")
    covered = regency.lists["peserta_aktif"]["person"]
    fit = (
        (pl.col("status") == "hidup")
        & pl.col("age").is_between(20, 62)
        & ~pl.col("person").is_in(covered.implode())
    )
    rows = regency.with_truth(some).filter(fit)
    kinds = [kind for kind, count in KINDS.items() for _ in range(regency.size.part(count))]
    chosen = rows[np.sort(rng.choice(rows.height, len(kinds), replace=False))]
    days = [dt.date(2026, 4, int(n)) for n in rng.integers(2, 29, len(kinds))]
    return chosen.select("person", "nik", "name").with_columns(
        kind=pl.Series(kinds),
        date=pl.Series(days),
        proof=pl.Series([f"{_PROOFS[kind]} {n:04d}/2026" for n, kind in enumerate(kinds, start=1)]),
    )


def write(some: pl.DataFrame, folder: Path) -> Path:
    """``mutasi_2026-05.xlsx`` as the regency receives it."""
    path = folder / "mutasi_2026-05.xlsx"
    rows = some.select("nik", "name", "kind", pl.col("date").dt.strftime("%d-%m-%Y"), "proof").rows()
    papers.book(path, {"mutasi": (HEADER, rows)})
    return path


def fated(people: pl.DataFrame, some: pl.DataFrame) -> pl.DataFrame:
    """The people's truth with the deaths and moves of April in it."""
    fate = some.filter(pl.col("kind").is_in(["MENINGGAL", "PINDAH"])).select(
        "person",
        later=pl.col("kind").replace_strict({"MENINGGAL": "mati", "PINDAH": "pindah"}),
        later_date="date",
    )
    people = people.join(fate, on="person", how="left", maintain_order="left")
    return people.with_columns(
        status=pl.coalesce("later", "status"), event_date=pl.coalesce("later_date", "event_date")
    ).drop("later", "later_date")
