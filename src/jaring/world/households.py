"""Households: who lives with whom, how old, since when married. Numbers only; names come later."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from jaring.world.dice import Bools, Floats, Ints, dice, pick
from jaring.world.size import TODAY

_CHILDREN = 6
#: Twins per birth after the first. [assumption: about the national rate]
_TWINS = 0.012
#: Old people registered on 31 December or 1 July because no one knew the day. [assumption]
_ROUND_DATE = 0.1
ROLES = ("kepala", "istri", "anak", "orang_tua")


def make(seed: int, people: int, unit_weights: Floats) -> pl.DataFrame:
    """``household, unit (index), slot, role, male, birth_date, father, mother`` (rows)."""
    rng = dice(seed, "households")
    count = int(people / 2.6) + 20
    head_age = 21 + 64 * rng.beta(1.9, 3.1, count)
    head_male = rng.random(count) < 0.86
    has_wife = head_male & (rng.random(count) < 0.92)
    wife_age = np.clip(head_age - rng.normal(3.6, 3.8, count), 17, 84)
    mother_age = np.where(head_male, wife_age, head_age)
    child_age, child_has = _children(rng, mother_age, has_wife | ~head_male)
    elder_has = rng.random(count) < np.where(head_age < 48, 0.11, 0.04)
    elder_age = np.clip(head_age + 18 + 14 * rng.random(count), 40, 97)

    ages = np.column_stack([head_age, wife_age, child_age, elder_age])
    has = np.column_stack([np.ones(count, bool), has_wife, child_has, elder_has])
    sizes = has.sum(axis=1)
    last = int(np.searchsorted(np.cumsum(sizes), people)) + 1
    if last > count:
        raise ValueError("fewer people than wanted came out of the households")
    ages, has = ages[:last], has[:last]
    unit = np.sort(pick(rng, unit_weights, last))

    house, slot = np.nonzero(has)
    house, slot = house[:people], slot[:people]
    age = ages[house, slot]
    male = rng.random(people) < 0.505
    male = np.where(slot == 0, head_male[house], np.where(slot == 1, False, male))
    born = _born(rng, age, house, slot, child_age[:last])
    role = np.select([slot == 0, slot == 1, slot <= 1 + _CHILDREN], [0, 1, 2], 3)
    father, mother = _parents(house, slot, head_male)
    return pl.DataFrame(
        {
            "household": house,
            "unit": unit[house],
            "slot": slot,
            "role": pl.Series(ROLES, dtype=pl.String).gather(role),
            "male": male,
            "birth_date": pl.Series(born).cast(pl.Date),
            "father": father,
            "mother": mother,
        }
    ).with_columns(pl.col("father", "mother").replace(-1, None))


def _children(rng: np.random.Generator, mother_age: Floats, parent: Bools) -> tuple[Floats, Bools]:
    """Ages of up to six children of each household and which of them there are."""
    count = len(mother_age)
    wanted = rng.poisson(np.interp(mother_age, [18, 24, 33, 44, 56, 70], [0.2, 1.1, 2.1, 2.3, 1.3, 0.5]))
    gaps = 1.6 + rng.gamma(2.0, 1.3, (count, _CHILDREN))
    gaps[:, 0] = 18 + rng.gamma(2.2, 1.9, count)
    gaps[:, 1:][rng.random((count, _CHILDREN - 1)) < _TWINS] = 0.0
    age = mother_age[:, None] - np.cumsum(gaps, axis=1)
    # Grown children found houses of their own: the elder ones are missing first.
    at_home = (age >= 0) & (
        rng.random(age.shape) < np.interp(age, [0, 18, 24, 32, 40], [1, 0.95, 0.6, 0.2, 0.05])
    )
    rank = np.cumsum(at_home, axis=1)
    return age, at_home & (rank <= wanted[:, None]) & parent[:, None]


def _born(rng: np.random.Generator, age: Floats, house: Ints, slot: Ints, child_age: Floats) -> np.ndarray:
    """Birth dates from ages; twins keep one date, the oldest are rounded."""
    today = np.datetime64(TODAY)
    born = today - np.maximum(age * 365.25, 1).astype("timedelta64[D]")
    years = born.astype("datetime64[Y]")
    default = rng.random(len(age)) < np.where(age > 50, _ROUND_DATE, 0.004)
    half = rng.random(len(age)) < 0.4
    rounded = years.astype("datetime64[D]") + np.where(half, 181, 364).astype("timedelta64[D]")
    return np.where(default & (rounded < today) & (slot != 2), rounded, born).astype("datetime64[D]")


def _parents(house: Ints, slot: Ints, head_male: Bools) -> tuple[Ints, Ints]:
    """Row of father and mother for the children of a household, -1 where they are not in it."""
    rows = np.arange(len(house))
    head = np.full(house.max() + 1, -1)
    head[house[slot == 0]] = rows[slot == 0]
    wife = np.full(house.max() + 1, -1)
    wife[house[slot == 1]] = rows[slot == 1]
    child = (slot > 1) & (slot <= 1 + _CHILDREN)
    father = np.where(child & head_male[house], head[house], -1)
    mother = np.where(child, np.where(head_male[house], wife[house], head[house]), -1)
    return father, mother


def age_on(birth_date: pl.Expr, day: dt.date = TODAY) -> pl.Expr:
    """Whole years on a day."""
    had = (
        pl.lit(day.month * 100 + day.day) >= birth_date.dt.month().cast(pl.Int32) * 100 + birth_date.dt.day()
    )
    return (day.year - birth_date.dt.year() - (~had).cast(pl.Int32)).cast(pl.Int64)
