"""Given a bill that differs, when one proposes, another approves and both sign, then it can be paid."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.unit.desk.invented import enrolled
from tests.unit.enrolment.offices import APRIL, FULL, made_up, states
from tests.unit.enrolment.test_settlements import named

from jaring.enrolment.models import Bill, Settlement
from jaring.journal.models import Entry

pytestmark = pytest.mark.django_db
Acting = Callable[..., Any]
WHY = "dicocokkan bersama cabang Selong"


def _words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def bill(tmp_path: Path) -> Bill:
    """Ours are one, two and three; theirs are two, three and somebody unknown."""
    enrolled(tmp_path, 3)
    return named(tmp_path, [(2, FULL), (3, FULL), (901, FULL)])


def _today() -> str:
    return f"{timezone.localdate():%d-%m-%Y}"


def test_the_bill_says_who_is_on_one_side_alone(bill: Bill, acting: Acting) -> None:
    client = acting("disnakertrans")
    assert f"/tagihan/satu/{bill.pk}/" in client.get("/tagihan/2026-04/").content.decode()
    words = _words(client.get(f"/tagihan/satu/{bill.pk}/"))
    assert "ada di daftar kita, tidak ditagih daftar kita saja 1 Rp16.800 Rp0" in words
    assert "tidak dikenal di register kita tagihan saja 1 Rp0 Rp16.800" in words
    first = made_up(3)["name"][0]
    assert first in _words(client.get(f"/tagihan/satu/{bill.pk}/?sebab=tidak-ditagih"))
    unknown = _words(client.get(f"/tagihan/satu/{bill.pk}/?sebab=orang-tak-dikenal"))
    assert "INAQ ASING baris 4 lembar rincian" in unknown
    assert client.get(f"/tagihan/satu/{bill.pk}/?sebab=lain").status_code == 404


@pytest.mark.parametrize("role", ["bpkad", "dpmd", "bpjs"])
def test_who_may_read_no_people_reads_counts_alone(bill: Bill, acting: Acting, role: str) -> None:
    client = acting(role)
    for code in ("tidak-ditagih", "orang-tak-dikenal"):
        words = _words(client.get(f"/tagihan/satu/{bill.pk}/?sebab={code}"))
        assert "ada di daftar kita, tidak ditagih" in words
        assert "Tidak ada yang boleh Anda lihat di sini." in words
        assert "AMAQ" not in words
        assert "INAQ" not in words


def test_from_the_difference_to_a_bill_that_can_be_paid(bill: Bill, acting: Acting) -> None:
    maker, checker = acting("disnakertrans"), acting("penyetuju")
    door = f"/tagihan/satu/{bill.pk}/usul/"
    words = _words(maker.get(door))
    assert "Dibayar Rp33.600 2 orang Kembali ke dana Rp16.800 Ditagih, tidak dibayar Rp16.800" in words
    assert "Alasan" in _words(maker.post(door, {"way": "accept", "reason": "ya"}))
    assert not Settlement.objects.exists()
    maker.post(door, {"way": "accept", "reason": WHY})
    one = Settlement.objects.get()
    assert (one.state, one.made_by) == ("draft", maker.officer.username)
    # It waits among the approvals; its maker's role has no such page.
    paper = f"/persetujuan/selisih/{one.pk}/"
    assert "Penyelesaian tagihan T1" in _words(checker.get("/persetujuan/"))
    assert "Setujui 2 orang, Rp33.600" in _words(checker.get(paper))
    assert maker.post(f"{paper}putus/", {"approve": "1"}).status_code == 403
    checker.post(f"{paper}putus/", {"approve": "1"})
    one.refresh_from_db()
    assert (one.state, one.approved_by) == ("approved", checker.officer.username)
    assert states(APRIL) == {"enrolled": 3}
    # The minutes are the same bytes again, and the page asks for the day of the signatures.
    minutes = [maker.get(f"/tagihan/penyelesaian/{one.pk}/berita-acara/").content for _ in range(2)]
    assert minutes[0][:5] == b"%PDF-"
    assert minutes[0] == minutes[1]
    page = f"/tagihan/penyelesaian/{one.pk}/"
    assert "Catat tanda tangan" in _words(maker.get(page))
    assert "Catat tanda tangan" not in _words(checker.get(page))
    maker.post(f"{page}tanda-tangan/", {"signed_on": "kemarin"})
    assert Settlement.objects.get().state == "approved"
    maker.post(f"{page}tanda-tangan/", {"signed_on": _today()})
    one.refresh_from_db()
    bill.refresh_from_db()
    assert (one.state, bill.state, bill.owed_idr) == ("signed", "matched", 2 * FULL)
    assert states(APRIL) == {"billed": 2, "stopped": 1}
    assert maker.get(f"/tagihan/penyelesaian/{one.pk}/berita-acara/").content == minutes[0]
    words = _words(maker.get("/tagihan/2026-04/"))
    assert "Disepakati 2 orang, Rp33.600; Rp16.800 dari tagihan tidak dibayar." in words
    assert "Rp33.600" in _words(acting("bpkad").get("/bayar/2026-04/DBHCHT/sp2d/"))


def test_a_line_that_nobody_pays_is_chased_until_it_is_closed(bill: Bill, acting: Acting) -> None:
    maker, checker = acting("disnakertrans"), acting("penyetuju")
    maker.post(f"/tagihan/satu/{bill.pk}/usul/", {"way": "accept", "reason": WHY})
    [line] = bill.differences.filter(settled_at=None, code="orang-tak-dikenal")
    maker.post(f"/tagihan/baris/{line.pk}/", {"reason": "belum disepakati siapa pun"})
    line.refresh_from_db()
    assert line.settled_at is None
    one = Settlement.objects.get()
    checker.post(f"/persetujuan/selisih/{one.pk}/putus/", {"approve": "1"})
    maker.post(f"/tagihan/penyelesaian/{one.pk}/tanda-tangan/", {"signed_on": _today()})
    [line] = bill.differences.filter(settled_at=None)
    assert (line.code, line.amount_idr) == ("orang-tak-dikenal", FULL)
    assert "masih ditelusuri" in _words(maker.get(f"/tagihan/satu/{bill.pk}/"))
    maker.post(f"/tagihan/baris/{line.pk}/", {"reason": "x"})
    assert bill.differences.filter(settled_at=None).exists()
    for _ in range(2):
        maker.post(f"/tagihan/baris/{line.pk}/", {"reason": "BPJS mencabutnya dari tagihan Mei"})
    assert not bill.differences.filter(settled_at=None).exists()
    assert Entry.objects.filter(action="enrolment.close_chase").count() == 1


def test_it_is_sent_back_with_a_reason_and_taken_back_by_its_maker(bill: Bill, acting: Acting) -> None:
    maker, checker = acting("disnakertrans"), acting("penyetuju")
    door = f"/tagihan/satu/{bill.pk}/usul/"
    maker.post(door, {"way": "ask", "reason": WHY})
    one = Settlement.objects.get()
    checker.post(f"/persetujuan/selisih/{one.pk}/putus/", {"reason": "terima saja dua yang cocok"})
    one.refresh_from_db()
    assert (one.state, one.refusal) == ("refused", "terima saja dua yang cocok")
    maker.post(door, {"way": "accept", "reason": WHY})
    second = Settlement.objects.latest("pk")
    maker.post(f"/tagihan/penyelesaian/{second.pk}/tarik/", {"reason": "tagihan baru sudah dijanjikan"})
    second.refresh_from_db()
    assert second.state == "withdrawn"
    assert Bill.objects.get().state == "different"


def test_a_sum_above_the_limit_is_anothers_to_approve(bill: Bill, acting: Acting) -> None:
    acting("disnakertrans").post(f"/tagihan/satu/{bill.pk}/usul/", {"way": "accept", "reason": WHY})
    one = Settlement.objects.get()
    small = acting("penyetuju", limit_idr=2 * FULL - 1)
    assert "Di atas batas Anda." in _words(small.get(f"/persetujuan/selisih/{one.pk}/"))
    assert small.post(f"/persetujuan/selisih/{one.pk}/putus/", {"approve": "1"}).status_code == 409
    one.refresh_from_db()
    assert one.state == "draft"
