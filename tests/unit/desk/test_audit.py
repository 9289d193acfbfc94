"""Given a counted April, when an auditor follows a figure, then the rows are there, named and without NIK."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.unit.decide.test_decisions import workers
from tests.unit.desk.invented import billed, counted, eligible, enrolled, paid
from tests.unit.enrolment.offices import APRIL, DESA, FULL

from jaring.coverage import behind
from jaring.coverage.models import Figure
from jaring.cycle.models import Work
from jaring.cycle.works import recompute, verify_chain
from jaring.decide.actions import store
from jaring.decide.rules import decide
from jaring.desk.pages.audit import views_checks
from jaring.desk.pages.jobs import made
from jaring.journal.actions import record
from jaring.journal.models import Entry
from jaring.officers.actions import reveal_nik
from jaring.people.models import Person

pytestmark = pytest.mark.django_db
Acting = Callable[..., Any]
NIK = re.compile(r"\b\d{16}\b")


def _words(given: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", given.content.decode()).split())


@pytest.fixture
def april(tmp_path: Path) -> list[int]:
    """Sixty people of one kelurahan, paid and counted."""
    people = enrolled(tmp_path, 60)
    billed(tmp_path, 60)
    paid(60)
    counted()
    return people


def test_every_figure_has_exactly_the_rows_it_counted(april: list[int]) -> None:
    figures = Figure.objects.filter(superseded_at=None, measure="protected")
    assert {f.dimension for f in figures} == {
        *("regency", "kecamatan", "desa", "segment", "source", "sex", "age")
    }
    for figure in figures:
        assert behind.months(figure).count() == figure.numerator, figure
        known = behind.people(figure)
        if known is not None:
            assert known.count() == figure.denominator, figure


def test_a_figure_leads_to_its_people_by_name_page_after_page(april: list[int], acting: Acting) -> None:
    client = acting("pengawas")
    listed = client.get("/pemeriksaan/?dimension=desa")
    assert "Pancor" in _words(listed)
    figure = Figure.objects.get(measure="protected", dimension="desa", code=DESA, superseded_at=None)
    first = client.get(f"/pemeriksaan/angka/{figure.pk}/")
    words = _words(first)
    assert "Pancor: Terlindungi bulan ini, April 2026 Menurut desa dan kelurahan Pembilang 60: " in words
    assert "60 sama dengan angkanya" in words
    assert words.count("SP2D S-1") == 50
    after = re.search(r"after=(\d+)", first.content.decode())
    assert after is not None
    second = client.get(f"/pemeriksaan/angka/{figure.pk}/?after={after[1]}")
    assert _words(second).count("SP2D S-1") == 10
    for page in (first, second):
        assert "AMAQ UJI" in _words(page)
        assert not NIK.search(page.content.decode())
    under = _words(client.get(f"/pemeriksaan/angka/{figure.pk}/?sisi=penyebut"))
    assert "Orang di balik penyebut" in under
    assert under.count("AMAQ UJI") == 50


def test_rows_come_as_csv_that_adds_up_and_the_journal_knows(april: list[int], acting: Acting) -> None:
    client = acting("pengawas")
    figure = Figure.objects.get(measure="protected", dimension="regency", superseded_at=None)
    body = client.post(f"/pemeriksaan/angka/{figure.pk}/unduh/").content.decode()
    rows = list(csv.DictReader(io.StringIO(body)))
    assert len(rows) == 60
    assert sum(int(row["iuran_idr"]) for row in rows) == 60 * FULL
    assert {row["nomor_dokumen"] for row in rows} == {"S-1"}
    assert "AMAQ" not in body
    assert not NIK.search(body)
    entry = Entry.objects.get(action="coverage.take_rows")
    assert (entry.actor, entry.subject) == (client.officer.username, f"angka {figure.pk}")


def test_an_auditor_of_one_kecamatan_reads_only_its_people(april: list[int], acting: Acting) -> None:
    figure = Figure.objects.get(measure="protected", dimension="regency", superseded_at=None)
    elsewhere = acting("pengawas", territory=["52.03.01"])
    words = _words(elsewhere.get(f"/pemeriksaan/angka/{figure.pk}/"))
    # The count is published; whom it counts is not theirs to read.
    assert "April 2026 Menurut seluruh kabupaten" in words
    assert "Pembilang 60: " in words
    assert "AMAQ" not in words
    assert "Tidak ada baris di wilayah Anda." in words
    body = elsewhere.post(f"/pemeriksaan/angka/{figure.pk}/unduh/").content.decode()
    assert len(body.splitlines()) == 1


def test_what_changed_since_the_count_is_said(april: list[int], acting: Acting) -> None:
    figure = Figure.objects.get(measure="protected", dimension="regency", superseded_at=None)
    Figure.objects.filter(pk=figure.pk).update(numerator=61)
    words = _words(acting("pengawas").get(f"/pemeriksaan/angka/{figure.pk}/"))
    assert "Sekarang ada 60 baris: ada yang berubah sejak angka ini dihitung." in words


def test_the_journal_is_found_by_actor_action_and_day(acting: Acting) -> None:
    client = acting("pengawas")
    with transaction.atomic():
        record("uji.satu", "hal satu", by="amat", jumlah=12_345)
        record("uji.dua", "hal dua", by="siti", nilai_idr=50_400)
    both = _words(client.get("/pemeriksaan/jurnal/"))
    # The newest first, counts with dots and rupiah as rupiah.
    assert both.index("hal dua") < both.index("hal satu")
    assert "jumlah: 12.345" in both
    assert "nilai: Rp50.400" in both
    one = _words(client.get("/pemeriksaan/jurnal/?actor=amat"))
    assert "hal satu" in one
    assert "hal dua" not in one
    two = _words(client.get("/pemeriksaan/jurnal/?action=uji.dua"))
    assert "hal dua" in two
    assert "hal satu" not in two
    today = timezone.localdate()
    assert "hal satu" in _words(client.get(f"/pemeriksaan/jurnal/?since={today}&until={today}&actor=amat"))
    assert "Tidak ada catatan" in _words(client.get("/pemeriksaan/jurnal/?until=2020-01-01"))


def test_a_long_journal_is_paged_from_the_newest_down(acting: Acting) -> None:
    with transaction.atomic():
        for n in range(120):
            record("uji.banyak", f"hal {n}", by="penguji")
    client = acting("pengawas")
    seen: list[str] = []
    address = "/pemeriksaan/jurnal/?action=uji.banyak"
    while address:
        body = client.get(address).content.decode()
        seen += re.findall(r'data-th="Tentang">hal (\d+)<', body)
        found = re.search(r'rel="next" href="(\?[^"]+)"', body)
        address = "/pemeriksaan/jurnal/" + found[1].replace("&amp;", "&") if found else ""
    assert seen == [str(n) for n in range(119, -1, -1)]


def test_the_chain_is_verified_and_a_forged_entry_is_found(acting: Acting) -> None:
    client = acting("pengawas")
    with transaction.atomic():
        record("uji", "hal", by="penguji")
    whole = _words(client.post("/pemeriksaan/rantai/", follow=True))
    assert "rantainya utuh dari yang pertama sampai yang terakhir" in whole
    last = Entry.objects.order_by("-seq")[0]
    Entry.objects.create(
        seq=last.seq + 1,
        at=timezone.now(),
        actor="penyusup",
        action="uji",
        subject="palsu",
        body=b"{}",
        prev=b"0" * 32,
        hash=b"1" * 32,
    )
    broken = _words(client.post("/pemeriksaan/rantai/", follow=True))
    assert f"Rantai putus pada catatan nomor {last.seq + 1}" in broken


def test_a_month_decided_again_says_who_differs(april: list[int], acting: Acting) -> None:
    """These decisions were written by hand: the law, asked again, gives other articles."""
    eligible(april[:3])
    client = acting("pengawas")
    words = _words(client.post("/pemeriksaan/hitung-ulang/", {"month": "2026-04"}, follow=True))
    assert "3 dari 3 keputusan April 2026 keluar berbeda." in words
    assert "3 berbeda" in words
    page = client.get("/pemeriksaan/hitung-ulang/2026-04/")
    assert "3 keputusan keluar berbeda" in _words(page)
    assert _words(page).count("AMAQ UJI") == 3
    assert "pasal" in _words(page)
    assert not NIK.search(page.content.decode())
    entry = Entry.objects.get(action="decide.check")
    assert (entry.subject, entry.actor) == (str(APRIL), client.officer.username)
    assert client.get("/pemeriksaan/hitung-ulang/2026-05/").status_code == 404


def test_a_month_that_follows_from_its_facts_comes_out_the_same(acting: Acting) -> None:
    store(APRIL, decide(workers()), by="disnaker")
    client = acting("penyetuju")
    words = _words(client.post("/pemeriksaan/hitung-ulang/", {"month": "2026-04"}, follow=True))
    assert "Semua 3 keputusan April 2026 keluar sama dari fakta yang disimpan dan hukum." in words
    assert "Semua keputusan keluar sama." in _words(client.get("/pemeriksaan/hitung-ulang/2026-04/"))


def test_a_long_check_goes_to_the_background_and_tells_there(
    acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(APRIL, decide(workers()), by="disnaker")
    monkeypatch.setattr(views_checks, "AT_ONCE", 0)
    client = acting("pengawas")
    for address, said, kind in (
        ("/pemeriksaan/rantai/", {}, verify_chain),
        ("/pemeriksaan/hitung-ulang/", {"month": "2026-04"}, recompute),
    ):
        answer = client.post(address, said)
        work = Work.objects.get(kind=kind.__name__.rsplit(".", 1)[-1])
        assert answer["Location"] == f"/pekerjaan/{work.key}/"
        # Sent twice within the minute it is one work.
        assert client.post(address, said)["Location"] == answer["Location"]
        counts = kind.run(work.arguments, lambda *_: None)["counts"]
        assert counts.get("berbeda", 0) == 0
        assert made(work)[1] == address  # type: ignore[index]
    assert Entry.objects.filter(action__in=["journal.verify", "decide.check"]).count() == 2


def test_opened_niks_are_listed_with_who_and_why(april: list[int], acting: Acting) -> None:
    opener = acting("disnakertrans").officer
    person = Person.objects.get(pk=april[0])
    reveal_nik(
        opener,
        person.public_id,
        "Mencocokkan KTP di kantor desa",
        desa_code=DESA,
        nik_of=lambda _: "5203070101800001",
    )
    page = acting("pengawas").get("/pemeriksaan/nik/")
    words = _words(page)
    assert "Mencocokkan KTP di kantor desa" in words
    assert opener.username in words
    assert person.name in words
    assert not NIK.search(page.content.decode())
    # Somebody who does not reach the person sees the code alone.
    assert person.name not in _words(acting("pengawas", territory=["52.03.01"]).get("/pemeriksaan/nik/"))


def test_the_trial_balance_adds_up_and_leads_to_entries(april: list[int], acting: Acting) -> None:
    client = acting("bpkad")
    words = _words(client.get("/buku-besar/"))
    # Budget, commitment, bill and payment: 60 people, two months promised, one paid.
    assert "Pagu Anggaran Rp2.016.000 Rp0 Rp2.016.000" in words
    assert "Kas Aset Rp0 Rp1.008.000 -Rp1.008.000" in words
    assert re.search(r"Debit sama dengan kredit: Rp[\d.]+\.", words)
    entries = _words(client.get("/buku-besar/ayat/?fund=DBHCHT-2026&document=S-1"))
    assert "Iuran April 2026" in entries
    assert re.search(r"Utang iuran Kewajiban · [^·]*DBHCHT[^·]*, 2026 DBHCHT-2026 Rp1\.008\.000", entries)
    text = client.post("/buku-besar/unduh/").content.decode()
    assert "Aset:Kas:DBHCHT-2026  -1008000 IDR" in text
    assert Entry.objects.filter(action="ledger.export").count() == 1
