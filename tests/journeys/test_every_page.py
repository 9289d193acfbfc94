"""Every page of the site, opened by someone whose work it is, on a phone and at a desk.

Given one person of one desa with rows in every table, when each page is opened in a real browser, then
axe finds nothing, nothing hangs out of a phone's screen, the page is light, and it speaks Indonesian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.unit.desk.routes import Actor, Route, actors, address, examples, routes
from tests.unit.desk.things import Things

from jaring.officers.roles import ROLES

pytestmark = pytest.mark.journey

#: What a page may weigh with its own style and scripts left to the cache.
LIGHT = 100_000
#: Words that no Indonesian sentence of ours holds: a text that someone forgot to mark, or a package's.
_ENGLISH = re.compile(r"\b(the|and|your|please|this|with|required|invalid|enter|select|choose)\b", re.I)
#: Pages of packages that only carry a person on; each is tested where it is used.
_PASSING = {"account_inactive", "mfa_reauthenticate_webauthn", "mfa_login_webauthn", "mfa_authenticate"}


def _pages() -> list[Route]:
    found = [route for route in routes() if route.package in {"jaring", "allauth"}]
    return [route for route in found if route.name and route.name not in _PASSING]


def _opener(route: Route, everyone: list[Actor], here: Things) -> Actor | None:
    """The first whose work it is: of the roles that hold the right, one that reaches the place."""
    if route.right is None:
        return next(actor for actor in everyone if actor.officer and actor.scope.grants)
    may = [actor for actor in everyone if actor.officer and actor.scope.may(route.right)]
    may.sort(key=lambda actor: (not actor.reaches(here), list(ROLES).index(actor.scope.grants[0].role)))
    return may[0] if may else None


def _opened(page: Page, site: str, here: Things, everyone: list[Actor]) -> Iterator[tuple[str, str]]:
    """Each page that answers with HTML: its address and who opened it; the browser stands on it."""
    for route in _pages():
        if route.takes and examples(route)[0] is None:
            continue  # that a page of ours has its example is the walk's to say
        url = site + address(route, here)
        actor = _opener(route, everyone, here)
        if actor is None:
            continue
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "sesi", "value": actor.session, "url": site}])
        answer = page.request.get(url, max_redirects=0)
        if answer.status in {302, 405} or "html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(url)
        yield url.removeprefix(site), actor.label


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    yield context.new_page()
    context.close()


def test_every_page_is_sound(site: str, screen: Page) -> None:
    own = "52.03.01.2001"
    here = Things(own, "INAQ SENDIRI KANDANGAN")
    here.make()
    everyone, axe = actors(own, "52.03.01.2002"), Axe()
    faults: list[str] = []
    seen = 0
    for url, who in _opened(screen, site, here, everyone):
        seen += 1
        where = f"{url} ({who})"
        weight = len(screen.content().encode())
        if weight > LIGHT:
            faults.append(f"{where}: {weight} bytes")
        for width in (1280, 360):
            screen.set_viewport_size({"width": width, "height": 800})
            if screen.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults.append(f"{where}: wider than {width} px")
        if screen.locator("h1").count() != 1:
            faults.append(f"{where}: {screen.locator('h1').count()} headings of the first rank")
        lines = screen.inner_text("body").splitlines()
        faults += [f"{where}: not Indonesian: {line[:100]}" for line in lines if _ENGLISH.search(line)]
        found = axe.run(screen).response["violations"]
        faults += [f"{where}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found]
    assert seen > 20
    assert faults == []
