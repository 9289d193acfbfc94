"""Pictures of every page of a served demo, by every role, on a phone and at a desk.

``python -m tests.journeys.screenshots http://127.0.0.1:8000 FOLDER``: enters as each of the demo's
officers, opens each line of their menu and, from each, the first link of every kind inside it.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

_SIZES = {"telepon": (360, 740), "meja": (1280, 900)}
_OFFICERS = "input[name=username]"
#: Numbers, codes and dates of one thing: the same kind of page with another is not opened again.
_THING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d[\d.\-]*|(?<=/)[A-Z0-9-]{6,}(?=/)")


def main(base: str, folder: Path) -> None:
    found = next(path for name in ("chromium", "google-chrome") if (path := shutil.which(name)))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for size, (width, height) in _SIZES.items():
            screen = {"width": width, "height": height}
            page = browser.new_context(viewport=screen, locale="id-ID").new_page()  # type: ignore[arg-type]
            page.goto(f"{base}/peragaan/")
            names = {str(one.get_attribute("value")) for one in page.locator(_OFFICERS).all()}
            for name in sorted(names):
                _walk(page, base, name, folder / size / name)
        browser.close()


def _walk(page: Page, base: str, officer: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    page.context.clear_cookies()
    page.goto(f"{base}/peragaan/")
    page.locator(f'{_OFFICERS}[value="{officer}"]').last.locator("xpath=..").locator("button").click()
    taken: set[str] = set()
    _take(page, folder, taken)
    menu = _links(page, base, "nav.menu a")
    for address in menu:
        _open(page, base + address, folder, taken)
        for inner in _links(page, base, "main a"):
            if inner not in menu:
                _open(page, base + inner, folder, taken)
    print(f"{officer}: {len(taken)}")  # noqa: T201


def _links(page: Page, base: str, where: str) -> list[str]:
    found = [str(one.get_attribute("href")) for one in page.locator(where).all()]
    own = [urlsplit(page.evaluate("(a) => new URL(a, location.href).href", href)) for href in found]
    return list(dict.fromkeys(one.path for one in own if f"{one.scheme}://{one.netloc}" == base))


def _open(page: Page, url: str, folder: Path, taken: set[str]) -> None:
    if _THING.sub("x", urlsplit(url).path) in taken:
        return
    answer = page.request.get(url)
    if "html" in answer.headers.get("content-type", ""):
        page.goto(url)
        _take(page, folder, taken)


def _take(page: Page, folder: Path, taken: set[str]) -> None:
    kind = _THING.sub("x", urlsplit(page.url).path)
    if kind not in taken:
        taken.add(kind)
        name = kind.strip("/").replace("/", "-") or "beranda"
        page.screenshot(path=folder / f"{name}.png", full_page=True)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
