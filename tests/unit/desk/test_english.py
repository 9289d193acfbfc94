"""English is complete: no page keeps an Indonesian sentence, and nothing that leaves a page is English.

The rooms below the desk speak Indonesian alone; ``desk.saying`` says their texts when a page is drawn. So
a workbook, a paper or a record cannot take the language of whoever happened to press the button.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override
from tests.tidy import below, catalogue
from tests.unit.desk.routes import Actor, Route, address, examples, routes, said
from tests.unit.desk.things import Things
from tests.unit.desk.walking import METHODS, World

from jaring.desk import saying
from jaring.desk.frame import PDF, XLSX
from jaring.facts.month import Month

#: Words without which few Indonesian sentences do, and no English one has.
_WORDS = (
    "dan|yang|tidak|belum|untuk|dari|dengan|sudah|atau|orang|bulan|menunggu|oleh|pada|karena|menurut|daftar"
    "|baris|dana|iuran|tagihan|disetujui|ditolak|terlindungi|didanai|diusulkan|layak|aktif|seluruh|sampai"
    "|sejak|tanpa|berkas|peserta|laporan|lihat|semua|umur|usia|tahun|hari|masuk|keadaan|jumlah|bukan|ini|itu"
    "|ke|di|akan|lagi|saja|kantor|petugas|pembayar|kunci|nomor|simpan|kirim|antre|sama|beda|berbeda|jenis"
    "|kepala|penerima|pekerja|selesai|nanti|cabang|surat|alasan|sumber|pilih|tulis|periksa|muat|ulang|mei"
    "|agustus|januari|februari|maret|juni|juli|oktober|desember"
)
_FIGURES = r"\d{1,3}(\.\d{3})+\b(?![./-])|\d,\d ?%"
_INDONESIAN = re.compile(rf"\b({_WORDS})\b|{_FIGURES}", re.IGNORECASE)
#: What stays as it was written, and why. Everything here is data or evidence, none of it is ours to say.
STAYS = {
    "the law's own words: an article is cited as its regulation writes it": (
        r"(PP|UU|Permenaker|Permendagri|Perpres|PMK|Inpres|Perbup)\b[^·\n]*",
        r"tidak ditemukan[^·\n]*",
    ),
    "the journal's record of an act, kept as it was written": (r'data-th="(Contents|About)">.*?</td>',),
    "names that people and offices have": (
        r"Dinas \w+( \w+)*( dan \w+)+",
        r"BPJS Ketenagakerjaan Cabang [^<\n]*",
        r"Kembang Are Sampai|Dana Desa",
        r"desa\.[\w-]+|[\w.]*\.(own|sibling)-desa",
        r"\b(kepala|petugas)-\w+",
    ),
    "headings, words and examples of files, which are matched as they are": (
        r"\b[A-Z][A-Z ]{3,}\b",
        r"\b(tagihan|jawaban|mutasi|kendali) \(",
        r"Kepala Dusun|Kader Posyandu|Petani Tembakau|Tidak Aktif|Hidup, Meninggal, Pindah, Aktif",
    ),
    "accounts of the ledger, by their codes": (r"\b(Anggaran|Aset|Beban|Kewajiban):[\w:-]+",),
    "what people typed: file names, reasons, evidence (of the test's own world)": (
        r"daftar [A-Z ]*\.xlsx",
        r"menunggu kabar desa|dana penuh|dicocokkan bersama cabang|mencocokkan daftar dengan cabang",
        r"surat pindah|Surat kematian|Surat(?=\s*<)",
    ),
}
_STAYS = re.compile("|".join(one for many in STAYS.values() for one in many))
_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1>", re.DOTALL)
_ATTRIBUTES = re.compile(r'(?:data-th|aria-label|title|placeholder|alt)="([^"]*)"')
PAGES = [r for r in routes() if r.package == "jaring" and not r.name.startswith("api:")]


@dataclass(frozen=True)
class _Answer:
    kind: str
    file: str
    said: tuple[int, str, bytes]


def _ask(actor: Actor, url: str, language: str, method: str = "GET") -> _Answer:
    """An answer in a language; what it changed is taken back."""
    client = Client()
    client.cookies["bahasa"] = language
    if actor.session:
        client.cookies["sesi"] = actor.session
    with transaction.atomic():
        answer = client.generic(method, url, b"", content_type="application/x-www-form-urlencoded")
        headers = answer.headers
        told = _Answer(headers.get("Content-Type", ""), headers.get("Content-Disposition", ""), said(answer))
        transaction.set_rollback(True)
    return told


def _openers(route: Route, world: World) -> Iterator[Actor]:
    """One of each role that holds the right, who reaches the place where anyone does."""
    if not route.right:
        yield world.actors[0]
        return
    roles: set[str] = set()
    able = [actor for actor in world.actors if actor.officer and actor.scope.may(route.right)]
    for actor in sorted(able, key=lambda one: not one.reaches(world.own)):
        role = actor.scope.grants[0].role
        if role not in roles:
            roles.add(role)
            yield actor


def _lines(page: str, here: Things) -> Iterator[str]:
    """What a reader sees or hears of a page, without what stays as it is."""
    page = _UNSEEN.sub(" ", page).replace(here.mark, "")
    page = _STAYS.sub("", html.unescape(page))
    yield from _ATTRIBUTES.findall(page)
    yield from (" ".join(line.split()) for line in re.sub(r"<[^>]+>", "\n", page).split("\n"))


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_an_english_page_keeps_no_indonesian(route: Route, undone: World) -> None:
    if route.takes and examples(route)[0] is None:
        pytest.skip("nothing says how to fill the address in")
    left: dict[str, str] = {}
    url = address(route, undone.own)
    for actor in _openers(route, undone):
        answer = _ask(actor, url, "en")
        if "html" not in answer.kind:
            continue
        page = answer.said[2].decode()
        left |= {line: actor.label for line in _lines(page, undone.own) if _INDONESIAN.search(line)}
    assert left == {}


def _files(route: Route, world: World) -> Iterator[tuple[_Answer, _Answer]]:
    """Each file that a route gives to somebody, asked for on an Indonesian and on an English page."""
    if route.takes and examples(route)[0] is None:
        return
    url = address(route, world.own)
    for actor in _openers(route, world):
        for method in METHODS:
            told = _ask(actor, url, "id", method)
            if "attachment" in told.file:
                yield told, _ask(actor, url, "en", method)


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_what_leaves_a_page_is_the_same_in_any_language(route: Route, undone: World) -> None:
    """Workbooks, papers and tables, byte for byte."""
    for indonesian, english in _files(route, undone):
        assert english == indonesian


@pytest.mark.parametrize(
    ("name", "kind"), [("insurer_file", XLSX), ("bills_minutes", PDF), ("audit_ledger_text", "text/plain")]
)
def test_a_workbook_a_paper_and_a_table_are_among_them(name: str, kind: str, undone: World) -> None:
    """The test above is nothing without files to hold against each other."""
    found = list(_files(next(route for route in PAGES if route.name == name), undone))
    assert found
    assert {one.kind.split(";")[0] for one, _ in found} == {kind}


def test_rooms_below_the_desk_know_no_language() -> None:
    """What they store, sign and send is Indonesian; only what allauth shows of an account is translated."""
    shown = {"officers/passwords.py", "officers/signing.py"}
    told = [
        name
        for room in (*below.ROOMS, "journal", "tables")
        for path in sorted((catalogue.SOURCE / room).rglob("*.py"))
        if "utils.translation" in path.read_text(encoding="utf-8")
        and (name := path.relative_to(catalogue.SOURCE).as_posix()) not in shown
    ]
    assert told == []


def test_every_text_of_the_rooms_is_said_in_english() -> None:
    """Also with values in it: each is recognised by its pattern, and its values stand in the answer."""
    wrong = []
    with override("en"):
        for path, text in below.below(catalogue.SOURCE):
            filled = re.sub(r"\{\w*\}", "7.654", text)
            told = saying.said(filled)
            if _INDONESIAN.search(_STAYS.sub("", told.replace("7.654", ""))) or {"{", "|"} & {*told}:
                wrong.append((str(Path(path).name), filled, told))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("17.172 orang diusulkan", "17,172 people proposed"),
        ("Usulan dana Mei 2026, nomor 3", "Funding proposal May 2026, number 3"),
        ("SP2D atas Rp288.489.600 untuk 2 orang", "SP2D of Rp288,489,600 for 2 people"),
        ("1 SK ditandatangani, 12 orang", "1 decree signed, 12 people"),
        ("1 tagihan berbeda dengan daftar", "1 bill differs from the list"),
        ("21 tagihan berbeda dengan daftar", "21 bills differ from the list"),
        ("ditagih; APBD kabupaten", "billed; Regency budget (APBD)"),
        ("Usulan nomor 4 sudah ditolak.", "Proposal number 4 is already refused."),
        ("SK 188.450/12/2026, desa 52.03.01.2001", "SK 188.450/12/2026, village 52.03.01.2001"),
        ("INAQ DANA", "INAQ DANA"),
    ],
)
def test_values_are_kept_and_rewritten(text: str, english: str) -> None:
    assert saying.said(text) == text
    with override("en"):
        assert saying.said(text) == english


def test_numbers_months_and_shares_are_as_the_reader_writes_them() -> None:
    assert (saying.dotted(17172), saying.written(-1000), saying.share(327)) == (
        "17.172",
        "-Rp1.000",
        "32,7 %",
    )
    assert saying.month_name(Month(2026, 5)) == "Mei 2026"
    with override("en"):
        assert (saying.dotted(17172), saying.written(-1000)) == ("17,172", "-Rp1,000")
        assert (saying.share(327), saying.month_name(Month(2026, 5))) == ("32.7%", "May 2026")
