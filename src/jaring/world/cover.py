"""Who is covered already, by whom: the insurer's list of January 2026, companies, projects, migrants."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from jaring.world import wordlists
from jaring.world.dice import Floats, Ints, dice, draw, one, pick
from jaring.world.livelihood import SEA
from jaring.world.posts import spread
from jaring.world.size import ACTIVE, Size

#: kind, payer and programmes of each part of the active list.
PARTS: dict[str, tuple[str, str, str, str]] = {
    "perangkat_desa": ("pu", "add", "jkk+jkm+jht+jp", "perangkat_desa"),
    "bpd": ("pu", "add", "jkk+jkm", "bpd"),
    "satlinmas": ("pu", "apbd", "jkk+jkm", "satlinmas"),
    "staf_desa": ("pu", "add", "jkk+jkm", "staf_desa"),
    "kader": ("pu", "add", "jkk+jkm", "kader"),
    "rt_rw": ("pu", "add", "jkk+jkm", "rt_rw"),
    "non_asn": ("pu", "apbd", "jkk+jkm", "non_asn"),
    "pekerja_perusahaan": ("pu", "employer", "jkk+jkm+jht+jp", "pekerja_perusahaan"),
    "bpu_mandiri": ("bpu", "self", "jkk+jkm", "lainnya"),
    "bpu_provinsi": ("bpu", "province", "jkk+jkm", "buruh_tembakau"),
    "jakon": ("jakon", "employer", "jkk+jkm", "lainnya"),
    "pmi": ("pmi", "self", "jkk+jkm", "pmi"),
}
#: Wage base of BKD such that 0.54 % is the Rp10,800 that was paid (tribunnews 2024-07).
BKD_BASE = 2_000_000
#: Lowest wage of NTB 2026 in the demonstration. [assumption]
UMP = 2_673_000
#: Workers on a company's roster whom it never registered. [assumption]
UNREGISTERED = 0.05
_SECTORS = [
    "perdagangan",
    "hotel dan rumah makan",
    "tambak udang",
    "galian pasir",
    "SPBU",
    "distributor",
    "dapur MBG",
]
#: Left the employer between the list of January and April. [assumption]
LEFT = 0.015


def make(
    seed: int, people: pl.DataFrame, units: pl.DataFrame, size: Size, aparatur: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """``peserta_aktif``, ``perusahaan`` (rosters), ``badan_usaha`` (companies), ``pmi`` (the register)."""
    rng = dice(seed, "cover")
    taken = np.zeros(people.height, dtype=bool)
    companies = _companies(rng, size)
    parts = [_village(rng, group, aparatur, size, taken) for group in list(PARTS)[:6]]
    job = people["occupation"]
    base: Floats = (
        people["visible"].to_numpy() ** 0.5 * people["worker"].to_numpy() * ~people["asn"].to_numpy()
    )
    alive = (people["status"] == "hidup").to_numpy()
    apparatus = np.zeros(people.height, dtype=bool)
    apparatus[(aparatur["person"] - 1).to_numpy()] = True
    fits: dict[str, tuple[list[str], float]] = {
        "non_asn": (["guru honorer", "guru ngaji"], 12.0),
        "pekerja_perusahaan": (["karyawan swasta"], 160.0),
        "bpu_provinsi": (["petani tembakau", "buruh tani tembakau"], 200.0),
        "jakon": (["tukang bangunan", "buruh harian lepas"], 40.0),
        "pmi": (["pekerja migran"], 800.0),
        "bpu_mandiri": (["pedagang", "tukang ojek", "sopir", "wiraswasta", *SEA], 3.0),
    }
    aged = people["age"].to_numpy()
    for part, (jobs, liking) in fits.items():
        weights = base * np.where(job.is_in(jobs).fill_null(False).to_numpy(), liking, 1.0) * (aged < 66)
        # Who serves the village and works elsewhere too is the exception.
        weights = weights * np.where(alive, 1.0, 0.3) * np.where(apparatus, 0.15, 1.0) * ~taken
        chosen = draw(rng, weights, size.part(ACTIVE[part]))
        taken[chosen] = True
        parts.append(_part(rng, part, chosen + 1, size))
        if part == "pekerja_perusahaan":
            strangers = draw(rng, weights * ~taken, round(size.of("pekerja_perusahaan") * UNREGISTERED)) + 1
            taken[strangers - 1] = True
    active = _doubled(rng, pl.concat(parts))
    active, roster = _employed(rng, active, companies, strangers)
    active = _dated(rng, active)
    pmi = _register(rng, people, active, size)
    return {"peserta_aktif": active, "perusahaan": roster, "badan_usaha": companies, "pmi": pmi}


def _village(
    rng: np.random.Generator, group: str, aparatur: pl.DataFrame, size: Size, taken: np.ndarray
) -> pl.DataFrame:
    """The village's own: whole desa until the published number is reached."""
    holders = aparatur.filter(pl.col("group") == group)
    order = pl.DataFrame({"desa_code": holders["desa_code"].unique(maintain_order=True)})
    order = order.with_columns(turn=pl.Series(rng.permutation(order.height)))
    holders = holders.join(order, on="desa_code", how="left", maintain_order="left").sort(
        "turn", maintain_order=True
    )
    holders = holders.head(size.part(ACTIVE[group]))
    taken[(holders["person"] - 1).to_numpy()] = True
    wage = pl.lit(BKD_BASE) if group == "satlinmas" else pl.max_horizontal("wage_idr", 1_000_000)
    return holders.select(
        "person", part=pl.lit(group), npp=_npp(group, pl.col("desa_code")), wage_idr=wage.cast(pl.Int64)
    )


