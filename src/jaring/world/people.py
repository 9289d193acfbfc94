"""The people of the invented regency: one frame with everything that is true of each.

Columns: ``person, household, slot, role, male, sex, birth_date, age, name, title, first, nik, no_kk,
mother_name, father_name, desa_code, kecamatan_code, dusun, rt, rw, birth_place, phone, haji, degree, noble,
desil, visible``; ``livelihood`` adds what they do and who died or moved.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from jaring.facts.region import Region
from jaring.world import households, names, nik, wordlists
from jaring.world.dice import Bools, Floats, dice, pick, words
from jaring.world.size import Size

_PLACES = ["SELONG", "LOMBOK TIMUR", "MATARAM", "PRAYA", "SUMBAWA", "BIMA", "DENPASAR", "JAKARTA", "MALAYSIA"]
#: Operators' prefixes with the block 000, so that no invented number rings.
_PHONES = ["0819000", "0878000", "0823000", "0852000", "0817000", "0877000", "0859000"]
#: Share of men and women with a phone in some list, by age. [assumption]
_PHONE = ([15, 20, 35, 55, 80], [0.55, 0.85, 0.8, 0.5, 0.1])


def make(seed: int, region: Region, size: Size) -> pl.DataFrame:
    """Everyone, household by household, ``person`` numbered from 1 in that order."""
    units = region.units if not size.units else region.units.filter(pl.col("code").is_in(size.units))
    frame = households.make(seed, size.people, unit_weights(units))
    frame = frame.with_columns(
        person=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        age=households.age_on(pl.col("birth_date")),
        sex=pl.when("male").then(pl.lit("L")).otherwise(pl.lit("P")),
        desa_code=units["code"].gather(frame["unit"]),
        kecamatan_code=units["kecamatan_code"].gather(frame["unit"]),
    )
    frame = _named(seed, frame)
    frame = _numbers(seed, frame, region)
    frame = _addresses(seed, frame)
    frame = frame.with_columns(_parent("mother", frame), _parent("father", frame))
    return _invented_parents(seed, frame).drop("unit", "mother", "father")


def unit_weights(units: pl.DataFrame) -> Floats:
    """How people spread over the units: fixed by the unit's code, the same for every seed."""
    spread = [dice(0, "unit", code).normal() for code in units["code"]]
    island = np.where(units["name"].to_numpy() == "Pulau Maringkik", 0.45, 1.0)
    weights: Floats = np.exp(0.32 * np.asarray(spread)) * island
    return weights


def _named(seed: int, frame: pl.DataFrame) -> pl.DataFrame:
    """Names by household: rank is inherited, some children carry the father's name, twins sound alike."""
    rng = dice(seed, "names")
    count, house = frame.height, frame["household"].to_numpy()
    male, born = frame["male"].to_numpy(), frame["birth_date"].dt.year().to_numpy()
    households_count = int(house.max()) + 1
    noble_house = rng.random(households_count) < 0.075
    other_house = rng.random(households_count) < 0.008
    wife = frame["slot"].to_numpy() == 1
    noble = noble_house[house] & (~wife | (rng.random(count) < 0.6))
    noble |= wife & (rng.random(count) < 0.02)
    parts = names.full(rng, male, born, noble, other_house[house])
    child = pl.Series((frame["role"] == "anak").to_numpy() & (rng.random(households_count) < 0.22)[house])
    fathers = parts["first"].gather(frame["father"])
    parts = parts.with_columns(
        third=pl.when(child & fathers.is_not_null() & parts["second"].is_not_null())
        .then(fathers)
        .otherwise(parts["third"])
    )
    frame = frame.with_columns(parts.with_columns(name=names.joined(), noble=pl.col("title").is_not_null()))
    first_child = frame.filter(pl.col("role") == "anak").group_by("household", maintain_order=True).first()
    child_name = frame.select("household").join(
        first_child.select("household", child="first"), on="household", how="left", maintain_order="left"
    )["child"]
    # Parents named after their first child: a custom of the old. [assumption on the share]
    older = (born < 1970) & ~noble & (rng.random(count) < np.where(born < 1955, 0.16, 0.08))
    frame = frame.with_columns(
        name=pl.when(pl.lit(pl.Series(older)))
        .then(pl.lit(names.teknonym(rng, male, child_name)))
        .otherwise(pl.col("name")),
        haji=pl.Series(
            rng.random(count) < np.interp(frame["age"].to_numpy(), [30, 50, 70], [0.01, 0.1, 0.2])
        ),
    )
    learned = (born > 1965) & (frame["age"].to_numpy() > 22) & (rng.random(count) < 0.09)
    degree = words(
        rng, ["S.Pd", "S.Pd.I", "S.H.", "S.E.", "S.Sos", "S.Ag", "A.Md", "QH", "S.Kom", "M.Pd"], count, 0.5
    )
    return frame.with_columns(degree=pl.when(pl.lit(pl.Series(learned))).then(pl.lit(degree))).drop(
        "prefix", "second", "third"
    )


