"""Who stands on which list outside the village office: farmers, mosques, the poor, traders, grants."""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.world.dice import Bools, Floats, Ints, dice, draw
from jaring.world.livelihood import FARM, SEA, TRADE
from jaring.world.rates import rate
from jaring.world.size import Size

Lists = dict[str, pl.DataFrame]
#: How much likelier who stands on one list stands on the next, so that about a third of the people on the
#: four large lists stand on two or more. [assumption]
APPARATUS_FARMS, FARMERS_POOR = 2.5, 9.0
KNOWN_TRADE = {"aparatur": 5.0, "petani": 5.0, "dtsen": 18.0}


def make(seed: int, people: pl.DataFrame, size: Size, lists: Lists) -> Lists:
    """``petani_2026, petani_2025, keagamaan, dtsen, umkm, hibah``."""
    marks = _Marks(people, lists)
    farmers = _farmers(seed, people, size, marks)
    poor = _poor(seed, people, size, farmers)
    umkm = _traders(
        seed, people, size, marks, {"aparatur": lists["aparatur"], "petani": farmers, "dtsen": poor}
    )
    return {
        "petani_2026": farmers,
        "petani_2025": _last_year(seed, people, size, farmers, marks),
        "keagamaan": _mosques(seed, people, size, marks),
        "dtsen": poor,
        "umkm": umkm,
        "hibah": _grants(seed, people, size, umkm, marks),
    }


class _Marks:
    """What selection asks of everyone, as arrays in the order of people."""

    def __init__(self, people: pl.DataFrame, lists: Lists) -> None:
        def on(persons: pl.Series) -> Bools:
            flag = np.zeros(people.height, dtype=bool)
            flag[(persons - 1).to_numpy()] = True
            return flag

        active, posts = lists["peserta_aktif"], lists["aparatur"]
        self.member = on(active.filter(pl.col("kind").is_in(["pu", "bpu"]))["person"])
        self.abroad = on(lists["pmi"]["person"])
        self.perangkat = on(posts.filter(pl.col("group") == "perangkat_desa")["person"])
        self.apparatus = on(posts["person"])
        self.officials = (
            people["household"]
            .is_in(people["household"].filter(pl.Series(self.perangkat)).implode())
            .to_numpy()
        )
        self.age = people["age"].to_numpy()
        self.male = people["male"].to_numpy()
        self.worker = people["worker"].to_numpy()
        self.visible: Floats = people["visible"].to_numpy()
        self.gone = (people["status"] != "hidup").to_numpy()
        self.asn = people["asn"].to_numpy()
        self.job = people["occupation"].fill_null("")


def _farmers(seed: int, people: pl.DataFrame, size: Size, marks: _Marks) -> pl.DataFrame:
    """The plan for 2026: farmers, labourers and fishers, with those who should not be on it."""
    rng = dice(seed, "farmers")
    total, fishers = size.of("petani_2026"), size.of("nelayan_2026")
    twice = round(total * rate("twice"))
    farm = (
        marks.job.is_in(["petani tembakau", "buruh tani tembakau"]).to_numpy() * 5.0
        + marks.job.is_in(FARM).to_numpy()
    )
    sea = marks.job.is_in(SEA).to_numpy() * 1.0
    parts = []
    for kind, liking, rows in (("nelayan", sea, fishers), ("petani", farm, total - fishers - twice)):
        here = liking * marks.visible * ~marks.abroad * np.where(marks.apparatus, APPARATUS_FARMS, 1.0)
        alive = here * ~marks.gone
        wrong: list[tuple[str, Floats]] = [
            ("petani_over_65", alive * (marks.age >= 65)),
            ("petani_member", alive * marks.member * (marks.age < 65) * ~marks.perangkat),
            ("petani_dead", here * (people["status"] == "mati").to_numpy() * 1.0),
        ]
        if kind == "petani":
            wrong.append(("petani_perangkat", marks.visible * marks.perangkat))
        taken = np.zeros(people.height, dtype=bool)
        for code, weights in wrong:
            weights = weights * ~taken
            count = min(round(rows * rate(code)), int((weights > 0).sum()))
            taken[draw(rng, weights, count)] = True
        clean = alive * ~taken * ~marks.member * (marks.age < 65) * (marks.age >= 17) * ~marks.perangkat
        taken[draw(rng, clean, rows - int(taken.sum()))] = True
        parts.append(pl.DataFrame({"person": np.flatnonzero(taken) + 1, "kind": kind}))
    whole = pl.concat(parts)
    again = whole.sample(twice, seed=int(rng.integers(1 << 30)))
    return _shuffled(rng, pl.concat([whole, again]))


def _last_year(
    seed: int, people: pl.DataFrame, size: Size, farmers: pl.DataFrame, marks: _Marks
) -> pl.DataFrame:
    """The list of 2025: most of them are proposed again."""
    rng = dice(seed, "farmers 2025")
    total = size.of("petani_2025")
    before = farmers.filter(pl.col("kind") == "petani")["person"].unique().sort().to_numpy()
    stay = rng.choice(before, int(total * 0.84), replace=False)
    weights = marks.job.is_in(FARM).to_numpy() * marks.visible * ~marks.abroad
    weights[before - 1] = 0
    new = draw(rng, weights, total - len(stay)) + 1
    return _shuffled(
        rng, pl.DataFrame({"person": np.concatenate([stay, new])}).with_columns(kind=pl.lit("petani"))
    )


