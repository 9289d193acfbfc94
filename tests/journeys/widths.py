"""Whether a page keeps within the screen it is seen on, asked only once its style has come."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

_WIDER = "document.documentElement.scrollWidth > window.innerWidth"
_BEYOND = """[...document.querySelectorAll("main *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest(".wide"))
    .map(e => e.outerHTML.slice(0, 120))"""


def fits(page: Page) -> None:
    """Nothing stands out beyond the screen; if something does, it is named."""
    # Before its style has come, a page is as wide as its tables.
    page.wait_for_load_state("load")
    if page.evaluate(_WIDER):
        pytest.fail(f"wider than the screen: {page.evaluate(_BEYOND)}")
