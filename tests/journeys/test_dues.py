"""Given desa that have not budgeted, when DPMD ticks them, then numbered letters go out at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits
from tests.unit.desk.test_dues import FIRST, SECOND, officials

pytestmark = pytest.mark.journey
Enter = Callable[..., Any]


def test_two_desa_are_reminded_at_once(site: str, page: Page, enter: Enter) -> None:
    officials()
    enter("dpmd")
    page.goto(site + "/")
    page.get_by_role("link", name="desa dapat disurati hari ini").click()
    fits(page)
    for code in (FIRST, SECOND):
        page.locator(f'input[name=desa][value="{code}"]').check()
    page.get_by_role("button", name="Periksa surat untuk desa yang ditandai").click()
    expect(page.get_by_role("heading", name="Terbitkan 2 surat teguran?")).to_be_visible()
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("2 surat teguran terbit dan dinomori.")).to_be_visible()
    with page.expect_download() as letter:
        page.get_by_role("link", name="Tanjung Luar").click()
    assert Path(letter.value.path()).read_bytes()[:5] == b"%PDF-"
    # The history of the desa has it, and the next letter has its day.
    page.goto(f"{site}/iuran-desa/{FIRST}/")
    expect(page.get_by_text("Teguran ke-2 boleh terbit sejak")).to_be_visible()
