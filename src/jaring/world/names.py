"""Full names of many people at once: by sex, birth year, rank and household."""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.world import wordlists as lists
from jaring.world.dice import Bools, Ints, places, words

#: Share of men whose name carries Muhammad in front, by how young they are. [assumption]
_MUHAMMAD_OLD, _MUHAMMAD_YOUNG = 0.06, 0.24
#: Forms under which Muhammad stands in the register itself; lists vary them further (``spelling``).
_MUHAMMAD = ["MUHAMMAD", "MUHAMAD", "MOHAMMAD", "MOH.", "MUH.", "M."]


def given(rng: np.random.Generator, male: Bools, young: Bools) -> pl.Series:
    """One given name each; the cohorts overlap a little."""
    size = len(male)
    modern = np.where(rng.random(size) < 0.12, ~young, young)
    kind = np.where(male, 0, 2) + modern
    parts = (lists.MEN_OLD, lists.MEN_YOUNG, lists.WOMEN_OLD, lists.WOMEN_YOUNG)
    place = np.zeros(size, dtype=np.int64)
    offset = 0
    for n, part in enumerate(parts):
        rows = np.flatnonzero(kind == n)
        place[rows] = offset + places(rng, len(part), 0.6, len(rows))
        offset += len(part)
    return pl.Series([word for part in parts for word in part], dtype=pl.String).gather(place)


def full(rng: np.random.Generator, male: Bools, born: Ints, noble: Bools, other: Bools) -> pl.DataFrame:
    """``title, first, second, third``: the parts of each name, null where there is none."""
    size = len(male)
    young = born >= 1985
    first, second, third = given(rng, male, young), given(rng, male, young), given(rng, male, young)
    dice = rng.random(size)
    # One-word names are the rule among the old and rare among the young. [assumption]
    one_word = dice < np.interp(born, [1940, 1965, 1985, 2005], [0.62, 0.42, 0.16, 0.05])
    three = dice > np.interp(born, [1940, 1970, 1995, 2015], [0.995, 0.97, 0.8, 0.6])
    muhammad = male & (rng.random(size) < np.where(young, _MUHAMMAD_YOUNG, _MUHAMMAD_OLD))
    abdul = male & ~muhammad & (rng.random(size) < 0.035)
    siti = ~male & (rng.random(size) < 0.05)
    frame = pl.DataFrame({"first": first, "second": second, "third": third}).with_columns(
        second=pl.when(pl.lit(pl.Series(one_word)) | (pl.col("first") == pl.col("second")))
        .then(None)
        .otherwise(pl.col("second")),
        third=pl.when(pl.lit(pl.Series(three)) & (pl.col("third") != pl.col("second"))).then(pl.col("third")),
    )
    frame = _nobles(rng, frame, male, noble)
    # A prefix goes in front; what was first moves on.
    prefix = (
        pl.when(pl.lit(pl.Series(muhammad)))
        .then(pl.lit(words(rng, _MUHAMMAD, size, 1.1)))
        .when(pl.lit(pl.Series(siti)))
        .then(pl.lit("SITI"))
    )
    frame = frame.with_columns(prefix=prefix)
    stem = words(rng, lists.ABDUL, size, 0.6)
    frame = frame.with_columns(
        prefix=pl.when(pl.lit(pl.Series(abdul))).then(pl.lit("ABDUL")).otherwise(pl.col("prefix")),
        first=pl.when(pl.lit(pl.Series(abdul))).then(pl.lit(stem)).otherwise(pl.col("first")),
    )
    frame = _others(rng, frame, male, other)
    title = pl.when(pl.lit(pl.Series(noble & ~other))).then(
        pl.when(pl.lit(pl.Series(male))).then(pl.lit("LALU")).otherwise(pl.lit("BAIQ"))
    )
    return frame.select(title=title, prefix="prefix", first="first", second="second", third="third")


def _nobles(rng: np.random.Generator, frame: pl.DataFrame, male: Bools, noble: Bools) -> pl.DataFrame:
    """A courtly second name for some who bear Lalu or Baiq."""
    size = len(male)
    courtly = _choose(
        [male], [words(rng, lists.NOBLE_MEN, size, 0.3), words(rng, lists.NOBLE_WOMEN, size, 0.3)]
    )
    has = pl.lit(pl.Series(noble & (rng.random(size) < 0.3)))
    return frame.with_columns(second=pl.when(has).then(pl.lit(courtly)).otherwise(pl.col("second")))


def _others(rng: np.random.Generator, frame: pl.DataFrame, male: Bools, other: Bools) -> pl.DataFrame:
    """Names of those whose family came from elsewhere."""
    size = len(male)
    first = _choose(
        [male], [words(rng, lists.OTHER_MEN, size, 0.2), words(rng, lists.OTHER_WOMEN, size, 0.2)]
    )
    has = pl.lit(pl.Series(other))
    return frame.with_columns(
        prefix=pl.when(has).then(None).otherwise(pl.col("prefix")),
        first=pl.when(has).then(pl.lit(first)).otherwise(pl.col("first")),
    )


def joined() -> pl.Expr:
    """The whole name from its parts."""
    return pl.concat_str(["title", "prefix", "first", "second", "third"], separator=" ", ignore_nulls=True)


def teknonym(rng: np.random.Generator, male: Bools, child: pl.Series) -> pl.Series:
    """``AMAQ RUS``, ``INAQ RUS``: father and mother named after their first child, or a stem without one."""
    size = len(male)
    stem = words(rng, lists.STEMS, size, 0.2)
    frame = pl.DataFrame({"child": child, "stem": stem, "male": male, "old": rng.random(size) < 0.5})
    name = pl.when(pl.col("old") | pl.col("child").is_null()).then(pl.col("stem")).otherwise(pl.col("child"))
    word = pl.when(pl.col("male")).then(pl.lit("AMAQ ")).otherwise(pl.lit("INAQ "))
    return frame.select(name=pl.concat_str(word, name)).to_series()


def _choose(masks: list[Bools], columns: list[pl.Series]) -> pl.Series:
    """Column n where mask n holds first, the last column elsewhere."""
    frame = pl.DataFrame({str(n): column for n, column in enumerate(columns)})
    chosen = pl.col(str(len(masks)))
    for n in reversed(range(len(masks))):
        chosen = pl.when(pl.lit(pl.Series(masks[n]))).then(pl.col(str(n))).otherwise(chosen)
    return frame.select(name=chosen).to_series()
