"""Spellings of one name come to one key; different names do not."""

from __future__ import annotations

import polars as pl
import pytest

from jaring.people import duck, names


def _key(name: str, column: str = "key") -> str | None:
    return names.normalise(pl.DataFrame({"name": [name]}))[column][0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H. Lalu Muh. Saleh, S.Pd.I", "L. M. Saleh"),
        ("Soekardjo", "SUKARJO"),
        ("Abd. Rahman", "Abdurrahman"),
        ("ABDUL RAHMAN", "Abdurrahman"),
        ("Drs. H. Khaeruddin S.Sos", "Hairudin"),
        ("Zaenuddin", "Jaenudin"),
        ("St. Rohmah", "SITI ROHMA"),
        ("Syafi'i", "Sapii"),
        ("Moh. Tohri", "Tohri"),
        ("Bq. Nurhayati, S.T.", "Baiq  NURHAYATI"),
        ("Ahmad Fauzi, S. Pd.", "Ahmad Pauji"),
        ("Hadi Ahmad", "AHMAD HADI"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert _key(one) == _key(other)
    assert _key(one)


@pytest.mark.parametrize(
    ("one", "other"), [("Abdullah", "Abdul"), ("Sahrul", "Sahril"), ("Hasan", "Husen"), ("Muhammad", "Ahmad")]
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert _key(one) != _key(other)


def test_titles_stand_apart_and_an_initial_is_no_title() -> None:
    assert _key("Lalu Ahmad", "title") == "LALU"
    assert _key("Bq. Sri", "title") == "BAIQ"
    assert _key("INAQ SAHNIM", "title") == "INAQ"
    assert _key("Ahmad L.", "title") is None
    assert _key("Ahmad L.") == "AHMAD L"


def test_muhammad_alone_stays_a_name() -> None:
    assert _key("Muhammad") == names.MUHAMMAD
    assert _key("M. Muhammad") == names.MUHAMMAD


def test_a_cell_without_letters_has_no_key() -> None:
    assert _key("0") is None
    assert _key("- . -") is None


def test_likeness_and_containment_are_what_the_engine_computes() -> None:
    link = duck.connect()
    like = link.execute(f"SELECT {names.similarity_sql('?', '?')}", ["SAHRUL", "SAHRIL"]).fetchall()[0][0]
    assert 0.9 < like < 1
    for short, long, inside in (("HADI", "AHMAD HADI", True), ("HAD", "AHMAD HADI", False)):
        asked = names.contained_sql(f"'{short}'", f"'{long}'")
        assert link.execute(f"SELECT {asked}").fetchall()[0][0] is inside
