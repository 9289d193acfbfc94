"""Dinas Pertanian: the farmers' list of 2025 (archive) and the plan for 2026 with fishers, by kecamatan."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from jaring.world import wordlists
from jaring.world.dice import dice, one, words
from jaring.world.output import Book, Inbox
from jaring.world.regency import Regency
from jaring.world.written import date_cells, nik_cells, typed

_FARMERS = [
    "NO",
    "NAMA PETANI",
    "NIK",
    "TEMPAT LAHIR",
    "TANGGAL LAHIR",
    "NAMA IBU KANDUNG",
    "ALAMAT",
    "DESA/KEL",
    "KECAMATAN",
    "NAMA KELOMPOK TANI",
    "KOMODITAS",
    "STATUS",
    "LUAS LAHAN (HA)",
]
_FISHERS = [
    "NO",
    "NAMA NELAYAN",
    "NIK",
    "TEMPAT, TGL LAHIR",
    "NAMA IBU KANDUNG",
    "DESA",
    "KECAMATAN",
    "PEKERJAAN",
    "ALAT TANGKAP",
]


def write(regency: Regency, inbox: Inbox) -> None:
    """The plan in the inbox; last year's list in the archive beside it."""
    _book(regency, inbox, "petani_2025", "../arsip/pertanian_2025", "e-RDKK petani tembakau 2025.xlsx", 2025)
    path = _book(regency, inbox, "petani_2026", "pertanian", "usulan_petani_nelayan_dbhcht_2026.xlsx", 2026)
    inbox.announce(path, kind="petani", as_of="2026-03-01")


def _book(regency: Regency, inbox: Inbox, name: str, office: str, file: str, year: int) -> Any:
    rng = dice(regency.seed, "pertanian", year)
    rows = typed(rng, regency.rows(name), regency.region, "petani", mothers=True)
    rows = rows.sort("kind", "kecamatan_code", "desa_code", maintain_order=True)
    with Book(inbox, office, file, rows.height) as book:
        for (kind, kecamatan), part in rows.partition_by(
            "kind", "kecamatan", as_dict=True, maintain_order=True
        ).items():
            title = f"DAFTAR USULAN PENERIMA DBHCHT {year}"
            if kind == "nelayan":
                book.sheet(
                    f"Nelayan {kecamatan}",
                    _FISHERS,
                    _fishers(rng, part),
                    part["person"],
                    titles=[title],
                    faults=part,
                )
            else:
                titles = [title, f"KECAMATAN {str(kecamatan).upper()}"]
                book.sheet(
                    str(kecamatan), _FARMERS, _farmers(rng, part), part["person"], titles=titles, faults=part
                )
    return book.path


def _farmers(rng: np.random.Generator, part: pl.DataFrame) -> list[tuple[Any, ...]]:
    count = part.height
    groups = words(rng, wordlists.FARM_GROUPS, count, 0.1).str.replace_all("-", " ").str.to_titlecase()
    labour = part["occupation"].fill_null("").str.contains("buruh")
    hectares = (part["land_m2"].fill_null(0) / 10_000).round(2)
    # Who is on the list without land on record has a plot of the family's. [assumption]
    hectares = pl.Series(
        np.where((hectares == 0).to_numpy(), rng.integers(10, 90, count) / 100, hectares.to_numpy())
    )
    land: list[Any] = pl.select(pl.when(labour).then(None).otherwise(hectares)).to_series().to_list()
    if rng.random() < 0.3:
        land = [None if x is None else f"{x:.2f}".replace(".", ",") for x in land]
    crop = one(rng, ["Tembakau Virginia", "TEMBAKAU", "Tembakau", "Tembakau Rakyat"])
    status = ["Buruh Tani" if b else "Pemilik/Penggarap" for b in labour.to_list()]
    style = one(rng, ["excel", "dmy-", "dmy/", "mixed", "excel"])
    return list(
        zip(
            range(1, count + 1),
            part["t_name"].to_list(),
            nik_cells(part),
            part["birth_place"].to_list(),
            date_cells(rng, part["t_birth"], style),
            part["t_mother"].to_list(),
            part["dusun"].to_list(),
            part["t_desa"].to_list(),
            part["t_kecamatan"].to_list(),
            groups.to_list(),
            [crop] * count,
            status,
            land,
            strict=True,
        )
    )


def _fishers(rng: np.random.Generator, part: pl.DataFrame) -> list[tuple[Any, ...]]:
    count = part.height
    dates = date_cells(rng, part["t_birth"], one(rng, ["dmy-", "indo"]))
    births = [
        p if d is None else f"{p}, {d}" for p, d in zip(part["birth_place"].to_list(), dates, strict=True)
    ]
    gear = ["Pancing ulur", "Jaring insang", "Bagan", "Purse seine", "Bubu", "Jala"]
    return list(
        zip(
            range(1, count + 1),
            part["t_name"].to_list(),
            nik_cells(part),
            births,
            part["t_mother"].to_list(),
            part["t_desa"].to_list(),
            part["t_kecamatan"].to_list(),
            ["Buruh Nelayan" if "buruh" in (o or "") else "Nelayan" for o in part["occupation"].to_list()],
            [gear[int(n)] for n in rng.integers(0, len(gear), count)],
            strict=True,
        )
    )
