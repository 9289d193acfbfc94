"""The regency's own units, by official name, everyday spelling and old code."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jaring.facts.region import place_key, region


def test_the_regency_has_its_21_kecamatan_239_desa_and_15_kelurahan() -> None:
    lotim = region("lotim")
    kinds = dict(lotim.units["kind"].value_counts().iter_rows())
    assert lotim.kecamatan.height == 21
    assert kinds == {"desa": 239, "kelurahan": 15}
    assert lotim.workers == 504_000


def test_everyday_spellings_find_the_official_unit() -> None:
    lotim = region("lotim")
    names = lotim.spellings()
    official = lotim.units.filter(name="Lenek Pesiraman")["code"].item()
    found = names.filter(key=place_key("Desa LENEK  PASIRAMAN"))["code"].unique().to_list()
    assert found == [official]
    # A desa and a kecamatan of one name are told apart by where they stand.
    selong = names.filter(key=place_key("Kel. Selong"), kecamatan_key=place_key("Kec. Selong"))
    assert selong["code"].to_list() == ["52.03.07.1002"]


def test_every_old_code_leads_to_a_unit_of_today() -> None:
    lotim = region("lotim")
    assert set(lotim.old_codes.values()) <= set(lotim.units["code"])
    assert len(lotim.old_codes) == 10


def test_an_unknown_region_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="lotim"):
        region("atlantis")


def test_only_the_data_of_lokal_is_loaded() -> None:
    """The rest of the package compiles hundreds of patterns, at the start of every command and job."""
    asked = (
        "import sys, jaring.facts.region, jaring.facts.workdays as days; "
        "print('lokal.samaran' in sys.modules, len(days.national()) > 20)"
    )
    command = [sys.executable, "-c", asked]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True"]