def _numbers(seed: int, frame: pl.DataFrame, region: Region) -> pl.DataFrame:
    """NIK, family card, phone."""
    rng = dice(seed, "numbers")
    home = frame["kecamatan_code"].str.replace_all(".", "", literal=True)
    born = frame["birth_date"].to_numpy()
    districts = [code.replace(".", "") for code in region.kecamatan["code"]]
    area = nik.district(rng, home, born, districts)
    male: Bools = frame["male"].to_numpy()
    heads = frame.select("household", home=home).unique("household", keep="first", maintain_order=True)
    cards = nik.family_cards(rng, heads["home"])
    phone = pl.Series(_PHONES).gather(pick(rng, np.ones(len(_PHONES)), frame.height))
    tail = pl.Series(rng.integers(10_000, 99_999, frame.height)).cast(pl.String)
    has = pl.Series(rng.random(frame.height) < np.interp(frame["age"].to_numpy(), *_PHONE))
    kk = heads.select("household", no_kk=cards)
    frame = frame.with_columns(nik=nik.make(rng, area, male, born)).join(
        kk, on="household", how="left", maintain_order="left"
    )
    return frame.with_columns(phone=pl.when(has & (pl.col("age") >= 13)).then(pl.concat_str(phone, tail)))


def _addresses(seed: int, frame: pl.DataFrame) -> pl.DataFrame:
    """Dusun, RT, RW, birthplace, prosperity; one draw per household."""
    rng = dice(seed, "addresses")
    houses = frame.select("household", "desa_code").unique("household", keep="first", maintain_order=True)
    count = houses.height
    codes = houses["desa_code"].unique(maintain_order=True).to_list()
    hamlets = {code: _hamlets(code) for code in codes}
    longest = max(map(len, hamlets.values()))
    table = pl.DataFrame(
        [(c, n, h) for c in codes for n, h in enumerate(hamlets[c])],
        schema=["desa_code", "nth", "dusun"],
        orient="row",
    )
    of = houses["desa_code"].replace_strict({c: len(hamlets[c]) for c in codes}, return_dtype=pl.Int64)
    houses = houses.with_columns(
        nth=pl.Series(rng.integers(0, longest, count)) % of,
        rt=pl.Series(rng.integers(1, 5, count)).cast(pl.String).str.zfill(3),
        desil=pl.Series(1 + pick(rng, [9, 9, 10, 10, 10, 10, 11, 11, 10, 10], count)),
    )
    houses = houses.join(table, on=["desa_code", "nth"], how="left", maintain_order="left").with_columns(
        rw=(pl.col("nth") + 1).cast(pl.String).str.zfill(3)
    )
    place = pl.Series(_PLACES).gather(pick(rng, [20, 10, 3, 2, 1, 0.5, 0.3, 0.3, 0.4], frame.height))
    at_home = pl.Series(rng.random(frame.height) < 0.62)
    frame = frame.join(houses.drop("desa_code", "nth"), on="household", how="left", maintain_order="left")
    return frame.with_columns(
        birth_place=pl.when(at_home).then(pl.col("dusun")).otherwise(pl.lit(place)),
        # Who stands on one list stands on others: those whom the offices know. Heavy-tailed.
        visible=pl.Series(np.exp(1.15 * np.minimum(rng.normal(size=frame.height), 1.9))),
    )


def _hamlets(code: str) -> list[str]:
    """The dusun of a unit, about 7.3 each (1,863 in 2021); the same for every seed."""
    rng = dice(0, "hamlets", code)
    count = int(np.clip(rng.normal(7.3, 1.8), 3, 12))
    heads, tails = (
        words(rng, wordlists.DUSUN_HEAD, count + 6, 0.2),
        words(rng, wordlists.DUSUN_TAIL, count + 6, 0.2),
    )
    return list(dict.fromkeys(f"{h} {t}" for h, t in zip(heads, tails, strict=True)))[:count]


def _parent(which: str, frame: pl.DataFrame) -> pl.Series:
    return frame["name"].gather(frame[which]).alias(f"{which}_name")


def _invented_parents(seed: int, frame: pl.DataFrame) -> pl.DataFrame:
    """Names of parents who live elsewhere or are dead: old names, drawn per person."""
    rng = dice(seed, "parents")
    for which, male in (("mother", False), ("father", True)):
        column = f"{which}_name"
        rows = frame[column].is_null().arg_true()
        count = len(rows)
        noble = frame["noble"].gather(rows).to_numpy()
        parts = names.full(rng, np.full(count, male), np.full(count, 1955), noble, np.zeros(count, bool))
        invented = parts.select(names.joined()).to_series()
        frame = frame.with_columns(frame[column].scatter(rows, invented))
    return frame
