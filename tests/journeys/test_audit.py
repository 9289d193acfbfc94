"""Given a counted month, when BPK follows a figure, then it reaches names, papers, the chain and the law."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits
from tests.unit.decide.test_decisions import workers
from tests.unit.desk.invented import billed, counted, enrolled, paid
from tests.unit.enrolment.offices import APRIL

from jaring.decide.actions import store
from jaring.decide.rules import decide

pytestmark = [pytest.mark.journey, pytest.mark.works]
Enter = Callable[..., Any]


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_a_figure_is_followed_to_its_rows_and_evidence(
    site: str, page: Page, enter: Enter, tmp_path: Path
) -> None:
    enrolled(tmp_path, 55)
    billed(tmp_path, 55)
    paid(55)
    counted()
    store(APRIL, decide(workers()), by="disnaker")
    enter("pengawas")
    page.goto(site + "/pemeriksaan/")
    page.get_by_role("link", name="Kabupaten Lombok Timur").click()
    expect(page.get_by_text("55: orang dengan iuran April 2026 sudah dibayar")).to_be_visible()
    expect(page.get_by_text("sama dengan angkanya")).to_be_visible()
    expect(page.get_by_text("AMAQ UJI")).to_have_count(50)
    page.get_by_role("link", name="Berikutnya").click()
    expect(page.get_by_text("AMAQ UJI")).to_have_count(5)
    assert not re.search(r"\b\d{16}\b", page.content())
    with page.expect_download() as rows:
        page.get_by_role("button", name="Unduh CSV").click()
    assert len(Path(rows.value.path()).read_text().splitlines()) == 56
    # The download is in the journal, whose chain holds.
    page.goto(site + "/pemeriksaan/jurnal/")
    expect(page.get_by_text("baris di balik angka diunduh").last).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Periksa rantainya").click()
    page.get_by_role("button", name="Periksa rantai sekarang").click()
    expect(page.get_by_text("rantainya utuh dari yang pertama sampai yang terakhir")).to_be_visible()
    # The month decided again comes out the same.
    page.goto(site + "/pemeriksaan/hitung-ulang/")
    page.get_by_role("button", name="Hitung ulang dan bandingkan").click()
    expect(page.get_by_text("Semua 3 keputusan April 2026 keluar sama")).to_be_visible()
    page.goto(site + "/buku-besar/")
    expect(page.get_by_text(re.compile("Debit sama dengan kredit"))).to_be_visible()