def _mosques(seed: int, people: pl.DataFrame, size: Size, marks: _Marks) -> pl.DataFrame:
    """Marbot and guru ngaji; ``mismatch``: the register of residents says otherwise."""
    rng = dice(seed, "mosques")
    total, clean = size.of("keagamaan"), size.of("keagamaan_bersih")
    liking = np.where(marks.job.is_in(["marbot", "guru ngaji"]).to_numpy(), 60.0, 1.0) * np.where(
        marks.male, 1.0, 0.3
    )
    weights = (
        liking
        * marks.visible
        * ~marks.gone
        * ~marks.asn
        * ~marks.abroad
        * (marks.age >= 18)
        * (marks.age < 72)
    )
    persons = draw(rng, weights, total) + 1
    marbot = pl.Series(marks.male[persons - 1] & (rng.random(total) < 0.55))
    mismatch = np.zeros(total, dtype=bool)
    mismatch[rng.permutation(total)[: total - clean]] = True
    frame = pl.DataFrame({"person": persons, "mismatch": mismatch}).with_columns(
        kind=pl.when(marbot).then(pl.lit("marbot")).otherwise(pl.lit("guru_ngaji"))
    )
    return _shuffled(rng, frame)


def _poor(seed: int, people: pl.DataFrame, size: Size, farmers: pl.DataFrame) -> pl.DataFrame:
    """DTSEN: the grown members of households of the lower desil, family by family."""
    rng = dice(seed, "dtsen")
    total = size.of("dtsen")
    grown = people.filter((pl.col("age") >= 17) & (pl.col("slot") != 7)).select(
        "person", "household", "desil", "visible"
    )
    farms = grown["person"].is_in(farmers["person"].implode())
    houses = (
        grown.with_columns(farms=farms)
        .group_by("household", maintain_order=True)
        .agg(pl.len(), pl.col("desil").first(), pl.col("visible").max(), pl.col("farms").any())
    )
    liking = pl.col("desil").replace_strict({1: 1.0, 2: 0.9, 3: 0.5, 4: 0.35, 5: 0.15}, default=0.0)
    farming = pl.when("farms").then(FARMERS_POOR).otherwise(1.0)
    weights = houses.select(liking * pl.col("visible") * farming).to_series().to_numpy()
    key = rng.standard_exponential(houses.height) / np.where(weights > 0, weights, 1e-12)
    houses = houses.with_columns(key=pl.Series(key)).sort("key", "household")
    chosen = houses.filter(pl.col("len").cum_sum() - pl.col("len") < total).with_columns(
        turn=pl.int_range(pl.len())
    )
    rows = grown.join(chosen.select("household", "turn"), on="household").sort("household", "person")
    return rows.head(total).select("person", "desil")


def _traders(seed: int, people: pl.DataFrame, size: Size, marks: _Marks, others: Lists) -> pl.DataFrame:
    """The register of micro enterprises; officials' families are over-represented."""
    rng = dice(seed, "umkm")
    total = size.of("umkm")
    liking = np.where(marks.job.is_in(TRADE).to_numpy(), 4.0, 0.8) * np.where(marks.officials, 2.5, 1.0)
    for name, known in others.items():
        liking[(known["person"].unique() - 1).to_numpy()] *= KNOWN_TRADE[name]
    weights = liking * marks.visible * marks.worker * ~marks.asn * np.where(marks.abroad, 0.1, 1.0)
    weights = weights * np.where(marks.gone, 0.4, 1.0)
    twice = round(total * rate("twice"))
    persons = draw(rng, weights, total - twice) + 1
    return _shuffled(
        rng, pl.DataFrame({"person": np.concatenate([persons, rng.choice(persons, twice, replace=False)])})
    )


def _grants(seed: int, people: pl.DataFrame, size: Size, umkm: pl.DataFrame, marks: _Marks) -> pl.DataFrame:
    """Who received the grant of 2025: Rp640,000, weavers Rp1,000,000."""
    rng = dice(seed, "grants")
    total = size.of("hibah")
    registered = umkm["person"].unique().sort().to_numpy()
    chosen = registered[draw(rng, np.where(marks.officials[registered - 1], 1.8, 1.0), int(total * 0.93))]
    weights: Floats = marks.worker * marks.visible * ~marks.asn * ~marks.abroad
    weights[registered - 1] = 0
    persons = np.concatenate([chosen, draw(rng, weights, total - len(chosen)) + 1])
    weaver = (marks.job == "pengrajin tenun").to_numpy()[persons - 1]
    frame = pl.DataFrame({"person": persons, "amount_idr": np.where(weaver, 1_000_000, 640_000)})
    return _shuffled(rng, frame)


def _shuffled(rng: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    order: Ints = rng.permutation(frame.height).astype(np.int64)
    return frame[order]
