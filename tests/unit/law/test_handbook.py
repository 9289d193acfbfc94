"""The handbook: one page a concept, in words, the same wherever and whenever it is printed."""

from __future__ import annotations

import re

import pytest

from jaring.law import examples, loader, reference, wording
from jaring.law.loader import LawError

PAGES = reference.pages()


def test_every_concept_has_its_page_and_the_index_leads_to_it() -> None:
    index = PAGES["handbook/index.md"]
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", index))
    assert linked == {path.removeprefix("handbook/") for path in PAGES} - {"index.md"}
    assert len(linked) == len(loader.names()) + 2


def test_the_numbers_stand_by_date_with_their_article() -> None:
    page = PAGES["handbook/jkm.md"]
    assert "Rp16.200.000 | 1 Juli 2015 | 1 Desember 2019 | PP 44/2015 Pasal 34 (naskah peraturan)" in page
    assert "Rp20.000.000 | 2 Desember 2019 | sekarang" in page


def test_an_example_is_told_in_words() -> None:
    page = PAGES["handbook/benefits-jkk.md"]
    assert "Kejadian pada: 10 Mei 2026; Jenis kepesertaan: bukan penerima upah (BPU)" in page
    assert "Santunan kematian karena kecelakaan kerja: Rp48.000.000" in page


def test_what_is_uncertain_names_who_can_settle_it() -> None:
    page = PAGES["handbook/employers-ladder.md"].partition("## Yang belum pasti")[2]
    line = next(one for one in page.splitlines() if "hari kalender" in one)
    assert "belum ditemukan" in line
    assert "Bagian Hukum Setda" in line
    everything = PAGES["handbook/belum-pasti.md"]
    for name in loader.names():
        for value in loader.concept(name).values.values():
            if value.dated[-1].confidence in {"secondary", "unknown"}:
                assert " ".join(value.about.split()) in everything, value.key


def test_what_is_not_modelled_is_printed() -> None:
    assert "Baznas dan zakat" in PAGES["handbook/tidak-dimodelkan.md"]


def test_every_column_of_an_example_has_a_word() -> None:
    for name in loader.names():
        for one in examples.of(name):
            for key in (*one.given, *one.expect):
                assert wording.column(key, name if one.asks == "own" else "")
    with pytest.raises(LawError, match="kolom_baru"):
        wording.column("kolom_baru")


def test_no_column_name_is_left_in_a_page() -> None:
    left = {word for text in PAGES.values() for word in re.findall(r"\b[a-z]+(?:_[a-z]+)*_idr\b", text)}
    assert left == set()


def test_printing_twice_gives_the_same() -> None:
    assert reference.pages() == PAGES
