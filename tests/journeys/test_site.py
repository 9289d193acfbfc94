"""Given a site with or without a counted month, when it is opened on a phone or a desk, then it reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits

from jaring.coverage.models import Figure
from jaring.cycle.models import Step

pytestmark = pytest.mark.journey

Enter = Callable[..., Any]
APRIL = dt.date(2026, 4, 1)


def _counted() -> None:
    """A regency figure and two of desa, as the coverage stage leaves them."""
    Step.objects.create(
        month=APRIL,
        name="cover",
        order=12,
        done=True,
        counts={"terlindungi": 17172},
        seconds=1.0,
        finished_at=timezone.now(),
        by="uji",
    )
    for dimension, code, label, numerator, denominator in (
        ("regency", "semua", "Kabupaten Lombok Timur", 17172, 504000),
        ("desa", "52.03.01.2001", "Tanjung Luar", 120, 400),
        ("desa", "52.03.01.2002", "Pijot", 0, None),
    ):
        Figure.objects.create(
            measure="protected",
            month=APRIL,
            dimension=dimension,
            code=code,
            label=label,
            numerator=numerator,
            numerator_definition="orang dengan iuran April 2026 sudah dibayar",
            denominator=denominator,
            denominator_definition="angkatan kerja" if denominator else "",
            as_of=dt.date(2026, 4, 30),
            source="uji",
            counted_at=timezone.now(),
        )


def test_a_site_without_a_month_says_how_to_begin(site: str, page: Page, enter: Enter) -> None:
    enter("pimpinan")
    answer = page.goto(site + "/ikhtisar/")
    assert answer is not None
    assert answer.status == 200
    expect(page.get_by_role("heading", name="Belum ada bulan yang dikerjakan")).to_be_visible()


def test_the_month_on_one_page_reads_at_every_width(site: str, page: Page, enter: Enter) -> None:
    _counted()
    enter("pimpinan")
    answer = page.goto(site + "/ikhtisar/")
    assert answer is not None
    assert len(answer.body()) < 100_000
    expect(page.get_by_text("17.172", exact=True).first).to_be_visible()
    # Of workers, with its own definition beside it; never a bare percentage.
    assert page.get_by_role("row", name="angkatan kerja").first.inner_text().endswith("3,4 %")
    # The tile of a desa names itself and its counts; a desa with nobody on record says so.
    tiles = page.locator("svg.tiles title").all_text_contents()
    assert "Tanjung Luar: 120 dari 400 orang (30,0 %)" in tiles
    assert "Pijot: belum ada yang tercatat" in tiles
    # Nothing stands out beyond the width of the screen.
    fits(page)


def test_no_figure_is_open_to_a_visitor(site: str, page: Page) -> None:
    for address in ("/ikhtisar/", "/cakupan/", "/cakupan/desa/", "/dana/", "/tahap/"):
        page.goto(site + address)
        expect(page).to_have_url(f"{site}/masuk/?next={address}")


def test_a_dimension_that_is_none_is_not_found(site: str, page: Page, enter: Enter) -> None:
    enter("pimpinan")
    answer = page.goto(site + "/cakupan/nik/")
    assert answer is not None
    assert answer.status == 404
