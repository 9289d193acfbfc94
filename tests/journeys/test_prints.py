"""Given a village operator, when cards and lists are wanted for the balai desa, then they are ready."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits
from tests.unit.enrolment.villages import DESA, OFFICIAL_YEAR, budget, enrolled, officials, villagers

from jaring.enrolment import card_answer, cards
from jaring.facts.month import Month

pytestmark = pytest.mark.journey


def _sound(page: Page) -> None:
    fits(page)
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], one["nodes"][0]["html"]) for one in found]


def _downloaded(page: Page, button: str) -> tuple[str, str]:
    """The file's name and its words."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    pages = pypdf.PdfReader(io.BytesIO(Path(waiting.value.path()).read_bytes())).pages
    words = " ".join(" ".join((one.extract_text() or "").split()) for one in pages)
    return waiting.value.suggested_filename, words


def test_the_papers_of_a_hand_over(site: str, page: Page, enter: Callable[..., Any], tmp_path: Path) -> None:
    people = villagers(12)
    officials(people)
    budget(tmp_path, DESA, 12 * OFFICIAL_YEAR)
    enrolled(tmp_path, people)
    enter("operator_desa", [DESA])

    # Given participants without cards, when they are made, then there is one each.
    page.goto(f"{site}/cetak/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tanjung Luar")
    _sound(page)
    page.get_by_role("button", name="Buat 12 kartu yang belum ada").click()
    expect(page.get_by_text("12 kartu dibuat.")).to_be_visible()

    # When the sheets are downloaded, then every card, with the site's own address.
    name, words = _downloaded(page, "Unduh lembar kartu (PDF)")
    assert name == f"kartu-{DESA}.pdf"
    assert words.count("Kartu Peserta Jaminan Sosial") == 12
    assert f"{site.removeprefix('http://')}/k/" in words
    name, words = _downloaded(page, "Unduh daftar serah terima (PDF)")
    assert "Jumlah kartu: 12" in words

    # When one is lost, then its code is dead and the new card is printed alone.
    old = cards.in_force(DESA)
    page.get_by_role("link", name="Kartu hilang atau rusak? Ganti kartunya").click()
    _sound(page)
    page.get_by_role("link", name="Ganti").first.click()
    _sound(page)
    page.get_by_label("Alasan").fill("hilang di pasar Keruak")
    page.get_by_role("button", name="Cabut dan buat yang baru").click()
    _sound(page)
    name, words = _downloaded(page, "Unduh 1 kartu yang terakhir dibuat (PDF)")
    assert words.count("Kartu Peserta Jaminan Sosial") == 1
    gone = [code for code in old["code"] if card_answer.answer(code, Month(2026, 4)) is None]
    assert len(gone) == 1
