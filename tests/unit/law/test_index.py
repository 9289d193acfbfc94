"""The list of what the sources say: every row leads to a value that exists, a file, or a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from jaring.law import completeness, loader
from jaring.law.loader import ROOT


@pytest.mark.parametrize("row", completeness.rows(), ids=lambda row: f"{row.topic}: {row.row}")
def test_a_row_of_the_sources_leads_somewhere(row: completeness.Row) -> None:
    assert row.missing() == []
    assert sum(map(bool, (row.keys, row.elsewhere, row.not_modelled))) == 1
    if row.elsewhere:
        assert Path(ROOT.parent, row.elsewhere).exists()


def test_what_is_not_modelled_says_why_in_a_sentence() -> None:
    left = [row.not_modelled for row in completeness.rows() if row.not_modelled]
    assert len(left) > 15
    assert all(reason.endswith(".") and len(reason.split()) > 5 for reason in left)


def test_no_concept_of_the_law_is_missing_from_the_list() -> None:
    named = {key for row in completeness.rows() for key in row.keys}
    concepts = {
        loader.value(key).key.rpartition(".")[0] for key in named if "." in key and key not in loader.names()
    }
    concepts |= named & set(loader.names())
    left = {name for name in loader.names() if loader.concept(name).values} - concepts
    # Segments are of this programme's lists, not of the sources; the rest of funding is one source each.
    assert {name for name in left if not name.startswith(("segments.", "funding"))} == {
        "conversion",
        "precedence",
    } & left


def test_a_key_that_is_gone_is_found() -> None:
    gone = completeness.Row("Iuran", "contoh", ("bpu.jkm", "bpu.tidak_ada", "tidak.ada"), "", "")
    assert gone.missing() == ["bpu.tidak_ada", "tidak.ada"]
