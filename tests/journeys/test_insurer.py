"""Given approved names, when the branch fetches and answers, then the month is enrolled and billed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits
from tests.unit.desk.invented import worked_on
from tests.unit.enrolment.offices import APRIL, FULL, answer, bill, decreed, delivered, sent, states

pytestmark = [pytest.mark.journey, pytest.mark.works]
Enter = Callable[..., Any]
#: Milliseconds that a worker has to begin and end a small work on a busy machine.
_LONG = 30_000


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_the_branch_fetches_answers_and_bills(site: str, page: Page, enter: Enter, tmp_path: Path) -> None:
    (tmp_path / "masuk").mkdir()
    decreed(tmp_path, 3, months=2)
    worked_on()
    delivered(APRIL, tmp_path / "keluar")
    enter("bpjs")
    page.goto(site + "/")
    page.get_by_role("link", name="berkas kirim belum diambil").click()
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Ambil 2026-04").click()
    (tmp_path / "cabang").mkdir()
    kept = tmp_path / "cabang" / fetched.value.suggested_filename
    fetched.value.save_as(kept)
    lines = sent(tmp_path / "cabang")
    assert lines.height == 3
    # The branch answers two lines; one is refused with a code that is agreed.
    one, two, _ = lines["REFERENSI"]
    said = [(one, "DITERIMA", None, None, "2026-04"), (two, "DITOLAK", "SUDAH-PU", None, None)]
    path = answer(tmp_path / "jawaban-april.xlsx", lines["batch"][0], said)
    page.goto(site + "/bpjs/jawaban/")
    page.get_by_label("Berkas", exact=True).set_input_files(path)
    page.get_by_role("button", name="Kirim jawaban").click()
    # Through the page of its work, which goes on by itself.
    expect(page.get_by_text("2 baris diambil, 0 tidak cocok.")).to_be_visible(timeout=_LONG)
    expect(page.get_by_role("heading", level=1)).to_have_text("jawaban-april.xlsx")
    # Back leads to that page once more, and it does not lead away again.
    page.go_back()
    page.wait_for_timeout(1500)
    expect(page.get_by_role("button", name="Buka jawabannya")).to_be_visible()
    page.get_by_role("button", name="Buka jawabannya").click()
    expect(page.get_by_text("Sudah peserta penerima upah lewat pemberi kerja.")).to_be_visible()
    fits(page)
    # Then its bill is held against the list to the rupiah.
    page.goto(site + "/bpjs/tagihan/")
    tagihan = bill(tmp_path / "tagihan.xlsx", [("T-1", "SG-DBHCHT", "2026-04", 1, FULL)])
    page.get_by_label("Berkas", exact=True).set_input_files(tagihan)
    page.get_by_role("button", name="Kirim tagihan").click()
    expect(page.get_by_text("1 tagihan diterima; 1 tagihan sekarang cocok dengan daftar.")).to_be_visible(
        timeout=_LONG
    )
    assert states(APRIL) == {"billed": 1, "rejected": 1, "decreed": 1}


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_without_script_the_page_of_a_work_draws_itself_anew_and_leads_to_its_result(
    site: str, page: Page, enter: Enter, tmp_path: Path
) -> None:
    """Given a browser without script, when a refused and a good file are sent, then each ends on its page."""
    (tmp_path / "masuk").mkdir()
    decreed(tmp_path, 2, months=2)
    worked_on()
    lines = delivered(APRIL, tmp_path / "keluar")
    enter("bpjs")
    browser = page.context.browser
    assert browser is not None
    bare = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    bare.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = bare.new_page()
    broken = tmp_path / "jawaban-rusak.xlsx"
    broken.write_bytes(b"rusak")
    good = answer(
        tmp_path / "jawaban.xlsx",
        lines["batch"][0],
        [(lines["REFERENSI"][0], "DITERIMA", None, None, "2026-04")],
    )
    for path, said in ((broken, "Yang dapat dilakukan:"), (good, "1 baris diambil, 0 tidak cocok.")):
        plain.goto(site + "/bpjs/jawaban/")
        plain.get_by_label("Berkas", exact=True).set_input_files(path)
        plain.get_by_role("button", name="Kirim jawaban").click()
        expect(plain.get_by_text(said)).to_be_visible(timeout=_LONG)
    plain.get_by_role("button", name="Buka jawabannya").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("jawaban.xlsx")
    bare.close()
