"""Given a fresh demo, when a newcomer walks through its month, then a payment protects a village.

The demo is made by the command that ``make demo`` runs, at the small size.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import free_port

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small demo, made and served by the one command that a newcomer types."""
    folder = tmp_path_factory.mktemp("peragaan")
    # A server of PostgreSQL refuses a home that only its owner may enter, when it runs as another user.
    for place in (folder, *list(folder.parents)[:2]):
        place.chmod(0o755)
    port = free_port()
    command = [str(Path(sys.executable).parent / "jaring"), "demo", "--size", "small", "--port", str(port)]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    told = folder / "layar"
    with told.open("w") as screen:
        made = subprocess.Popen(
            [*command, "--folder", str(folder)], env=plain, stdout=screen, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _until(lambda: made.poll() is not None or f"terbuka di {address}" in told.read_text(), 300)
        assert made.poll() is None, told.read_text()[-4000:]
        assert "setiap peran di atas terbuka dengan satu tekan" in told.read_text()
        _until(lambda: _answers(address), 20)
        yield address
    finally:
        made.terminate()
        made.wait(timeout=30)
    # Nothing is left running: neither the site nor its database.
    assert not _answers(address)
    _until(lambda: not (folder / "rumah" / "postgres" / "postmaster.pid").exists(), 20)


def _until(true: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never became so"
        time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address + "/", timeout=5).close()  # noqa: S310
    except OSError:
        return False
    return True


def _enter(page: Page, site: str, step: int) -> None:
    """Press the button of a step of the walk."""
    page.context.clear_cookies()
    page.goto(site + "/")
    expect(page).to_have_url(f"{site}/peragaan/")
    page.locator(".walk > li").nth(step).get_by_role("button").click()
    page.wait_for_load_state()


def _figure(page: Page, title: str) -> str:
    return page.locator(".figures li", has_text=title).first.locator("strong").inner_text()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def _number(text: str) -> int:
    """The first number in a figure, written with dots."""
    found = re.search(r"\d[\d.]*", text)
    assert found is not None, text
    return int(found.group().replace(".", ""))


def test_the_walk_through_april(demo: str, desk: Page) -> None:
    page, site = desk, demo
    # The Bupati sees one bill unpaid and whom it leaves unprotected.
    _enter(page, site, 0)
    before = _number(_figure(page, "Terlindungi"))
    owed = _figure(page, "Belum dibayar")
    unprotected = _number(page.locator(".figures li", has_text="Belum dibayar").locator("small").inner_text())
    assert unprotected > 50
    assert _number(owed) == unprotected * 16_800
    # The labour office takes over a village's report of a death: now a claim waits for that bill.
    _enter(page, site, 4)
    page.locator("a[href*='mutasi/laporan/']").first.click()
    page.get_by_role("button", name=re.compile("Terima")).click()
    _enter(page, site, 5)
    expect(page.locator("main")).to_contain_text("1 klaim kematian tertahan")
    # The treasury pays it.
    page.get_by_role("link", name=re.compile("Catat SP2D")).first.click()
    page.locator("main input[type=checkbox]").first.check()
    page.locator("input[name=number]").fill("000777/SP2D-LS/2026")
    page.locator("input[name=date]").fill("2026-04-30")
    page.locator("input[name=amount_idr]").fill(owed.removeprefix("Rp"))
    page.get_by_role("button", name=re.compile("Lanjut")).click()
    page.locator("button[value=bukukan]").click()
    # Back to the Bupati: they are protected, nothing is owed, no claim is held.
    for _ in range(60):
        _enter(page, site, 10)
        if _number(_figure(page, "Terlindungi")) != before:
            break
        time.sleep(0.5)
    assert _number(_figure(page, "Terlindungi")) == before + unprotected
    assert _figure(page, "Belum dibayar") == "Rp0"
    assert _figure(page, "Klaim kematian tertahan") == "0"
    # The village holds its people's cards, ready to be printed.
    _enter(page, site, 9)
    expect(page).to_have_url(re.compile(r"/cetak/52\.03\.01\.2001/$"))
    with page.expect_download() as taken:
        page.locator("form[action$='/kartu/'] button").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF-")
    # Every other step of the walk opens a page too.
    for step in (1, 2, 3, 6, 7, 8):
        _enter(page, site, step)
        expect(page.locator("h1")).to_have_count(1)
        assert "gangguan" not in page.inner_text("h1")
