"""The whole invented regency in memory: people, and for each list who stands on it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from jaring.facts.region import Region, region
from jaring.world import cover, livelihood, membership, people, posts
from jaring.world.size import Size, size


@dataclass(frozen=True)
class Regency:
    """``people`` is in order of ``person`` (row n: person n + 1); ``lists`` has person and particulars."""

    seed: int
    size: Size
    region: Region
    units: pl.DataFrame
    people: pl.DataFrame
    lists: dict[str, pl.DataFrame] = field(default_factory=dict)

    def rows(self, name: str) -> pl.DataFrame:
        """A list with what is true of each person on it, in the list's own order."""
        return self.with_truth(self.lists[name])

    def with_truth(self, some: pl.DataFrame) -> pl.DataFrame:
        """``some`` (with ``person``) and the person's columns, those of the list taking precedence."""
        truth = self.people[(some["person"] - 1).to_numpy()]
        return some.hstack(truth.drop(*[c for c in some.columns if c in truth.columns]).get_columns())


def build(seed: int, key: str, size_name: str) -> Regency:
    """Everything that is true, and all lists' members, from the seed."""
    place = region(key)
    how = size(size_name, place.workers)
    units = place.units if not how.units else place.units.filter(pl.col("code").is_in(how.units))
    everyone = livelihood.settle(seed, people.make(seed, place, how), how)
    heads = everyone.filter(pl.col("slot") == 0).select("household", head_nik="nik")
    everyone = everyone.join(heads, on="household", how="left", maintain_order="left").join(
        units.select(desa_code="code", desa="name", kecamatan="kecamatan", unit_kind="kind"),
        on="desa_code",
        how="left",
        maintain_order="left",
    )
    lists = {"aparatur": posts.make(seed, everyone, units, how)}
    lists |= cover.make(seed, everyone, units, how, lists["aparatur"])
    lists |= membership.make(seed, everyone, how, lists)
    return Regency(seed, how, place, units, everyone, lists)


def overlap(lists: dict[str, pl.DataFrame], names: tuple[str, ...]) -> float:
    """Share of the people on any of the lists who stand on more than one of them."""
    people_of = [lists[name]["person"].unique().to_numpy() for name in names]
    _, counts = np.unique(np.concatenate(people_of), return_counts=True)
    return float((counts > 1).mean())
