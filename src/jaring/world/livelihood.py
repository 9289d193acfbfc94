"""What the invented people live by: who works, as what, for how much, and who died or moved.

Adds ``worker, occupation, sector, asn, income_idr, land_m2, status, event_date`` to the people's frame.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from jaring.world.dice import Bools, Floats, dice, draw, pick
from jaring.world.size import TODAY, Size

#: occupation: weight among men, among women, factor in coastal / tobacco / town kecamatan, income in
#: million rupiah a month. Shares are an [assumption]; the large ones follow what the press says.
OCCUPATIONS: dict[str, tuple[float, float, float, float, float, float]] = {
    "petani tembakau": (10, 4, 0.3, 2.2, 0.2, 1.3),
    "buruh tani tembakau": (9, 11, 0.4, 2.2, 0.2, 0.9),
    "petani": (12, 7, 0.6, 1.0, 0.4, 1.2),
    "buruh tani": (8, 9, 0.6, 1.0, 0.4, 0.8),
    "nelayan": (5, 0.3, 9.0, 0.6, 0.2, 1.4),
    "buruh nelayan": (2, 0.2, 9.0, 0.6, 0.1, 0.9),
    "peternak": (2.5, 1, 1.0, 1.0, 0.3, 1.2),
    "pedagang": (5, 16, 1.1, 0.9, 1.6, 1.5),
    "pengrajin tenun": (0.1, 5, 0.6, 1.0, 0.7, 0.9),
    "penjual makanan": (1.5, 7, 1.0, 0.9, 1.4, 1.2),
    "tukang ojek": (4, 0.1, 1.0, 1.0, 1.4, 1.3),
    "sopir": (4, 0.05, 1.0, 1.0, 1.3, 1.9),
    "kusir cidomo": (0.6, 0, 1.0, 1.0, 0.6, 1.0),
    "tukang bangunan": (8, 0.2, 0.9, 1.0, 1.2, 1.8),
    "buruh harian lepas": (7, 5, 1.0, 1.0, 1.2, 1.1),
    "guru honorer": (2, 4, 0.9, 0.9, 1.6, 0.7),
    "guru ngaji": (0.7, 0.7, 1.0, 1.0, 1.0, 0.5),
    "marbot": (0.4, 0, 1.0, 1.0, 1.0, 0.5),
    "karyawan swasta": (20, 21, 0.9, 0.9, 1.9, 2.6),
    "pegawai negeri": (2.6, 2.6, 0.7, 0.8, 2.2, 4.2),
    "tentara atau polisi": (0.6, 0.05, 0.8, 0.8, 1.8, 4.8),
    "penjahit": (0.6, 2.4, 1.0, 1.0, 1.3, 1.2),
    "wiraswasta": (4, 4, 1.0, 1.0, 1.3, 2.0),
    "pekerja migran": (4.5, 2.2, 1.2, 1.2, 0.7, 4.5),
    "pekerja rumah tangga": (0.1, 2.2, 0.9, 0.9, 1.5, 0.8),
}
TRANSPORT = ("tukang ojek", "sopir", "kusir cidomo")
FARM = ("petani tembakau", "buruh tani tembakau", "petani", "buruh tani")
SEA = ("nelayan", "buruh nelayan")
TRADE = ("pedagang", "pengrajin tenun", "penjual makanan", "penjahit", "wiraswasta", "peternak")
ASN = ("pegawai negeri", "tentara atau polisi")
#: Keruak, Jerowaru, Labuhan Haji, Pringgabaya, Sambelia live by the sea; the south and middle by tobacco.
COAST = {"52.03.01", "52.03.20", "52.03.17", "52.03.08", "52.03.14"}
TOBACCO = {
    "52.03.01",
    "52.03.02",
    "52.03.03",
    "52.03.04",
    "52.03.05",
    "52.03.18",
    "52.03.19",
    "52.03.20",
    "52.03.21",
}
TOWN = {"52.03.07", "52.03.05"}


def settle(seed: int, people: pl.DataFrame, size: Size) -> pl.DataFrame:
    """The people with their work and fate."""
    people = _fates(seed, people, size)
    rng = dice(seed, "livelihood")
    age = people["age"].to_numpy()
    male: Bools = people["male"].to_numpy()
    alive = (people["status"] != "pindah").to_numpy()
    willing = np.interp(age, [14, 15, 19, 24, 45, 60, 70, 82, 83], [0, 0.15, 0.5, 1, 1, 0.8, 0.35, 0.05, 0])
    willing = np.where(male, willing, willing * 0.55) * alive
    # Exactly the regency's own figure of workers, neither more nor less.
    chosen = draw(rng, willing**2, size.workers)
    worker = np.zeros(people.height, dtype=bool)
    worker[chosen] = True
    codes = _occupations(rng, people, worker, male)
    jobs = list(OCCUPATIONS)
    income = np.asarray([OCCUPATIONS[j][5] for j in jobs])[codes] * np.exp(0.35 * rng.normal(size=len(codes)))
    farmer = np.isin(codes, [jobs.index(j) for j in ("petani tembakau", "petani")])
    land = np.where(farmer, np.clip(rng.lognormal(8.1, 0.75, len(codes)), 300, 60_000), 0)
    job = pl.Series(jobs, dtype=pl.String).gather(codes)
    return (
        people.with_columns(worker=pl.Series(worker))
        .with_columns(
            occupation=pl.when("worker").then(pl.lit(job)),
            income_idr=pl.when("worker").then(pl.Series((income * 40).round() * 25_000).cast(pl.Int64)),
            land_m2=pl.when("worker").then(pl.Series((land / 50).round() * 50).cast(pl.Int64)),
        )
        .with_columns(
            sector=pl.when(pl.col("occupation").is_in(TRANSPORT))
            .then(pl.lit("transport"))
            .otherwise(pl.lit("other")),
            asn=pl.col("occupation").is_in(ASN).fill_null(False),
        )
    )


def _occupations(rng: np.random.Generator, people: pl.DataFrame, worker: Bools, male: Bools) -> np.ndarray:
    """An occupation (index) for everyone, by sex, kind of kecamatan and age."""
    table = np.asarray(list(OCCUPATIONS.values()))
    kecamatan = people["kecamatan_code"]
    codes = np.zeros(people.height, dtype=np.int64)
    kinds = [kecamatan.is_in(kind).to_numpy() for kind in (COAST, TOBACCO, TOWN)]
    zone = kinds[0] * 1 + kinds[1] * 2 + kinds[2] * 4
    old = people["age"].to_numpy() >= 60
    salaried = np.isin(list(OCCUPATIONS), [*ASN, "karyawan swasta", "guru honorer", "pekerja migran"])
    for value in np.unique(zone):
        factor = np.prod(
            [table[:, 2 + n] if value & (1 << n) else np.ones(len(table)) for n in range(3)], axis=0
        )
        # Away from the coast hardly anyone fishes.
        if not value & 1:
            factor = factor * np.where(np.isin(list(OCCUPATIONS), SEA), 0.12, 1)
        for column, sex in ((0, male), (1, ~male)):
            for aged in (False, True):
                rows = np.flatnonzero(worker & (zone == value) & sex & (old == aged))
                weights = table[:, column] * factor * np.where(salaried & aged, 0.05, 1.0)
                codes[rows] = pick(rng, weights, len(rows))
    return codes


def _fates(seed: int, people: pl.DataFrame, size: Size) -> pl.DataFrame:
    """Who died or moved away in the last 20 months, as the truth knows it (offices know it later)."""
    rng = dice(seed, "fates")
    age = people["age"].to_numpy()
    hazard: Floats = np.interp(age, [0, 1, 15, 40, 55, 65, 75, 90], [0, 0, 0.4, 1.5, 6, 14, 35, 110])
    # A tenth more than Dukcapil's list holds: families who never asked for the deed.
    dead = draw(rng, hazard, round(size.of("meninggal") * 1.1))
    left: Floats = np.where((age >= 17) & (age < 60), 1.0, 0.0)
    left[dead] = 0
    moved = draw(rng, left, size.of("pindah"))
    status = np.zeros(people.height, dtype=np.int64)
    status[dead], status[moved] = 1, 2
    days = rng.integers(0, (TODAY - dt.date(2024, 7, 1)).days, people.height)
    day = np.datetime64(TODAY) - days.astype("timedelta64[D]")
    return (
        people.with_columns(
            status=pl.Series(["hidup", "mati", "pindah"]).gather(status), _day=pl.Series(day).cast(pl.Date)
        )
        .with_columns(event_date=pl.when(pl.col("status") != "hidup").then(pl.col("_day")))
        .drop("_day")
    )
