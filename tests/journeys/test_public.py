"""Given a card, when its QR address is opened on a phone, then yes and the month; a guess gains nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits
from tests.unit.enrolment.offices import sp2d
from tests.unit.enrolment.villages import DESA, OFFICIAL_YEAR, PRICE, billed, budget, enrolled, villagers

from jaring.desk.pages.public import throttle
from jaring.enrolment import actions, actions_card, cardcode, cards

pytestmark = pytest.mark.journey

WRONG = "ABCD-EFGH-JKMN-PQRS"


def _card(folder: Path) -> str:
    """The code of a participant whose April is paid."""
    people = villagers(2)
    budget(folder, DESA, 2 * OFFICIAL_YEAR)
    enrolled(folder, people)
    billed(folder, 2)
    sp2d(folder / "masuk" / "sp2d.xlsx", [("SP2D/1", "20-04-2026", "T4", 2 * PRICE)])
    actions.read_payments(folder / "masuk", by="bpkad")
    actions_card.make_cards(DESA, by="operator", on=dt.date(2026, 5, 2))
    return str(cards.in_force(DESA)["code"][0])


def _sound(page: Page) -> None:
    fits(page)
    assert page.context.cookies() == []
    expect(page.locator("script")).to_have_count(0)
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_a_card_is_asked(site: str, page: Page, tmp_path: Path) -> None:
    code = _card(tmp_path)

    # Given a card, when the address in its QR code is opened, then: yes, April 2026, whom to ask.
    answer = page.goto(f"{site}/k/{code}")
    assert answer is not None
    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("Ya")
    expect(page.locator("main")).to_contain_text("April 2026")
    expect(page.get_by_text("BPJS Ketenagakerjaan Cabang Lombok Timur (Selong)")).to_be_visible()
    assert "AMAQ" not in page.content()
    _sound(page)

    # When the code is typed as people type, then the same, and the code is in no address.
    page.get_by_role("link", name="Periksa kartu").click()
    page.get_by_label("Kode pada kartu").fill(f" {cardcode.grouped(code).lower()} ")
    _sound(page)
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ya")
    expect(page).to_have_url(f"{site}/k/")

    # When a heir goes on to the guide, then the sum, and that nobody may ask for a share.
    page.get_by_role("link", name="Panduan klaim bagi ahli waris").click()
    expect(page.get_by_text("Rp42.000.000").first).to_be_visible()
    expect(page.get_by_text("Tidak seorang pun boleh meminta bagian.")).to_be_visible()
    _sound(page)


def test_a_guess_gains_nothing(site: str, page: Page, tmp_path: Path) -> None:
    code = _card(tmp_path)
    cards_lost = actions_card.revoke(
        int(cards.in_force(DESA).filter(code=code)["card_id"][0]), reason="hilang", by="operator"
    )
    assert cards_lost.revoked_at is not None
    other = str(cards.in_force(DESA)["code"][0])

    # Given a revoked card, a near miss and nonsense, when they are asked, then one and the same answer.
    seen = set()
    for wrong in (code, other[:-1] + ("0" if other[-1] != "0" else "1"), WRONG, "x"):
        answer = page.goto(f"{site}/k/{wrong}")
        assert answer is not None
        assert answer.status == 404
        seen.add(page.locator("main").inner_text())
    assert len(seen) == 1
    _sound(page)

    # When somebody goes on guessing, then they are told to wait; a right code beside them is answered.
    for _ in range(throttle.TRIES):
        page.request.get(f"{site}/k/{WRONG}")
    answer = page.goto(f"{site}/k/{WRONG}")
    assert answer is not None
    assert answer.status == 429
    expect(page.get_by_text("Kode yang benar tetap dijawab sekarang juga.")).to_be_visible()
    _sound(page)
    page.get_by_label("Kode pada kartu").fill(other)
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ya")
