"""Given approved batches, when the branch fetches and answers, then lines match and the rest is told."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.unit.desk.invented import billed, enrolled, worked_on
from tests.unit.enrolment.offices import APRIL, FULL, answer, bill, decreed, delivered, states
from tests.working import went_on, work_off

from jaring.cycle.models import Work
from jaring.enrolment.models import Answer, Batch, Bill, Discrepancy
from jaring.journal.models import Entry
from jaring.rosters import keeping

pytestmark = pytest.mark.django_db
Acting = Callable[..., Any]


def _words(given: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", given.content.decode()).split())


@pytest.fixture
def sent(tmp_path: Path) -> pl.DataFrame:
    """Three people in one approved batch, as the branch reads it."""
    (tmp_path / "masuk").mkdir()
    decreed(tmp_path, 3, months=2)
    worked_on()
    return delivered(APRIL, tmp_path / "keluar")


def _give(client: Any, path: Path, address: str = "/bpjs/jawaban/") -> Any:
    with path.open("rb") as file:
        return went_on(client, client.post(address, {"file": file}))


def test_the_branch_fetches_what_was_approved_and_the_journal_knows(
    sent: pl.DataFrame, tmp_path: Path, acting: Acting
) -> None:
    client = acting("bpjs")
    before = _words(client.get("/bpjs/berkas/"))
    assert "Berkas 1 0 sudah diambil" in before
    assert "Baris peserta 3 " in before
    assert "Iuran Rp50.400" in before
    batch = Batch.objects.get()
    file = client.post(f"/bpjs/berkas/{batch.pk}/")
    assert file["Content-Disposition"] == f'attachment; filename="batch-{batch.number}.xlsx"'
    # The very bytes that were approved.
    assert file.content == (tmp_path / "keluar" / "2026-04" / f"batch-{batch.number}.xlsx").read_bytes()
    entry = Entry.objects.get(action="enrolment.fetch_batch")
    assert (entry.subject, entry.actor) == (batch.number, client.officer.username)
    assert "Berkas 1 1 sudah diambil" in _words(client.get("/bpjs/berkas/"))


def test_a_month_comes_as_one_archive_without_drafts(sent: pl.DataFrame, acting: Acting) -> None:
    client = acting("bpjs")
    Batch.objects.create(
        number="2026-04-SG-LAIN-01",
        month=APRIL.first,
        wadah="SG-LAIN",
        source="apbd",
        people=0,
        iuran_idr=0,
        made_by="x",
        state="withdrawn",
    )
    packed = client.post("/bpjs/berkas/2026-04/")
    names = zipfile.ZipFile(io.BytesIO(packed.content)).namelist()
    assert names == [f"batch-{Batch.objects.get(state='approved').number}.xlsx"]
    assert Entry.objects.get(action="enrolment.fetch_month").subject == "2026-04"
    assert "1 sudah diambil" in _words(client.get("/bpjs/berkas/"))
    assert client.post("/bpjs/berkas/2026-09/").status_code == 404


def test_a_draft_cannot_be_fetched(tmp_path: Path, acting: Acting) -> None:
    from jaring.enrolment import actions

    decreed(tmp_path, 1, months=1)
    [draft] = actions.make_batches(APRIL, by="staf")
    client = acting("bpjs")
    assert client.post(f"/bpjs/berkas/{draft.pk}/").status_code == 404
    assert "Belum ada berkas kirim yang disetujui" in _words(client.get("/bpjs/berkas/"))


def test_an_answer_is_matched_and_what_does_not_match_is_told(
    sent: pl.DataFrame, tmp_path: Path, acting: Acting
) -> None:
    one, two, _three = sent["REFERENSI"]
    said = [
        (one, "DITERIMA", None, None, "2026-04"),
        (two, "DITOLAK", "SUDAH-PU", None, None),
        ("00000000-0000-4000-8000-000000000000", "DITERIMA", None, None, "2026-04"),
    ]
    path = answer(tmp_path / "jawaban-april.xlsx", sent["batch"][0], said)
    client = acting("bpjs")
    words = _words(_give(client, path))
    assert "2 baris diambil, 1 tidak cocok." in words
    assert "3 baris: 2 diterima, 1 ditolak, 0 ditunda" in words
    assert "Diambil 1 diterima, 1 ditolak, 0 ditunda" in words
    assert "SUDAH-PU 1 Sudah peserta penerima upah lewat pemberi kerja." in words
    assert "REFERENSI ini tidak pernah dikirim; tidak diambil." in words
    assert states(APRIL) == {"enrolled": 1, "rejected": 1, "decreed": 1}
    assert "2 dari 3" in _words(client.get("/bpjs/berkas/"))
    # The same file again changes nothing and says so.
    assert "sudah diterima sebelumnya" in _words(_give(client, path))
    assert Answer.objects.count() == 1


def test_totals_that_contradict_the_lines_hold_the_file(
    sent: pl.DataFrame, tmp_path: Path, acting: Acting
) -> None:
    said = [(ref, "DITERIMA", None, None, "2026-04") for ref in sent["REFERENSI"]]
    path = answer(tmp_path / "jawaban-x.xlsx", sent["batch"][0], said, totals=(4, 4, 0, 0))
    words = _words(_give(acting("bpjs"), path))
    assert "Angka kendali tidak sama dengan isinya: tidak ada yang diambil." in words
    assert states(APRIL) == {"decreed": 3}


def test_a_file_that_is_none_says_so_on_the_page_of_its_work(tmp_path: Path, acting: Acting) -> None:
    path = tmp_path / "jawaban-y.xlsx"
    path.write_bytes(b"rusak")
    client = acting("bpjs")
    for address in ("/bpjs/jawaban/", "/bpjs/tagihan/"):
        words = _words(_give(client, path, address))
        assert "Tidak selesai" in words
        assert "Yang dapat dilakukan:" in words
        assert "Tidak ada yang disimpan." in words
        assert "Pilih berkas lain" in words
    assert not Answer.objects.exists()
    assert not Discrepancy.objects.exists()
    assert not keeping.is_kept(hashlib.sha256(b"rusak").hexdigest())


def test_what_is_no_table_by_its_name_stays_in_the_form(acting: Acting) -> None:
    picture = SimpleUploadedFile("jawaban.png", b"x")
    assert "Ada yang perlu diperbaiki" in _words(acting("bpjs").post("/bpjs/jawaban/", {"file": picture}))
    assert not Work.objects.exists()


def test_the_same_file_posted_twice_is_one_work_and_another_from_the_same_form_is_another(
    sent: pl.DataFrame, tmp_path: Path, acting: Acting
) -> None:
    client = acting("bpjs")
    one, two, _three = sent["REFERENSI"]
    batch = sent["batch"][0]
    first = answer(tmp_path / "jawaban-1.xlsx", batch, [(one, "DITERIMA", None, None, "2026-04")])
    second = answer(tmp_path / "jawaban-2.xlsx", batch, [(two, "DITERIMA", None, None, "2026-04")])
    key = "0b0f9c52-7c1b-4a0e-9d44-0b5b8a2f6e10"

    def sends(path: Path, **more: str) -> str:
        with path.open("rb") as file:
            return str(client.post("/bpjs/jawaban/", {"file": file, **more})["Location"])

    began = sends(first, key=key)
    # Pressed twice; then sent again from a form opened anew while it has not ended.
    assert sends(first, key=key) == began
    assert sends(first) == began
    assert Work.objects.filter(kind="answers").count() == 1
    work_off()
    # Ended: the same form and file are still that work, another file of the same form is another.
    assert sends(first, key=key) == began
    assert sends(second, key=key) != began
    work_off()
    assert states(APRIL) == {"enrolled": 2, "decreed": 1}
    assert Answer.objects.count() == 2


def test_an_officer_whose_role_has_ended_meanwhile_moves_nothing(
    sent: pl.DataFrame, tmp_path: Path, acting: Acting
) -> None:
    client = acting("bpjs")
    said = [(ref, "DITERIMA", None, None, "2026-04") for ref in sent["REFERENSI"]]
    path = answer(tmp_path / "jawaban-1.xlsx", sent["batch"][0], said)
    with path.open("rb") as file:
        client.post("/bpjs/jawaban/", {"file": file})
    client.officer.assignments.all().delete()
    work_off()
    ended = Work.objects.get(kind="answers")
    assert (ended.state, ended.result["code"]) == ("failed", "tanpa-hak")
    assert states(APRIL) == {"decreed": 3}


def test_a_bill_file_says_which_match_to_the_rupiah(tmp_path: Path, acting: Acting) -> None:
    enrolled(tmp_path, 3)
    path = bill(
        tmp_path / "tagihan-april.xlsx",
        [("T-1", "SG-DBHCHT", "2026-04", 3, FULL), ("T-2", "SG-DBHCHT", "2026-05", 4, FULL)],
    )
    client = acting("bpjs")
    words = _words(_give(client, path, "/bpjs/tagihan/"))
    assert "2 tagihan diterima; 1 tagihan sekarang cocok dengan daftar." in words
    assert {b.number: b.state for b in Bill.objects.all()} == {"T-1": "matched", "T-2": "different"}
    assert "Rp67.200" in words
    assert "sudah diterima sebelumnya" in _words(_give(client, path, "/bpjs/tagihan/"))
    differing = _words(client.get("/bpjs/tagihan/?bulan=2026-05&lihat=different"))
    assert "T-2" in differing
    assert "T-1" not in differing


def test_the_branch_reads_no_payments_and_no_people(tmp_path: Path, acting: Acting) -> None:
    enrolled(tmp_path, 1)
    billed(tmp_path, 1)
    client = acting("bpjs")
    for address in ("/pimpinan/", "/bayar/", "/pemeriksaan/", "/iuran-desa/", "/akun/petugas/"):
        assert client.get(address).status_code == 403
    assert "AMAQ" not in _words(client.get("/bpjs/tagihan/"))
