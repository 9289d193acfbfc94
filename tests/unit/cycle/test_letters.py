"""The month's papers: numbered once, and the same paper when the month is run again."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from tests.unit.enrolment.offices import APRIL, FULL, accepted, bill, decreed, delivered

from jaring.cycle import letters
from jaring.cycle.job import Job
from jaring.enrolment import actions
from jaring.enrolment.models import Letter
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
