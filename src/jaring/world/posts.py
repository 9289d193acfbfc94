"""Who holds which post in each desa: the apparatus lists, by group, position and monthly wage."""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.world import wordlists as lists
from jaring.world.dice import Floats, Ints, dice, draw, one
from jaring.world.size import Size

#: Totals in full. Perangkat 3,559 in 239 desa and BPD 6-8 a desa (radarselaparang 2025-06), BKD 4,800
#: (tribunnews 2024-07); RT/RW, kader and staff are an [assumption].
PERANGKAT, BKD = 3_559, 4_800
#: Siltap by PP 11/2019: 120 %, 110 %, 100 % of the lowest civil servant's pay.
KADES, SEKDES, PERANGKAT_WAGE = 2_426_640, 2_224_420, 2_022_200
_OFFICE_POSTS = [
    ("Kepala Desa", KADES),
    ("Sekretaris Desa", SEKDES),
    ("Kaur Tata Usaha dan Umum", PERANGKAT_WAGE),
    ("Kaur Keuangan", PERANGKAT_WAGE),
    ("Kaur Perencanaan", PERANGKAT_WAGE),
    ("Kasi Pemerintahan", PERANGKAT_WAGE),
    ("Kasi Kesejahteraan", PERANGKAT_WAGE),
    ("Kasi Pelayanan", PERANGKAT_WAGE),
]
_STAFF = [
    "Staf Urusan Umum",
    "Operator Desa",
    "Pekemit",
    "Operator SID",
    "Staf Keuangan",
    "Pekemit Kantor Desa",
]
_FLOWERS = ["Melati", "Mawar", "Anggrek", "Kenanga", "Cempaka", "Dahlia", "Flamboyan", "Teratai"]
#: Age span, share of women, of each group; many BKD members are past 60 (insidelombok).
_WHO: dict[str, tuple[int, int, float]] = {
    "perangkat_desa": (23, 60, 0.16),
    "bpd": (28, 66, 0.22),
    "rt_rw": (30, 70, 0.03),
    "kader": (22, 62, 0.97),
    "satlinmas": (24, 72, 0.02),
    "staf_desa": (20, 48, 0.35),
}


def spread(rng: np.random.Generator, total: int, count: int, low: int, high: int) -> Ints:
    """``count`` whole numbers from ``low`` to ``high`` whose sum is ``total``, within bounds."""
    total = int(np.clip(total, low * count, high * count))
    numbers = rng.integers(low, high + 1, count)
    while (gap := total - int(numbers.sum())) != 0:
        step = 1 if gap > 0 else -1
        free = np.flatnonzero(numbers < high if gap > 0 else numbers > low)
        some = rng.permutation(free)[: abs(gap)]
        numbers[some] += step
    return numbers.astype(np.int64)


def make(seed: int, people: pl.DataFrame, units: pl.DataFrame, size: Size) -> pl.DataFrame:
    """``person, desa_code, group, position, wage_idr`` for every post of every desa, in its order."""
    desa = units.filter(pl.col("kind") == "desa")["code"].to_list()
    rng = dice(seed, "posts")
    counts = {
        "perangkat_desa": spread(rng, size.part(PERANGKAT), len(desa), 11, 20),
        "bpd": spread(rng, 7 * len(desa), len(desa), 6, 8),
        "rt_rw": spread(rng, 27 * len(desa), len(desa), 14, 44),
        "kader": spread(rng, 21 * len(desa), len(desa), 10, 35),
        "satlinmas": spread(rng, size.part(BKD), len(desa), 14, 26),
        "staf_desa": spread(rng, 5 * len(desa), len(desa), 3, 8),
    }
    columns = ["person", "desa_code", "age", "male", "status", "asn", "visible", "occupation"]
    by_desa = people.select(columns).partition_by("desa_code", as_dict=True, maintain_order=True)
    parts = []
    for place, code in enumerate(desa):
        one_desa = by_desa[(code,)]
        free = np.ones(one_desa.height, dtype=bool)
        for group, numbers in counts.items():
            parts.append(_group(rng, one_desa, code, group, int(numbers[place]), free))
    return pl.concat(parts)


def _group(
    rng: np.random.Generator, people: pl.DataFrame, code: str, group: str, count: int, free: np.ndarray
) -> pl.DataFrame:
    """The holders of one group's posts in one desa; ``free`` loses those taken."""
    low, high, women = _WHO[group]
    age, male = people["age"].to_numpy(), people["male"].to_numpy()
    # A few who died or left are still on the village's own list.
    here: Floats = np.where((people["status"] == "hidup").to_numpy(), 1.0, 0.12)
    away = (people["asn"] | (people["occupation"] == "pekerja migran").fill_null(False)).to_numpy()
    weights = (
        people["visible"].to_numpy() * here * np.where(male, 1 - women, women) * (age >= low) * (age < high)
    )
    chosen = rng.permutation(draw(rng, weights * free * ~away, count))
    free[chosen] = False
    positions, wages = _titles(rng, group, count)
    return pl.DataFrame(
        {
            "person": people["person"].gather(chosen),
            "desa_code": [code] * count,
            "group": [group] * count,
            "position": positions,
            "wage_idr": wages,
        },
        schema_overrides={"wage_idr": pl.Int64},
    )


def _titles(rng: np.random.Generator, group: str, count: int) -> tuple[list[str], list[int]]:
    """Positions and wages in the order in which a village lists them. One wage a group and desa."""
    if group == "perangkat_desa":
        word = one(rng, ["Kepala Dusun", "Kawil", "Kepala Kewilayahan", "Kadus", "Kepala Wilayah"])
        hamlets = [f"{word} {tail.title()}" for tail in lists.DUSUN_TAIL[: count - 8]]
        posts = _OFFICE_POSTS + [(head, PERANGKAT_WAGE) for head in hamlets]
        return [p for p, _ in posts], [w for _, w in posts]
    if group == "bpd":
        titles = ["Ketua BPD", "Wakil Ketua BPD", "Sekretaris BPD"] + ["Anggota BPD"] * (count - 3)
        member = int(rng.integers(6, 14)) * 50_000
        return titles, [member + 200_000, member + 100_000, member + 75_000] + [member] * (count - 3)
    if group == "rt_rw":
        heads = count // 4
        titles = [f"Ketua RW {n:02d}" for n in range(1, heads + 1)]
        titles += [f"Ketua RT {n:02d}" for n in range(1, count - heads + 1)]
        return titles, [int(rng.integers(3, 9)) * 50_000] * count
    if group == "kader":
        return [f"Kader Posyandu {one(rng, _FLOWERS)}" for _ in range(count)], [
            int(rng.integers(2, 7)) * 50_000
        ] * count
    if group == "satlinmas":
        title = one(rng, ["Anggota BKD", "BKD", "Anggota Linmas", "Satlinmas", "Anggota Badan Keamanan Desa"])
        # Rp50,000 to Rp200,000 a month, differing by desa (insidelombok 2022).
        return [title] * count, [int(rng.integers(2, 9)) * 25_000] * count
    return [_STAFF[n % len(_STAFF)] for n in range(count)], [int(rng.integers(10, 25)) * 50_000] * count
