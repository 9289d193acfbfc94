"""Given a month not paid, when the Bupati opens one page, then it says what to decide and prints on A4."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits
from tests.unit.desk.invented import billed, counted, died, eligible, enrolled

pytestmark = pytest.mark.journey
Enter = Callable[..., Any]


def test_the_bupati_sees_what_matters_and_prints_one_sheet(
    site: str, page: Page, enter: Enter, tmp_path: Path
) -> None:
    people = enrolled(tmp_path, 40)
    billed(tmp_path, 40)
    died(people[0])
    counted()
    eligible(people)
    enter("pimpinan")
    page.goto(site + "/")
    page.get_by_role("link", name="Lembar pimpinan").last.click()
    urgent = page.locator(".todo li")
    expect(urgent).to_have_count(3)
    assert [one.split()[0] for one in urgent.all_inner_texts()] == ["1", "40", "39"]
    assert "Rp672.000" in urgent.nth(1).inner_text()
    # Each figure leads to what it means.
    page.get_by_role("link", name="Klaim kematian tertahan").click()
    expect(page.locator("#arti-klaim")).to_be_visible()
    fits(page)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    # Every desa on demand, with the counts behind its share.
    page.get_by_role("link", name="Semua desa").click()
    page.wait_for_load_state()
    assert page.get_by_role("row", name="Pancor").inner_text().split()[-2:] == ["0,0", "%"]
