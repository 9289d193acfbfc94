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


def test_what_would_change_a_price_is_said() -> None:
    found = explain.case({"month": "2026-12", "kind": "bpu", "programmes": "jkk+jkm", "source": "self"})
    assert "Mulai Januari 2027: Rp16.800." in found.outlook
    assert any(
        one.startswith("Bila pembayarnya add, apbd,") and one.endswith(": Rp16.800.") for one in found.outlook
    )
    add = explain.case({"month": "2026-12", "kind": "bpu", "programmes": "jkk+jkm", "source": "add"})
    assert "Bila funding.add.uang_negara ditetapkan tidak: Rp8.400." in add.outlook


def test_a_year_in_advance_is_shown_by_its_stretches() -> None:
    facts = {"month": "2026-11", "kind": "bpu", "programmes": "jkk+jkm", "source": "self", "months": "12"}
    found = explain.case(facts)
    assert found.answer["iuran_idr"] == 184_800
    assert [(line.about, line.value) for line in found.lines[-2:]] == [
        ("November 2026–Desember 2026, 2 x Rp8.400", "Rp16.800"),
        ("Januari 2027–Oktober 2027, 10 x Rp16.800", "Rp168.000"),
    ]


def test_a_sum_of_money_is_shown_as_the_months_it_buys() -> None:
    facts = {
        "month": "2026-04",
        "kind": "bpu",
        "programmes": "jkk+jkm",
        "source": "self",
        "amount_idr": "640_000",
    }
    found = explain.case(facts)
    assert (found.answer["months"], found.answer["left_idr"]) == (42, 10_000)
    assert [line.value for line in found.lines[-2:]] == ["Rp75.600", "Rp554.400"]


def test_construction_and_migrants_are_explained_by_contract() -> None:
    works = explain.case({"month": "2026-04", "kind": "jakon", "contract_value_idr": "180_000_000"})
    lines = {line.column: line.value for line in works.lines}
    assert (lines["jkk_idr"], lines["jkm_idr"], works.answer["iuran_idr"]) == (
        "Rp346.000",
        "Rp46.000",
        392_000,
    )
    assert "Bila jakon.dasar ditetapkan dengan_ppn: Rp429.620." in works.outlook
    abroad = explain.case({"month": "2026-04", "kind": "pmi", "contract_months": "30", "route": "individual"})
    lines = {line.column: line.value for line in abroad.lines}
    assert (lines["paket_idr"], lines["lebih_idr"]) == ("Rp332.500", "Rp81.000")
    assert abroad.answer["iuran_idr"] == 413_500
