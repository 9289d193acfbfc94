"""People behind two published figures, so that the system can reproduce them from single persons.

June 2025: the table of thirteen segments, 32,613 workers (radarselaparang 2025-06; programme.md §1.3).
October 2024: 17,195 farmers enrolled, 23 changes, 17,172 billed, Rp288,489,600 (ekbisntb 2024-10-31).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from jaring.facts.region import region
from jaring.world import livelihood, people
from jaring.world.dice import dice, draw
from jaring.world.posts import spread
from jaring.world.size import Size

#: Published row: label, segment, employer numbers (0: none of its own), workers, desa or kelurahan counted.
SEGMENTS_JUNE_2025: tuple[tuple[str, str, int, int], ...] = (
    ("Honorer Pemda/SKPD/OPD", "non_asn", 38, 4_321),
    ("Guru honorer", "non_asn", 0, 1_973),
    ("Puskesmas", "non_asn", 33, 2_395),
    ("Perangkat desa", "perangkat_desa", 239, 3_559),
    ("Perangkat kecamatan", "non_asn", 21, 211),
    ("Kantor lurah", "non_asn", 15, 63),
    ("BPD", "bpd", 81, 599),
    ("Satlinmas desa", "satlinmas", 155, 1_690),
    ("Satlinmas kelurahan", "satlinmas", 9, 93),
    ("Staf/pekemit/operator", "staf_desa", 38, 162),
    ("Kader posyandu", "kader", 2, 99),
    ("RT/RW", "rt_rw", 2, 53),
    ("Pekerja rentan DBHCHT", "petani_tembakau", 0, 17_395),
)
_SOURCES = {
    "non_asn": "apbd",
    "perangkat_desa": "add",
    "bpd": "add",
    "satlinmas": "apbd",
    "staf_desa": "add",
    "kader": "add",
    "rt_rw": "add",
    "petani_tembakau": "dbhcht",
}
#: Enrolled in 2024, and what had changed when October was billed.
ENROLLED_2024 = 17_195
CHANGES_2024 = {"MENINGGAL": 20, "PMI": 1, "MANDIRI": 2}
#: Claims of the dead that waited for the money of July to October.
BLOCKED_2024 = 5
IURAN_2024 = 16_800


@dataclass(frozen=True)
class October2024:
    """``enrolled``: the farmers, each month from April; ``mutations``: the changes with dates and proofs;
    ``blocked``: persons whose death fell in a month not paid for until the SP2D of 30 October 2024."""

    enrolled: pl.DataFrame
    mutations: pl.DataFrame
    blocked: list[int]


def segments_june_2025(seed: int) -> pl.DataFrame:
    """A row a worker: ``label, segment, npp, unit_code, source, programmes`` and who it is.

    ``unit_code`` is the desa or kelurahan for village rows, null for regency offices and farmers' home is
    ``desa_code``. Everyone is there once: 32,613 different people.
    """
    rng = dice(seed, "june 2025")
    everyone = _workers(seed, 100_000)
    units = region("lotim").units
    free = np.ones(everyone.height, dtype=bool)
    parts = []
    for label, segment, numbers, workers in SEGMENTS_JUNE_2025:
        kind = "kelurahan" if label in {"Satlinmas kelurahan", "Kantor lurah"} else "desa"
        at_village = segment not in {"non_asn", "petani_tembakau"} or label == "Kantor lurah"
        chosen = draw(rng, free * (everyone["age"] < 60).to_numpy() * 1.0, workers)
        free[chosen] = False
        part = everyone[chosen].with_columns(label=pl.lit(label), segment=pl.lit(segment))
        parts.append(_placed(rng, part, units.filter(pl.col("kind") == kind), numbers, at_village))
    whole = pl.concat(parts)
    programmes = pl.when(pl.col("segment") == "perangkat_desa").then(pl.lit("jkk+jkm+jht+jp"))
    return whole.with_columns(
        source=pl.col("segment").replace_strict(_SOURCES), programmes=programmes.otherwise(pl.lit("jkk+jkm"))
    )


def _placed(
    rng: np.random.Generator, part: pl.DataFrame, units: pl.DataFrame, numbers: int, at_village: bool
) -> pl.DataFrame:
    """Employer numbers over the workers of one row: every number has someone."""
    none = pl.lit(None, dtype=pl.String)
    if not numbers:
        return part.with_columns(npp=none, unit_code=none)
    least = 1 if part.height < numbers * 6 else 2
    sizes = spread(rng, part.height, numbers, least, part.height // numbers * 3 + 5)
    of = np.repeat(np.arange(numbers), sizes)
    letter = str(part["label"][0])[0]
    npp = pl.Series([f"Z{letter}{n + 1:06d}" for n in range(numbers)]).gather(of)
    codes = units["code"].gather(rng.permutation(units.height)[:numbers]) if at_village else None
    placed = part.with_columns(npp=npp, unit_code=codes.gather(of) if codes is not None else none)
    if codes is None:
        return placed
    return placed.with_columns(desa_code="unit_code", kecamatan_code=pl.col("unit_code").str.slice(0, 8))


def october_2024(seed: int) -> October2024:
    """The farmers of 2024 and what had become of 23 of them by October."""
    rng = dice(seed, "october 2024")
    everyone = _workers(seed, 60_000).filter(pl.col("age").is_between(20, 58))
    enrolled = everyone[draw(rng, np.ones(everyone.height), ENROLLED_2024)].with_columns(
        segment=pl.lit("petani_tembakau"), source=pl.lit("dbhcht"), programmes=pl.lit("jkk+jkm")
    )
    total = sum(CHANGES_2024.values())
    changed = enrolled[np.sort(rng.choice(enrolled.height, total, replace=False))]
    kinds = [kind for kind, count in CHANGES_2024.items() for _ in range(count)]
    # Five of the dead died from July on: their months were paid only on 30 October.
    early = [dt.date(2024, 5, 1) + dt.timedelta(days=int(n)) for n in rng.integers(0, 61, 20 - BLOCKED_2024)]
    later = [dt.date(2024, 7, 1) + dt.timedelta(days=int(n)) for n in rng.integers(0, 92, BLOCKED_2024)]
    others = [dt.date(2024, 9, int(n)) for n in rng.integers(1, 29, total - 20)]
    days = sorted(early) + sorted(later) + others
    proofs = {"MENINGGAL": "Akta kematian", "PMI": "Surat Disnakertrans", "MANDIRI": "Surat pernyataan"}
    mutations = changed.select("person", "nik", "name").with_columns(
        kind=pl.Series(kinds),
        date=pl.Series(days),
        proof=pl.Series([f"{proofs[kind]} {n:03d}/2024" for n, kind in enumerate(kinds, start=1)]),
    )
    blocked = mutations.filter((pl.col("kind") == "MENINGGAL") & (pl.col("date") >= dt.date(2024, 7, 1)))
    return October2024(enrolled, mutations, blocked["person"].to_list())


def _workers(seed: int, count: int) -> pl.DataFrame:
    """Invented workers of the whole regency, with what a decree's annex carries."""
    place = region("lotim")
    size = Size("small", count, int(count * 2.9))
    everyone = livelihood.settle(seed, people.make(seed, place, size), size)
    return everyone.filter(pl.col("worker") & ~pl.col("asn") & (pl.col("status") == "hidup")).select(
        "person",
        "nik",
        "no_kk",
        "name",
        "sex",
        "birth_date",
        "age",
        "mother_name",
        "desa_code",
        "kecamatan_code",
    )
