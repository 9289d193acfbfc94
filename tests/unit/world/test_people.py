"""The invented people: as many as said, with valid numbers, in families, the same for the same seed."""

from __future__ import annotations

import polars as pl
import pytest

from jaring.facts import nik as forms
from jaring.facts.region import region
from jaring.world import people, regency
from jaring.world.regency import Regency, overlap
from jaring.world.size import ACTIVE, size


@pytest.fixture(scope="module")
def world() -> Regency:
    return regency.build(7, "lotim", "small")


def test_the_full_world_has_the_regencys_own_figures() -> None:
    full = size("full", region("lotim").workers)
    assert full.workers == 504_000
    assert (full.of("petani_2025"), full.of("petani_2026"), full.of("umkm")) == (17_395, 30_108, 73_000)
    assert sum(ACTIVE.values()) == 164_828


def test_workers_are_exactly_as_many_as_said(world: Regency) -> None:
    assert world.people["worker"].sum() == 8_400
    assert world.people.height == 24_293


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    place = region("lotim")
    small = size("small", place.workers)
    first, again, other = (people.make(seed, place, small) for seed in (3, 3, 4))
    assert first.equals(again)
    assert (first["nik"] == other["nik"]).mean() < 0.01


def test_every_nik_is_wellformed_unique_and_of_nobody_living(world: Regency) -> None:
    niks = world.people["nik"]
    assert world.people.select(forms.is_wellformed(pl.col("nik")).all()).item()
    assert niks.n_unique() == len(niks)
    assert niks.str.slice(12).cast(pl.Int64).min() == 9_001


def test_a_nik_holds_sex_and_mostly_the_birth_date(world: Regency) -> None:
    frame = world.people.with_columns(s=forms.sex(pl.col("nik")), d=forms.birth_date(pl.col("nik")))
    assert frame.select((pl.col("s") == pl.col("sex")).all()).item()
    same = frame.filter(pl.col("age") < 90).select((pl.col("d") == pl.col("birth_date")).mean()).item()
    # A corrected birth date leaves the NIK as it was: a few differ, lawfully.
    assert 0.985 < same < 0.998


def test_some_are_registered_elsewhere_and_lenek_keeps_the_old_code(world: Regency) -> None:
    prefix = world.people.with_columns(p=pl.col("nik").str.slice(0, 6), home=pl.col("kecamatan_code"))
    elsewhere = prefix.select((~pl.col("p").str.starts_with("5203")).mean()).item()
    assert 0.03 < elsewhere < 0.08
    assert prefix["p"].str.starts_with("99").any()
    lenek = prefix.filter(pl.col("home") == "52.03.21")
    old = lenek.filter(pl.col("birth_date").dt.year() < 2019)
    assert old.select((pl.col("p") == "520309").mean()).item() > 0.85
    young = lenek.filter(pl.col("birth_date").dt.year() > 2019)
    assert young.select((pl.col("p") == "520321").mean()).item() > 0.85


def test_families_share_a_card_and_the_mothers_name(world: Regency) -> None:
    cards = world.people.group_by("household").agg(pl.col("no_kk").n_unique())
    assert cards["no_kk"].max() == 1
    wives = world.people.filter(pl.col("slot") == 1).select("household", wife="name")
    children = world.people.filter(pl.col("role") == "anak").join(wives, on="household")
    assert children.height > 5_000
    assert (children["mother_name"] == children["wife"]).all()


def test_rank_is_inherited_and_teknonyms_are_of_the_old(world: Regency) -> None:
    nobles = world.people.filter(pl.col("name").str.contains("^(LALU|BAIQ) "))
    assert 0.03 < nobles.height / world.people.height < 0.13
    assert (nobles.filter(pl.col("name").str.starts_with("LALU"))["sex"] == "L").all()
    named = world.people.filter(pl.col("name").str.contains("^(AMAQ|INAQ) "))
    assert named.height > 50
    assert named["birth_date"].dt.year().max() < 1970  # type: ignore[operator]


def test_lists_have_the_documented_sizes(world: Regency) -> None:
    counts = {name: frame.height for name, frame in world.lists.items()}
    assert counts["petani_2026"] == 502
    assert counts["umkm"] == 1_217
    assert counts["peserta_aktif"] == sum(world.size.part(n) for n in ACTIVE.values())
    # 2,434 of 2,950 are clean; here 41 of 49.
    assert (counts["keagamaan"], world.lists["keagamaan"]["mismatch"].sum()) == (49, 8)


def test_about_a_third_of_the_people_on_the_large_lists_stand_on_more_than_one(world: Regency) -> None:
    assert 0.22 < overlap(world.lists, ("aparatur", "petani_2026", "dtsen", "umkm")) < 0.38


def test_the_farmer_list_holds_those_it_should_not(world: Regency) -> None:
    rows = world.rows("petani_2026")
    covered = world.lists["peserta_aktif"].filter(pl.col("kind").is_in(["pu", "bpu"]))["person"]
    assert 0.02 < rows.select((pl.col("age") >= 65).mean()).item() < 0.06
    assert 0.04 < rows["person"].is_in(covered.implode()).mean() < 0.09  # type: ignore[operator]
    officials = world.lists["aparatur"].filter(pl.col("group") == "perangkat_desa")["person"]
    assert rows["person"].is_in(officials.implode()).sum() >= 1
    assert rows["person"].n_unique() < rows.height
    assert (rows["status"] == "mati").sum() >= 1


def test_officials_families_are_over_represented_among_traders(world: Regency) -> None:
    officials = world.lists["aparatur"].filter(pl.col("group") == "perangkat_desa")["person"]
    houses = world.people.filter(pl.col("person").is_in(officials.implode()))["household"].implode()
    among_traders = world.rows("umkm")["household"].is_in(houses).mean()
    among_workers = world.people.filter("worker")["household"].is_in(houses).mean()
    assert among_traders > 1.5 * among_workers  # type: ignore[operator]
