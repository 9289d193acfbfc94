"""Given a late bill, when BPKAD records its SPP and SP2D, then people are protected and it is booked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits
from tests.unit.desk.invented import billed, died, enrolled
from tests.unit.enrolment.offices import APRIL, states

pytestmark = [pytest.mark.journey, pytest.mark.works]
Enter = Callable[..., Any]


def test_a_late_bill_is_asked_for_and_paid(site: str, page: Page, enter: Enter, tmp_path: Path) -> None:
    people = enrolled(tmp_path, 3)
    billed(tmp_path, 3)
    died(people[0])
    enter("bpkad")
    page.goto(site + "/")
    # Given: it waits on the first page, and the calendar says what the delay costs.
    page.get_by_role("link", name="lewat jatuh tempo").click()
    expect(page.get_by_text("1 klaim kematian tertahan (santunan Rp10.000.000)")).to_be_visible()
    fits(page)
    # When: a sum that is not theirs is refused, and the mend is said.
    page.get_by_role("link", name="Catat SPP").click()
    page.get_by_label("Nomor SPP").fill("12/SPP/2026")
    page.get_by_label("Nilai (rupiah)").fill("50.000")
    page.get_by_role("button", name="Lanjut: periksa").click()
    expect(page.get_by_text("jumlah tagihannya Rp50.400").first).to_be_visible()
    page.get_by_label("Nilai (rupiah)").fill("50.400")
    page.get_by_role("button", name="Lanjut: periksa").click()
    page.get_by_role("button", name="Catat SPP").click()
    expect(page.get_by_text("SPP 12/SPP/2026 dicatat.")).to_be_visible()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Lampiran SPP (PDF)").click()
    assert Path(paper.value.path()).read_bytes()[:5] == b"%PDF-"
    page.get_by_role("link", name="Catat SP2D-nya").click()
    page.get_by_label("Nomor SP2D").fill("77/SP2D/2026")
    page.get_by_role("button", name="Lanjut: periksa").click()
    expect(page.get_by_text("3 bulan-orang menjadi terlindungi")).to_be_visible()
    assert states(APRIL) == {"billed": 3}
    page.get_by_role("button", name="Bukukan SP2D").click()
    # Then: it is booked, and nothing waits any more.
    expect(page.get_by_text("SP2D 77/SP2D/2026 dibukukan: 3 bulan-orang terlindungi.")).to_be_visible()
    expect(page.get_by_text("Aset:Kas:DBHCHT-2026")).to_be_visible()
    assert states(APRIL) == {"paid": 3}
    page.goto(site + "/bayar/")
    expect(page.get_by_text("Tidak ada tagihan yang menunggu pembayaran.")).to_be_visible()