def _npp(group: str, desa_code: pl.Expr) -> pl.Expr:
    """One employer number for each desa and group: eight characters, ours begin with Z."""
    digits = desa_code.str.replace_all(".", "", literal=True)
    return pl.concat_str(
        pl.lit("Z" + group[0].upper()), digits.str.slice(4, 2), digits.str.slice(6, 1), digits.str.slice(7, 3)
    )


def _part(rng: np.random.Generator, part: str, persons: Ints, size: Size) -> pl.DataFrame:
    """One part of the list outside the villages."""
    count = len(persons)
    wages = UMP + (rng.gamma(1.4, 450_000, count) / 1000).round() * 1000
    wage = {"non_asn": np.full(count, 1_500_000.0), "pekerja_perusahaan": wages, "jakon": wages}
    number = rng.integers(1, max(2, count // 40) + 1, count)
    letter = {"non_asn": "ZN", "jakon": "ZJ"}.get(part)
    npp = pl.select(
        pl.concat_str(pl.lit(letter), pl.lit(pl.Series(number)).cast(pl.String).str.zfill(6))
    ).to_series()
    return pl.DataFrame(
        {
            "person": persons,
            "part": [part] * count,
            "npp": npp if letter else pl.Series([None] * count, dtype=pl.String),
            "wage_idr": wage.get(part, np.full(count, 1_000_000.0)).astype(np.int64),
        }
    )


def _doubled(rng: np.random.Generator, active: pl.DataFrame) -> pl.DataFrame:
    """Some who pay for themselves are covered by an employer as well: the person changes, the row stays."""
    own = np.flatnonzero((active["part"] == "bpu_mandiri").to_numpy())
    employed = np.flatnonzero((active["part"] == "pekerja_perusahaan").to_numpy())
    count = len(own) // 25
    rows, others = rng.choice(own, count, replace=False), rng.choice(employed, count, replace=False)
    person = active["person"].to_numpy().copy()
    person[rows] = person[others]
    return active.with_columns(person=pl.Series(person))


def _companies(rng: np.random.Generator, size: Size) -> pl.DataFrame:
    """Companies of the regency; the first ones sent their rosters."""
    sent = size.of("perusahaan")
    count = sent + size.part(1_400)
    weights = np.concatenate(
        [
            spread(rng, size.of("pekerja_perusahaan"), sent, 20, 600).astype(float),
            rng.lognormal(3.2, 0.8, count - sent),
        ]
    )
    names = [
        f"{one(rng, ['PT', 'PT', 'CV', 'CV', 'UD', 'Koperasi', 'Yayasan'])} "
        f"{one(rng, wordlists.COMPANY_HEAD).title()} {one(rng, wordlists.COMPANY_TAIL).title()}"
        for _ in range(count)
    ]
    return pl.DataFrame(
        {
            "npp": [f"ZC{n:06d}" for n in range(1, count + 1)],
            "employer": names,
            "field": [one(rng, _SECTORS) for _ in range(count)],
            "sent": [n < sent for n in range(count)],
            "weight": weights,
        }
    )


def _employed(
    rng: np.random.Generator, active: pl.DataFrame, companies: pl.DataFrame, strangers: Ints
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Employees to companies; the rosters sent hold ``strangers`` whom the company never registered."""
    rows = np.flatnonzero((active["part"] == "pekerja_perusahaan").to_numpy())
    sizes = companies["weight"].to_numpy()
    sent = companies["sent"].to_numpy()
    # Rosters have exactly the sizes drawn; the others share the rest.
    exact = np.repeat(np.flatnonzero(sent), sizes[sent].astype(int))
    rest = pick(rng, np.where(sent, 0.0, sizes), max(0, len(rows) - len(exact)))
    firm = rng.permutation(np.concatenate([exact, rest])[: len(rows)])
    npp = active["npp"].scatter(rows, companies["npp"].gather(firm))
    active = active.with_columns(npp=npp)
    names = companies.select("npp", "employer", "sent", "field")
    active = active.join(names, on="npp", how="left", maintain_order="left")
    roster = active.filter(pl.col("sent").fill_null(False)).select(
        "person", "npp", "employer", "wage_idr", "field"
    )
    more = companies.filter("sent")[rng.integers(0, int(sent.sum()), len(strangers))]
    hidden = more.select(
        person=pl.Series(strangers),
        npp="npp",
        employer="employer",
        wage_idr=pl.lit(UMP, pl.Int64),
        field="field",
    )
    roster = pl.concat(
        [roster.with_columns(unregistered=pl.lit(False)), hidden.with_columns(unregistered=pl.lit(True))]
    )
    return active.drop("sent", "field"), _shuffle(rng, roster).sort("npp", maintain_order=True)


def _shuffle(rng: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    return frame[rng.permutation(frame.height)]


def _dated(rng: np.random.Generator, active: pl.DataFrame) -> pl.DataFrame:
    """Kind, payer, programmes, since when, and what changed between January and April."""
    since = np.datetime64("2025-12") - rng.integers(0, 96, active.height).astype("timedelta64[M]")
    table = pl.DataFrame(
        [(part, *row) for part, row in PARTS.items()],
        schema=["part", "kind", "source", "programmes", "segment"],
        orient="row",
    )
    employed = pl.col("source") == "employer"
    return active.join(table, on="part", how="left", maintain_order="left").with_columns(
        since=pl.Series(since.astype("datetime64[D]")).cast(pl.Date),
        left=pl.Series(rng.random(active.height) < LEFT) & employed,
    )


def _register(
    rng: np.random.Generator, people: pl.DataFrame, active: pl.DataFrame, size: Size
) -> pl.DataFrame:
    """The migrants' register of Disnakertrans: most are on the insurer's list, some never were."""
    count = size.of("pmi")
    insured = active.filter(pl.col("part") == "pmi")["person"].to_numpy()
    known = rng.choice(insured, int(count * 0.72), replace=False)
    weights: Floats = np.where(
        (people["occupation"] == "pekerja migran").fill_null(False).to_numpy(), 60.0, 1.0
    )
    weights *= people["worker"].to_numpy() * (people["age"].to_numpy() < 46)
    weights[insured - 1] = 0
    others = draw(rng, weights, count - len(known)) + 1
    persons = rng.permutation(np.concatenate([known, others]))
    left = np.datetime64(dt.date(2023, 6, 1)) + rng.integers(0, 1000, count).astype("timedelta64[D]")
    months = rng.choice([12, 24, 24, 24, 36], count)
    # About 82 % go to Malaysia (ampenannews 2025-06).
    lands = ["Malaysia", "Taiwan", "Hong Kong", "Arab Saudi", "Korea Selatan", "Singapura", "Jepang"]
    agency = [
        f"PT {one(rng, wordlists.AGENCIES).title()} {one(rng, wordlists.AGENCIES).title()}" for _ in range(40)
    ]
    frame = pl.DataFrame(
        {
            "person": persons,
            "country": pl.Series(lands).gather(pick(rng, [82, 5, 4, 4, 2, 1, 2], count)),
            "departure": pl.Series(left).cast(pl.Date),
            "months": months,
            "agency": pl.Series(agency).gather(rng.integers(0, 40, count)),
        }
    )
    ends = pl.col("departure").dt.offset_by(pl.concat_str(pl.col("months").cast(pl.String), pl.lit("mo")))
    return frame.with_columns(until=ends.dt.truncate("1mo"))
