"""Given a new operator, when the admin makes the account and its role, then they sign in to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits

pytestmark = pytest.mark.journey
Enter = Callable[..., Any]


def test_an_account_is_made_given_a_desa_and_used(site: str, page: Page, enter: Enter) -> None:
    enter("admin_akun")
    page.goto(site + "/akun/petugas/")
    page.get_by_role("link", name="Buat akun").click()
    page.get_by_label("Nama akun").fill("operator.pijot")
    page.get_by_label("Nama orangnya").fill("Lalu Pijot")
    page.get_by_label("Kantor").fill("Kantor Desa Pijot")
    page.get_by_role("button", name="Buat akun").click()
    password = page.locator(".secret code").inner_text()
    page.get_by_role("link", name="Lanjut: beri peran").click()
    page.get_by_role("link", name="Operator desa atau kelurahan").click()
    page.locator("summary", has_text="Keruak").click()
    page.get_by_label("Pijot", exact=True).check()
    fits(page)
    page.get_by_role("button", name="Beri peran").click()
    expect(page.get_by_text("Lalu Pijot menjadi Operator desa atau kelurahan sampai")).to_be_visible()
    # The password opens nothing but the page that replaces it.
    page.context.clear_cookies()
    page.goto(site + "/masuk/")
    page.locator("input[name=login]").fill("operator.pijot")
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit], main form button").first.click()
    page.wait_for_url("**/kata-sandi/")
    page.goto(site + "/cakupan/")
    assert "/cakupan/" not in page.url
