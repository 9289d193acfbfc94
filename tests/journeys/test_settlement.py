"""A bill that differs, from the insurer's own rows to the day both sides have signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits
from tests.unit.desk.invented import enrolled
from tests.unit.enrolment.offices import FULL
from tests.unit.enrolment.test_settlements import named

from jaring.enrolment.models import Settlement

pytestmark = pytest.mark.journey

Enter = Callable[..., Any]
WHY = "dicocokkan bersama cabang Selong"


def test_a_bill_that_differs_is_settled_by_both_sides(
    site: str, page: Page, enter: Enter, again: Callable[[Any], None], tmp_path: Path
) -> None:
    """Given one of ours unbilled and a stranger billed, when two agree and both sign, two are paid."""
    enrolled(tmp_path, 3)
    bill = named(tmp_path, [(2, FULL), (3, FULL), (901, FULL)])
    maker = enter("disnakertrans")
    page.goto(f"{site}/tagihan/2026-04/")
    page.get_by_role("link", name=bill.number).click()
    expect(page.locator("main")).to_contain_text("tidak dikenal di register kita")
    fits(page)
    page.get_by_role("link", name="Usulkan penyelesaian").click()
    expect(page.locator("main")).to_contain_text("Kembali ke dana")
    fits(page)
    page.get_by_label("Bayar menurut kesepakatan").check()
    page.get_by_role("button", name="Usulkan").click()
    expect(page.get_by_role("alert")).to_contain_text("Alasan")
    page.get_by_label("Alasan").fill(WHY)
    page.get_by_role("button", name="Usulkan").click()
    expect(page.locator("main")).to_contain_text(WHY)
    assert Settlement.objects.get().state == "draft"

    enter("penyetuju")
    page.goto(f"{site}/persetujuan/")
    page.get_by_role("link", name="Penyelesaian tagihan").click()
    fits(page)
    page.get_by_role("button", name="Setujui 2 orang, Rp33.600").click()
    expect(page.get_by_role("status")).to_be_visible()

    again(maker)
    page.goto(f"{site}/tagihan/penyelesaian/{Settlement.objects.get().pk}/")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Berita acara (PDF)").click()
    assert downloaded.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_label("Tanggal").fill(f"{timezone.localdate():%d-%m-%Y}")
    page.get_by_role("button", name="Catat tanda tangan").click()
    expect(page.get_by_role("status")).to_be_visible()
    fits(page)

    enter("bpkad")
    page.goto(f"{site}/bayar/2026-04/DBHCHT/sp2d/")
    expect(page.locator("main")).to_contain_text("Rp33.600")
