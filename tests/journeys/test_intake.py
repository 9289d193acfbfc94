"""Journeys of intake: a village and an office send, mend, teach and type, with and without a line."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect
from tests.journeys.widths import fits

from jaring.enrolment.models import Report
from jaring.people.models import Person
from jaring.rosters.models import Mended, Roster, Row, Typed

pytestmark = [pytest.mark.journey, pytest.mark.works]
DESA = "52.03.01.2001"
#: A worker that starts beside seven other servers takes its time.
_LONG = 45_000


def _workbook(path: Path, heads: list[str], rows: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Daftar")
        for n, row in enumerate([heads, *rows]):
            sheet.write_row(n, 0, row)
    return path


def _sent(page: Page, site: str, file: Path, button: str) -> None:
    page.goto(f"{site}/daftar/kirim/")
    page.set_input_files("input[name=file]", str(file))
    fits(page)
    page.click(f"button[name={button}]")


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_village_sends_a_list_sees_a_held_row_and_mends_it(
    site: str, page: Page, enter: Callable[..., Any], tmp_path: Path
) -> None:
    """Given an operator with their workbook, when a row is held, then they mend it on the spot."""
    enter("operator_desa", territory=[DESA])
    heads = ["NO", "NIK", "NAMA", "TGL LAHIR", "JABATAN"]
    file = _workbook(
        tmp_path / "perangkat.xlsx",
        heads,
        [
            ["1", "5203011201800011", "Amaq Jayadi", "12-01-1980", "Kepala Dusun"],
            ["2", "52030112018", "Inaq Sari", "02-03-1985", "Kader Posyandu"],
        ],
    )
    _sent(page, site, file, "kirim")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("perangkat.xlsx"))
    page.get_by_role("button", name="Buka daftarnya").click(timeout=_LONG)
    expect(page.get_by_text("NIK kurang dari 16 angka.").first).to_be_visible()
    assert "5203011201800011" not in page.content()
    fits(page)
    page.get_by_role("link", name="Perbaiki Inaq Sari").click()
    expect(page.locator("main form input:visible")).to_have_count(1)
    page.fill("input[name=nik]", "5203014203850001")
    page.get_by_role("button", name="Simpan perbaikan").click()
    expect(page.get_by_text("Baris Inaq Sari sudah diterima.")).to_be_visible()
    assert Mended.objects.get().by_row.segment == "kader"
    page.goto(f"{site}/desa/")
    expect(page.get_by_text("Tidak ada yang menunggu Anda sekarang.")).to_be_visible()


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_an_office_screens_a_strange_file_teaches_its_header_and_sends(
    site: str, page: Page, enter: Callable[..., Any], tmp_path: Path
) -> None:
    """Given a header nobody knows, when the office says what it means, then the next look understands it."""
    enter("dinas", kinds=["petani"], office="pertanian")
    file = _workbook(
        tmp_path / "kelompok.xlsx",
        ["NO", "NIK", "NAMA PETANI", "KELAHIRANNYA", "DESA"],
        [["1", "5203010508800001", "Amaq Tani", "05-08-1980", "Tanjung Luar"]],
    )
    _sent(page, site, file, "periksa")
    page.get_by_role("button", name="Lihat hasil pemeriksaan").click(timeout=_LONG)
    expect(page.get_by_text("Belum ada yang disimpan.")).to_be_visible()
    fits(page)
    page.get_by_label("KELAHIRANNYA").select_option(label="Tanggal lahir")
    page.get_by_role("button", name="Ingat dan periksa lagi").click()
    page.get_by_role("button", name="Lihat hasil pemeriksaan").click(timeout=_LONG)
    expect(page.get_by_label("KELAHIRANNYA")).to_have_count(0)
    assert Row.objects.count() == 0
    page.get_by_role("button", name="Kirim daftar ini").click()
    page.get_by_role("button", name="Buka daftarnya").click(timeout=_LONG)
    fits(page)
    assert str(Row.objects.get().birth_date) == "1980-08-05"
    assert Roster.objects.get().office == "pertanian"


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_file_that_is_no_list_says_so_and_how_to_mend_it(
    site: str, page: Page, enter: Callable[..., Any], tmp_path: Path
) -> None:
    """Given a picture and a bomb named as workbooks, then each is named with what to do, nothing stored."""
    enter("operator_desa", territory=[DESA])
    picture = tmp_path / "daftar.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 300)
    hostile = tmp_path / "hostil.csv"
    hostile.write_bytes(b"NIK;NAMA\n" + b'"' + b"x" * 70_000)
    for file, said in ((picture, "gambar PNG"), (hostile, "panjangnya tidak wajar")):
        _sent(page, site, file, "kirim")
        expect(page.get_by_role("heading", name="Tidak selesai")).to_be_visible(timeout=_LONG)
        expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_text("Yang dapat dilakukan:")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(file.name))
        fits(page)
    assert Roster.objects.count() == 0


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_village_reports_a_death_with_a_photo_of_the_paper(
    site: str, page: Page, enter: Callable[..., Any], tmp_path: Path
) -> None:
    """Given somebody of the desa who died, when the operator reports them, then the office has it."""
    Person.objects.create(
        name="AMAQ ALMARHUM", desa_code=DESA, kecamatan_code=DESA[:8], first_seen=timezone.now()
    )
    enter("operator_desa", territory=[DESA])
    paper = tmp_path / "surat.jpg"
    Image.new("RGB", (900, 1200), "white").save(paper)
    page.goto(f"{site}/desa/warga/")
    page.get_by_label("Nama").fill("almarhum")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Laporkan AMAQ ALMARHUM").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", name="Ada yang perlu diperbaiki")).to_be_visible()
    page.get_by_label("Meninggal dunia").check()
    page.get_by_label("Tanggal kejadian").fill("01-04-2026")
    page.get_by_label("Foto surat").set_input_files(str(paper))
    fits(page)
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("menunggu Disnakertrans")).to_be_visible()
    assert Report.objects.get().photo
    page.goto(f"{site}/desa/laporan/")
    expect(page.get_by_role("link", name="AMAQ ALMARHUM")).to_be_visible()
    fits(page)


def _type(page: Page, name: str, nik: str) -> None:
    page.fill("input[name=name]", name)
    page.fill("input[name=nik]", nik)
    page.get_by_role("button", name="Simpan baris").click()


def _waiting(page: Page) -> int:
    return int(
        page.evaluate(
            """() => new Promise((resolve) => {
                 const asked = indexedDB.open("jaring-isian", 1);
                 asked.onsuccess = () => {
                   const count = asked.result.transaction("rows").objectStore("rows").count();
                   count.onsuccess = () => { asked.result.close(); resolve(count.result); };
                 };
               })"""
        )
    )


def _until(page: Page, true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never became so"
        # Not a sleep of ours: the guard before each request is answered in this thread.
        page.wait_for_timeout(100)


def test_rows_typed_without_a_line_are_sent_exactly_once_when_it_is_back(
    site: str, page: Page, enter: Callable[..., Any]
) -> None:
    """Given the form opened once, when the line is gone, then rows wait here and go once, and are purged."""
    enter("operator_desa", territory=[DESA])
    page.goto(f"{site}/desa/isian/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto(f"{site}/desa/isian/")
    expect(page.get_by_text("Tidak ada sambungan.").first).to_be_visible()
    fits(page)
    assert "Operator" not in page.content()
    _type(page, "Amaq Jayadi", "5203011201800011")
    expect(page.locator("#isian-antre li")).to_have_count(1)
    _type(page, "Baiq Rohani", "123")
    expect(page.get_by_text("NIK harus 16 angka.")).to_be_visible()
    _type(page, "Baiq Rohani", "5203015512850001")
    expect(page.locator("#isian-antre li")).to_have_count(2)
    assert Row.objects.count() == 0
    page.reload()
    expect(page.locator("#isian-antre li")).to_have_count(2)
    page.context.set_offline(False)
    _until(page, lambda: Typed.objects.count() == 2)
    expect(page.locator("#isian-antre")).to_be_hidden()
    assert _waiting(page) == 0
    page.reload()
    page.wait_for_timeout(500)
    assert Row.objects.count() == Typed.objects.count() == 2


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_row_typed_while_another_is_being_sent_does_not_wait_for_the_clock(
    site: str, page: Page, enter: Callable[..., Any]
) -> None:
    """Given a slow line, when a row is typed before the one before is gone, then both go in turn."""
    enter("operator_desa", territory=[DESA])
    page.goto(f"{site}/desa/isian/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    slow: list[Any] = []
    page.route("**/desa/isian/kirim/", lambda route: route.continue_() if slow else slow.append(route))
    _type(page, "Amaq Jayadi", "5203011201800011")
    _until(page, lambda: len(slow) == 1)
    _type(page, "Baiq Rohani", "5203015512850001")
    _until(page, lambda: _waiting(page) == 2)
    slow[0].continue_()
    _until(page, lambda: Typed.objects.count() == 2, 15)
    assert Row.objects.count() == 2


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_an_answer_that_is_lost_on_the_way_stores_nothing_twice(
    site: str, page: Page, enter: Callable[..., Any]
) -> None:
    """Given a line that breaks after the server has stored, when rows are sent again, they are there once."""
    enter("operator_desa", territory=[DESA])
    page.goto(f"{site}/desa/isian/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def lost(route: Any) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/desa/isian/kirim/", lost)
    _type(page, "Amaq Jayadi", "5203011201800011")
    expect(page.get_by_text("Tidak ada sambungan;")).to_be_visible()
    assert Row.objects.count() == 1
    assert _waiting(page) == 1
    page.unroute("**/desa/isian/kirim/")
    page.get_by_role("button", name="Kirim sekarang").click()
    _until(page, lambda: _waiting(page) == 0)
    assert Row.objects.count() == Roster.objects.count() == 1


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_an_ended_session_keeps_the_rows_and_signing_out_clears_them(
    site: str, page: Page, enter: Callable[..., Any]
) -> None:
    """Given rows that wait, when the session is over they stay, and when the operator signs out they go."""
    enter("operator_desa", territory=[DESA])
    page.goto(f"{site}/desa/isian/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    _type(page, "Amaq Jayadi", "5203011201800011")
    expect(page.get_by_role("link", name="Masuk lagi untuk mengirim")).to_be_visible()
    assert _waiting(page) == 1
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.route("**/desa/isian/kirim/", lambda route: route.abort())
    page.reload()
    expect(page.locator("#isian-antre li")).to_have_count(1)
    # Signing out asks first, from whatever page; sending first leads back to the rows.
    page.goto(f"{site}/desa/warga/")
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect(page.get_by_text("1 baris yang Anda ketik belum terkirim")).to_be_visible()
    fits(page)
    assert _waiting(page) == 1
    page.get_by_role("link", name="Kirim dulu").click()
    expect(page.locator("#isian-antre li")).to_have_count(1)
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.get_by_role("button", name="Keluar dan hapus").click()
    page.wait_for_url("**/masuk/**")
    _until(page, lambda: page.evaluate("indexedDB.databases().then((all) => all.length)") == 0)
    assert page.evaluate("caches.keys().then((all) => all.length)") == 0
    assert Row.objects.count() == 0


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_who_has_nothing_waiting_signs_out_at_one_press(
    site: str, page: Page, enter: Callable[..., Any]
) -> None:
    """Given rows that were sent first, when the operator signs out, then nothing is asked."""
    enter("operator_desa", territory=[DESA])
    page.goto(f"{site}/desa/")
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.wait_for_url("**/masuk/**")
    enter("operator_desa", territory=[DESA])
    page.route("**/desa/isian/kirim/", lambda route: route.abort())
    page.goto(f"{site}/desa/isian/")
    _type(page, "Amaq Jayadi", "5203011201800011")
    expect(page.locator("#isian-antre li")).to_have_count(1)
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.unroute("**/desa/isian/kirim/")
    page.get_by_role("link", name="Kirim dulu").click()
    _until(page, lambda: _waiting(page) == 0)
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.wait_for_url("**/masuk/**")
    assert Row.objects.get().name == "Amaq Jayadi"


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_the_form_is_sent_as_any_other_without_script(
    site: str, page: Page, enter: Callable[..., Any]
) -> None:
    """Given a browser without script, when a row is typed, then it is stored."""
    enter("operator_desa", territory=[DESA])
    browser = page.context.browser
    assert browser is not None
    bare = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    bare.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = bare.new_page()
    plain.goto(f"{site}/desa/isian/")
    _type(plain, "Amaq Jayadi", "5203011201800011")
    expect(plain.get_by_text("Baris Amaq Jayadi tersimpan.")).to_be_visible()
    assert Row.objects.get().name == "Amaq Jayadi"
    bare.close()
