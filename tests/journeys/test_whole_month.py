"""Given five people in a village's list, when each office does its part of April, then five are protected.

Every actor signs in for themselves, with password and telephone code; nothing is done but on the pages.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect
from tests.acting import FACTOR, WORD, ready_officer
from tests.unit.enrolment import offices
from tests.unit.rosters.samples import nik

from jaring.officers.passwords import needs_second_factor

pytestmark = [pytest.mark.journey, pytest.mark.works]

DESA, MONTH = "52.03.01.2001", "2026-04"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
KADER = 5
#: Milliseconds that a worker has to begin and end a small work on a busy machine.
_LONG = 30_000
#: JKK 0.24 % and JKM 0.30 % of the wage base that stands for cadres in the local settings, Rp2,000,000.
PRICE, JKM = 10_800, 6_000


class Person:
    """One officer in a browser of their own."""

    def __init__(self, browser: Browser, site: str, role: str, size: dict[str, int], **given: Any) -> None:
        self.officer = ready_officer(role, role, **given)
        self.site = site
        context = browser.new_context(viewport=size, locale="id-ID", accept_downloads=True)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        self.page: Page = context.new_page()
        self.page.goto(f"{site}/masuk/")
        self.page.locator("input[name=login]").fill(role)
        self.page.locator("input[name=password]").fill(WORD)
        self.page.get_by_role("button", name="Masuk").click()
        if needs_second_factor(self.officer):
            code = format_hotp_value(hotp_value(FACTOR, int(time.time()) // 30))
            self.page.locator("input[name=code]").fill(code)
            self.page.locator("main form:has(input[name=code]) button").first.click()
        self.page.get_by_role("heading", name=re.compile("Selamat bekerja")).wait_for()

    def opens(self, address: str) -> Page:
        self.page.goto(self.site + address)
        return self.page

    def presses(self, name: str | re.Pattern[str]) -> Page:
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        return self.page

    def waits_for_work(self) -> str:
        """Until the work that was started says that it ended; what it said."""
        for _ in range(120):
            text = self.page.locator("main").inner_text()
            if "Selesai" in text or "Gagal" in text:
                assert "Gagal" not in text, text
                return text
            time.sleep(0.5)
            self.page.reload()
        raise AssertionError(self.page.locator("main").inner_text())


@pytest.fixture
def people(browser: Browser, site: str) -> Iterator[dict[str, Person]]:
    made = {
        "operator_desa": Person(browser, site, "operator_desa", PHONE, territory=[DESA]),
        "disnakertrans": Person(browser, site, "disnakertrans", DESK),
        "penyetuju": Person(browser, site, "penyetuju", DESK),
        "bpjs": Person(browser, site, "bpjs", DESK),
        "bpkad": Person(browser, site, "bpkad", DESK),
        "pimpinan": Person(browser, site, "pimpinan", PHONE),
    }
    yield made
    for one in made.values():
        one.page.context.close()


def _list(path: Path) -> Path:
    """Five cadres of the village, and one whose NIK is cut short."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["No", "NIK", "Nama", "Tanggal Lahir", "Jenis Kelamin", "Jabatan"])
    for n in range(1, KADER + 1):
        number = nik(n, day=n, month=3, year=1985, woman=True)
        sheet.append([n, number, f"INAQ KADER {n}", f"0{n}-03-1985", "P", "Kader Posyandu"])
    sheet.append([KADER + 1, "52030112", "INAQ NOMOR PENDEK", "", "P", "Kader Posyandu"])
    book.save(path)
    return path


def _budget(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["SUMBER", "TAHUN", "PAGU", "BULAN MULAI", "BULAN SELESAI", "DOKUMEN", "KODE DESA"])
    sheet.append(["ADD", "2026", str(KADER * PRICE * 9), "4", "12", "APBDes 2026 Tanjung Luar", DESA])
    book.save(path)
    return path


