"""Valid NIKs and family-card numbers for invented people, by PP 40/2019 Art. 31.

Serials begin at 9001: registrars count from 0001 for each district, day and sex, so that no invented
number is a living person's.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.world.dice import Bools, Ints, falling, pick, within_group

FIRST_SERIAL = 9001
#: Districts elsewhere on Lombok and Sumbawa, elsewhere in Indonesia, and registration abroad (99).
_NTB = [f"52{r}{k:02d}" for r in ("01", "02", "04", "05", "06", "07", "08", "71", "72") for k in range(1, 7)]
_ELSEWHERE = [
    f"{n}" for n in (317401, 320105, 331205, 350912, 357801, 510301, 517104, 640305, 647102, 737105)
]
_ABROAD = ["990101", "990109", "990137", "990208"]
#: Share first registered in another kecamatan of the regency, in NTB, in Indonesia, abroad. [assumption]
_MOVED = (0.045, 0.03, 0.018, 0.003)
#: Share whose birth date was corrected later: the NIK keeps the old one (Dukcapil: a NIK never changes).
_CORRECTED = 0.008
#: Kecamatan Lenek was parted from Aikmel; who was registered before keeps the old prefix.
LENEK, AIKMEL, LENEK_SINCE = "520321", "520309", np.datetime64("2019-01-01")


def district(rng: np.random.Generator, home: pl.Series, born: np.ndarray, districts: list[str]) -> pl.Series:
    """Six digits of first registration for people who live in ``home`` (six digits) now."""
    size = len(home)
    lottery = np.searchsorted(np.cumsum(_MOVED), rng.random(size))
    own = home.to_numpy()
    own = np.where((own == LENEK) & (born < LENEK_SINCE), AIKMEL, own)
    choices = [
        np.asarray(words)[pick(rng, falling(len(words), 0.4), size)]
        for words in (districts, _NTB, _ELSEWHERE, _ABROAD)
    ]
    return pl.Series(np.choose(lottery, [*choices, own]), dtype=pl.String)


def make(rng: np.random.Generator, area: pl.Series, male: Bools, born: np.ndarray) -> pl.Series:
    """One NIK each, all different, from district, sex and the birth date as first registered."""
    size = len(area)
    shift = np.where(rng.random(size) < _CORRECTED, rng.integers(-900, 900, size), 0)
    date = born + shift.astype("timedelta64[D]")
    ymd = _parts(date)
    stem = area.cast(pl.Int64).to_numpy() * 1_000_000
    stem = stem + (ymd[2] + np.where(male, 0, 40)) * 10_000 + ymd[1] * 100 + ymd[0] % 100
    return _numbered(rng, stem)


def family_cards(rng: np.random.Generator, area: pl.Series) -> pl.Series:
    """One card number each: district, date of issue, serial."""
    issued = np.datetime64("2006-01-01") + rng.integers(0, 7300, len(area)).astype("timedelta64[D]")
    ymd = _parts(issued)
    stem = area.cast(pl.Int64).to_numpy() * 1_000_000 + ymd[2] * 10_000 + ymd[1] * 100 + ymd[0] % 100
    return _numbered(rng, stem)


def _numbered(rng: np.random.Generator, stem: Ints) -> pl.Series:
    """The stem of 12 digits with a serial of 4 that differs among equal stems."""
    order = rng.permutation(len(stem))
    order = order[np.argsort(stem[order], kind="stable")]
    serial = np.empty(len(stem), dtype=np.int64)
    serial[order] = FIRST_SERIAL + within_group(stem[order])
    if serial.size and serial.max() > 9999:
        raise ValueError("too many people of one district, date and sex for the serials of the invented")
    return pl.Series(stem * 10_000 + serial).cast(pl.String)


def _parts(days: np.ndarray) -> tuple[Ints, Ints, Ints]:
    """year, month, day."""
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]")
    return (
        years.astype(np.int64) + 1970,
        (months - years).astype(np.int64) + 1,
        (days.astype("datetime64[D]") - months).astype(np.int64) + 1,
    )
