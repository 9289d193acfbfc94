"""One case explained: the lines, the articles, and the same answer as in bulk."""

from __future__ import annotations

import datetime as dt

import pytest

from jaring.law import explain
from jaring.law.loader import LawError


def test_a_price_is_shown_line_by_line_with_its_articles() -> None:
    found = explain.case({"month": "2026-12", "kind": "bpu", "programmes": "jkk+jkm", "source": "self"})
    assert found.answer["iuran_idr"] == 8_400
    lines = {line.column: line for line in found.lines}
    assert lines["jkk_penuh_idr"].value == "Rp10.000"
    assert lines["jkk_idr"].value == "Rp5.000"
    assert [cite.article for cite in lines["jkk_idr"].cites] == ["PP 50/2025"]
    assert lines["potongan"].value == "50 %"
    assert "jht_idr" not in lines
    assert [one["code"] for one in found.reasons] == [
        "sekunder:bpu.golongan",
        "belum-pasti:bpu.penghasilan_tak_disebut",
    ]


def test_a_village_official_among_farmers_is_priced_as_add_would_pay() -> None:
    facts = {
        "month": "2026-02",
        "segments": "petani_tembakau, perangkat_desa",
        "age_years": "45",
        "source": "add",
    }
    found = explain.case(facts)
    assert (found.answer["segment"], found.answer["kind"]) == ("perangkat_desa", "pu")
    assert found.answer["iuran_idr"] == 186_851


def test_a_refusal_names_its_article_and_how_well_it_is_known() -> None:
    facts = {
        "month": dt.date(2026, 4, 1),
        "segments": ["perangkat_desa"],
        "age_years": 45,
        "source": "dana_desa",
    }
    found = explain.case(facts)
    assert found.answer["reason"] == "dana-desa-dilarang"
    refusal = found.reasons[0]
    assert (refusal["article"], refusal["confidence"]) == ("Permendesa PDT 16/2025", "secondary")


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(LawError, match="gaji"):
        explain.case({"gaji": 1})
