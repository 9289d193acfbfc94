"""The month's papers: numbered once, and the same paper when the month is run again."""

from __future__ import annotations

import time
from pathlib import Path

import pypdf
import pytest
from tests.unit.enrolment.offices import (
    APRIL,
    FULL,
    accepted,
    awarded,
    bill,
    decreed,
    delivered,
    load_fund,
    made_up,
    sealed,
)

from jaring.cycle import insuring, letters
from jaring.cycle.job import Job
from jaring.enrolment import actions, paperwork_annex
from jaring.enrolment.models import Decree, Letter
from jaring.facts.reason import Refused
from jaring.facts.region import region

pytestmark = pytest.mark.django_db


def test_each_paper_takes_one_number_and_keeps_it(tmp_path: Path) -> None:
    decreed(tmp_path, 3)
    accepted(delivered(APRIL, tmp_path / "keluar"), tmp_path / "masuk", APRIL)
    bill(tmp_path / "masuk" / "tagihan-1.xlsx", [("T1", "SG-DBHCHT", "2026-04", 3, FULL)])
    actions.read_bills(tmp_path / "masuk", by="staf")
    job = Job(APRIL, region("lotim"), tmp_path / "masuk", tmp_path / "keluar", "staf", "kabid")
    papers = {
        "2026-04-pengantar-batch.pdf": (letters.cover, "560/1/NAKERTRANS/2026"),
        "2026-04-berita-acara-rekonsiliasi-belum-lunas.pdf": (letters.minutes, "900/1/NAKERTRANS/2026"),
        "2026-04-lampiran-spp-dbhcht.pdf": (letters.payment_requests, "900.1.3/1/NAKERTRANS/2026"),
    }
    for name, (make, number) in papers.items():
        path = tmp_path / "keluar" / "surat" / name
        assert make(job) == 1
        first = path.read_bytes()
        assert number in (pypdf.PdfReader(path).pages[0].extract_text() or "")
        # Killed before the file was kept, or the file lost: the same letter again.
        path.unlink()
        assert make(job) == 1
        assert path.read_bytes() == first
    assert Letter.objects.count() == 3


def _funded(folder: Path, count: int) -> None:
    people = sealed(made_up(count))
    load_fund(folder, "DBHCHT-2026", "dbhcht", 2026, count * 9 * FULL, (4, 12))
    awarded(APRIL, people["person_id"].to_list(), "dbhcht", 9)


def test_an_annex_set_while_it_is_signed_is_the_one_of_the_signed_decree(tmp_path: Path) -> None:
    _funded(tmp_path, 3)
    job = Job(APRIL, region("lotim"), tmp_path, tmp_path / "keluar", "staf", "bupati")
    told = insuring.decree(job).counts
    assert (told["orang"], told["surat"], len(job.papers)) == (3, 1, 1)
    [path] = job.papers.pop().wait()
    said = pypdf.PdfReader(path).pages[0].extract_text()
    signed = Decree.objects.get()
    assert signed.number in said
    assert "1 APRIL 2026" in said
    # As it is set for a decree that was signed long ago.
    [again] = paperwork_annex.annex(
        signed,
        job.region,
        tmp_path / "lagi.pdf",
        about="Penerima bantuan iuran jaminan sosial ketenagakerjaan mulai April 2026",
    )
    assert again.read_bytes() == path.read_bytes()
    assert insuring.decree(job).counts["surat"] == 1
    assert job.papers == []


def test_an_annex_of_what_was_not_signed_comes_to_lie_nowhere(tmp_path: Path) -> None:
    _funded(tmp_path, 3)
    job = Job(APRIL, region("lotim"), tmp_path, tmp_path / "keluar", "staf", "staf")
    with pytest.raises(Refused, match="pembuatnya"):
        insuring.decree(job)
    assert job.papers == []
    for _ in range(30):
        # Nor later: setting takes about a second.
        assert list((tmp_path / "keluar").rglob("*.*")) == []
        time.sleep(0.1)