def test_the_whole_month_by_its_actors(people: dict[str, Person], tmp_path: Path) -> None:
    village, maker, checker = people["operator_desa"], people["disnakertrans"], people["penyetuju"]
    insurer, treasury, leader = people["bpjs"], people["bpkad"], people["pimpinan"]

    # The village sends its list from a phone and reads why one row is held back.
    page = village.opens("/daftar/kirim/")
    page.locator("input[type=file]").set_input_files(_list(tmp_path / "kader.xlsx"))
    village.presses(re.compile("Kirim"))
    assert "Ditahan" in village.waits_for_work()
    page = village.opens("/desa/tertahan/")
    expect(page.locator("main")).to_contain_text("INAQ NOMOR PENDEK")

    # The labour office loads the budget, applies the law, proposes who is paid for.
    page = maker.opens("/usulan/anggaran/")
    page.locator("input[type=file]").set_input_files(_budget(tmp_path / "apbdes.xlsx"))
    page.locator("main form button").first.click()
    expect(page.get_by_text("1 dana dimuat.")).to_be_visible(timeout=_LONG)
    for stage in ("decide", "fund"):
        _stage(maker, stage)

    # A second person approves the money, the decree, the batch.
    _approves(checker)
    _stage(maker, "decree")
    _approves(checker)
    _stage(maker, "batch")
    _approves(checker)

    # The insurer fetches the file and gives its answer and its bill.
    page = insurer.opens("/bpjs/berkas/")
    with page.expect_download() as got:
        page.locator("main table button").first.click()
    sent = openpyxl.load_workbook(io.BytesIO(Path(got.value.path()).read_bytes()))
    head = dict(zip(*sent["kendali"].iter_rows(values_only=True), strict=True))
    lines = list(sent["peserta"].iter_rows(min_row=2, values_only=True))
    assert (len(lines), head["JUMLAH IURAN"]) == (KADER, str(KADER * PRICE))
    said = [(str(line[0]), "DITERIMA", None, None, MONTH) for line in lines]
    number = str(head["NOMOR BATCH"])
    answer = offices.answer(tmp_path / f"jawaban-{number}.xlsx", number, said)
    page = insurer.opens("/bpjs/jawaban/")
    page.locator("input[type=file]").set_input_files(answer)
    page.locator("main form button").first.click()
    expect(page.get_by_text(f"{KADER} baris diambil, 0 tidak cocok.")).to_be_visible(timeout=_LONG)
    bill = offices.bill(
        tmp_path / f"tagihan-{MONTH}.xlsx", [("T-1", str(head["WADAH"]), MONTH, KADER, PRICE)], jkm=JKM
    )
    page = insurer.opens("/bpjs/tagihan/")
    page.locator("input[type=file]").set_input_files(bill)
    page.locator("main form button").first.click()
    expect(page.get_by_text("1 tagihan diterima; 1 tagihan sekarang cocok")).to_be_visible(timeout=_LONG)

    # Billed and not paid: nobody is protected yet, and the treasury sees what the delay costs.
    assert re.search(rf"{KADER}\s+orang belum terlindungi", leader.opens("/pimpinan/").inner_text("main"))
    page = treasury.opens("/bayar/")
    assert f"Rp{KADER * PRICE:,}".replace(",", ".") in page.inner_text("main")
    paper = offices.sp2d(
        tmp_path / f"sp2d-{MONTH}.xlsx", [("000123/SP2D-LS/2026", "20-04-2026", "T-1", KADER * PRICE)]
    )
    page = treasury.opens("/bayar/sp2d/berkas/")
    page.locator("input[type=file]").set_input_files(paper)
    page.locator("main form button").first.click()
    paid = f"1 SP2D dibukukan, {KADER} bulan-orang terlindungi."
    expect(page.get_by_text(paid)).to_be_visible(timeout=_LONG)

    # Paid: five are protected, on the page of the Bupati and in the village.
    # The figures follow by themselves.
    for _ in range(40):
        text = leader.opens("/pimpinan/").inner_text("main")
        if re.search(rf"Terlindungi\s+{KADER}\b", text):
            break
        time.sleep(0.5)
    assert re.search(rf"Terlindungi\s+{KADER}\b", text), text
    assert re.search(rf"Terlindungi bulan ini\s+{KADER}\b", village.opens("/desa/").inner_text("main"))


def _stage(maker: Person, stage: str) -> None:
    page = maker.opens(f"/bulan/{MONTH}/")
    page.locator(f'button[name=stage][value="{stage}"]').click()
    maker.waits_for_work()


def _approves(checker: Person) -> None:
    """Open what waits, check it, approve it."""
    page = checker.opens("/persetujuan/")
    page.locator("main table a, main .todo a, main .doors a, main li a").first.click()
    page.locator('button[name="approve"]').click()
    page.wait_for_load_state()
    if "/pekerjaan/" in page.url:
        checker.waits_for_work()
    expect(page.locator(".told .error")).to_have_count(0)
    assert "isetujui" in page.inner_text("main") or "itandatangani" in page.inner_text("main")
