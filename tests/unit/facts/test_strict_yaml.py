"""YAML of which nothing is guessed; whoever wrote it learns the line and the key."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

import pytest
import yaml
from typing_extensions import TypedDict

from jaring.facts import strict_yaml
from jaring.facts.strict_yaml import BrokenYaml, load, one_of

_Line = TypedDict(
    "_Line",
    {
        "from": str,
        "to": NotRequired[str],
        "kind": Literal["iuran", "denda"],
        "unit": NotRequired[Annotated[str, one_of(["hari", "bulan"])]],
    },
)
_SHAPE = dict[str, list[_Line]]


@pytest.mark.parametrize("loader", ["CBaseLoader", "BaseLoader"])
def test_every_cell_is_text_as_it_was_written(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "_Loader", getattr(yaml, loader))
    text = "\ufeffa:\n- {from: 2026-04-01, kind: iuran, to: no}\n- from: 0123\n  kind: denda\nb: []\n"
    assert load(text, _SHAPE, "x") == {
        "a": [{"from": "2026-04-01", "kind": "iuran", "to": "no"}, {"from": "0123", "kind": "denda"}],
        "b": [],
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "a:\n- {from: x, kind: sanksi}",
            "baris 2: a.1.kind: 'sanksi' bukan salah satu dari 'iuran', 'denda'",
        ),
        (
            "a:\n- {from: x, kind: denda, unit: jam}",
            "baris 2: a.1.unit: 'jam' bukan salah satu dari 'bulan', 'hari'",
        ),
        ("a:\n- from: x\n  kind: denda\n  oleh: y", "baris 4: a.1.oleh: tidak dikenal"),
        ("a:\n- kind: denda\n", "baris 2: a.1.from: tidak ada"),
        ("a: x", "baris 1: a: harus daftar"),
        ("- a", "baris 1: harus pasangan kunci dan isi"),
        ("a:\n- {from: [], kind: denda}", "baris 2: a.1.from: harus teks"),
        ("a: []\nb: []\na: []", "baris 3: kunci 'a' berulang"),
        ("a: &x []\nb: *x", "baris 1: tanda !, & dan *"),
        ("a: !!set {}", "baris 1: tanda !, & dan *"),
        ("{[a]: []}", "baris 1: kunci harus teks"),
        ("a: b: c", "baris 1: tidak terbaca"),
        ("a:\n\t- b", "baris 2: tidak terbaca"),
        ("a: []\n---\nb: []", "baris 2: tidak terbaca"),
        ("a: \x01", "tidak terbaca"),
        ("# nothing\n", "tidak ada isinya"),
    ],
)
def test_what_does_not_fit_is_told_by_line_and_key(text: str, complaint: str) -> None:
    with pytest.raises(BrokenYaml) as caught:
        load(text, _SHAPE, "setelan.yaml")
    assert str(caught.value).startswith("setelan.yaml")
    assert complaint in str(caught.value)
