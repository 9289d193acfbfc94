"""A real browser on a really served site. Without a Chromium the journeys are skipped; in CI they fail."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.acting import ready_officer, ready_session
from tests.databases import fresh_database

# Playwright keeps an event loop in this thread; Django would take every query of the tests for async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        message = "no Chromium on this machine: the browser journeys did not run"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(params=["phone", "desktop"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page at 360 or 1280 pixels that refuses to leave this machine and fails on a script error.

    Long journeys go on the screen of who does the work; that pages fit both is asked by ``test_every_page``.
    """
    size = {"width": 360, "height": 740} if request.param == "phone" else {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, locale="id-ID")  # type: ignore[arg-type]
    outside: list[str] = []

    def guard(route: object) -> None:
        url = route.request.url  # type: ignore[attr-defined]
        if url.startswith(("http://127.0.0.1", "data:")):
            route.continue_()  # type: ignore[attr-defined]
        else:
            outside.append(url)
            route.abort()  # type: ignore[attr-defined]

    context.route("**/*", guard)
    opened = context.new_page()
    yield opened
    context.close()
    assert outside == [], "a page asked for something from outside"


#: The database of every journey: each finds it fresh, the one site that serves them all knows it by name.
_SHARED = "journeys"


@pytest.fixture(scope="session")
def shared_site(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """One site for all journeys: it starts once, its database is made anew each time."""
    with django_db_blocker.unblock(), fresh_database(_SHARED) as database:  # type: ignore[attr-defined]
        served = Served(database, worker=False)
        address = served.__enter__()
    yield address
    served.__exit__()


@pytest.fixture
def own_database(shared_site: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """As for every other test, under the name that the site knows."""
    with django_db_blocker.unblock(), fresh_database(_SHARED) as database:  # type: ignore[attr-defined]
        yield database


@pytest.fixture
def site(shared_site: str, own_database: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the site served from the test's own database; long work is done where the test is
    marked ``works``."""
    if request.node.get_closest_marker("works") is None:
        yield shared_site
        return
    worker = subprocess.Popen([str(_BIN / "jaring"), "work"], env=_environment(own_database))
    yield shared_site
    worker.terminate()
    worker.wait(timeout=10)


@pytest.fixture
def enter(again: Callable[[Any], None]) -> Callable[..., Any]:
    """``enter("bpkad")``: a new officer of that role, already signed in to ``site`` in ``page``."""
    made = iter(range(1, 1000))

    def act(role: str, territory: Iterable[str] = (), kinds: Iterable[str] = (), **given: Any) -> Any:
        officer = ready_officer(f"{role}.{next(made)}", role, territory, kinds, **given)
        again(officer)
        return officer

    return act


@pytest.fixture
def again(site: str, page: Page) -> Callable[[Any], None]:
    """``again(officer)``: this officer sits down before ``page``, and nobody else is signed in."""

    def act(officer: Any) -> None:
        cookie = {"name": "sesi", "value": ready_session(officer), "url": site}
        page.context.clear_cookies()
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    return act


_BIN = Path(sys.executable).parent


def _environment(database: str) -> dict[str, str]:
    """Of a command that works on this database."""
    owner = database.replace("jaring_app@", "jaring_owner@")
    return {**os.environ, "DATABASE_URL": database, "DATABASE_OWNER_URL": owner}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """``jaring serve`` as a process of its own, until the block ends."""

    def __init__(self, database: str, *, worker: bool = True) -> None:
        self.options = [] if worker else ["--no-worker"]
        self.port = free_port()
        self.environment = _environment(database)

    def __enter__(self) -> str:
        command = [str(_BIN / "jaring"), "serve", "--port", str(self.port)]
        command += self.options
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{self.port}"
        for _ in range(200):
            try:
                urllib.request.urlopen(address + "/", timeout=5).close()  # noqa: S310
                return address
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError("the site did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)
