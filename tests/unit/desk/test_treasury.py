"""Given bills that wait, when the treasury records them, then months are paid whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.desk.invented import BILL, billed, died, enrolled
from tests.unit.enrolment.offices import APRIL, FULL, sp2d, states
from tests.working import went_on

from jaring.cycle.models import Work
from jaring.enrolment.models import Payment, PaymentRequest
from jaring.journal.models import Entry
from jaring.ledger.balance import by_fund

pytestmark = pytest.mark.django_db
Acting = Callable[..., Any]
PAY = "/bayar/2026-04/DBHCHT/sp2d/"
ASK = "/bayar/2026-04/DBHCHT/spp/"


def _words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def _said(amount: str, number: str = "001/SP2D/2026", **more: Any) -> dict[str, Any]:
    return {"number": number, "date": "2026-04-30", "amount_idr": amount, "bills": [BILL], **more}


@pytest.fixture
def waiting(tmp_path: Path) -> list[int]:
    """Three people of April billed and unpaid; one of them died in April."""
    people = enrolled(tmp_path, 3)
    billed(tmp_path, 3)
    died(people[0])
    return people


def test_the_calendar_says_what_the_delay_costs(waiting: list[int], acting: Acting) -> None:
    words = _words(acting("bpkad").get("/bayar/"))
    assert "15 April 2026: Rp50.400" in words
    assert "3 orang belum terlindungi, 1 klaim kematian tertahan (santunan Rp10.000.000)" in words
    assert "Catat SP2D" in words
    # Others who read payments see the same, and cannot record.
    reader = _words(acting("pimpinan").get("/bayar/"))
    assert "15 April 2026: Rp50.400" in reader
    assert "Catat SP2D" not in reader


def test_a_sum_that_does_not_add_up_is_refused_with_its_mend(waiting: list[int], acting: Acting) -> None:
    answer = acting("bpkad").post(PAY, _said("50.401"))
    words = _words(answer)
    assert "SP2D 001/SP2D/2026 bernilai Rp50.401, jumlah tagihannya Rp50.400." in words
    assert "Periksa nomor tagihan yang disebut SP2D." in words
    assert not Payment.objects.filter(kind="sp2d").exists()


def test_looking_books_nothing_and_confirming_books_all(waiting: list[int], acting: Acting) -> None:
    client = acting("bpkad")
    words = _words(client.post(PAY, _said("Rp50.400")))
    assert "3 bulan-orang menjadi terlindungi" in words
    assert not Payment.objects.filter(kind="sp2d").exists()
    assert states(APRIL) == {"billed": 3}
    again = client.post(PAY, _said("50.400", langkah="ubah"))
    assert "Lanjut: periksa" in _words(again)
    done = client.post(PAY, _said("50400", langkah="bukukan"), follow=True)
    words = _words(done)
    assert "SP2D 001/SP2D/2026 dibukukan: 3 bulan-orang terlindungi." in words
    assert states(APRIL) == {"paid": 3}
    assert by_fund().row(0, named=True)["realisasi_idr"] == 3 * FULL
    # What was booked stands on its page, line by line.
    assert "Aset:Kas:DBHCHT-2026 -Rp50.400" in words
    assert "Kewajiban:UtangIuran:DBHCHT-2026 Rp50.400" in words
    entry = Entry.objects.get(action="enrolment.record_payment")
    assert entry.actor == client.officer.username
    # Nothing is left to pay.
    assert client.get(PAY).status_code == 404


def test_an_spp_is_kept_printed_and_paid(waiting: list[int], acting: Acting) -> None:
    client = acting("bpkad")
    wrong = client.post(ASK, _said("1", number="001/SPP/2026", langkah="bukukan"))
    assert "SPP 001/SPP/2026 bernilai Rp1, jumlah tagihannya Rp50.400." in _words(wrong)
    assert not PaymentRequest.objects.exists()
    client.post(ASK, _said("50.400", number="001/SPP/2026"))
    assert not PaymentRequest.objects.exists()
    client.post(ASK, _said("50.400", number="001/SPP/2026", langkah="bukukan"))
    made = PaymentRequest.objects.get()
    assert (made.number, made.amount_idr, made.by) == ("001/SPP/2026", 50_400, client.officer.username)
    # A bill stands in one request at a time.
    assert client.get(ASK).status_code == 404
    paper = client.get(f"/bayar/spp/{made.pk}/lampiran/")
    assert paper.content[:5] == b"%PDF-"
    client.post(f"/bayar/spp/{made.pk}/sp2d/", _said("50.400", langkah="bukukan"))
    assert states(APRIL) == {"paid": 3}
    assert "dibayar" in _words(client.get("/bayar/spp/"))
    assert client.get(f"/bayar/spp/{made.pk}/lampiran/").status_code == 404


def test_a_withdrawn_spp_frees_its_bill(waiting: list[int], acting: Acting) -> None:
    client = acting("bpkad")
    client.post(ASK, _said("50.400", number="A", langkah="bukukan"))
    made = PaymentRequest.objects.get()
    short = client.post(f"/bayar/spp/{made.pk}/tarik/", {"reason": "salah"})
    assert short.status_code == 200
    assert PaymentRequest.objects.get().withdrawn_at is None
    client.post(f"/bayar/spp/{made.pk}/tarik/", {"reason": "Nomornya keliru tertulis"})
    assert PaymentRequest.objects.get().withdrawn_reason == "Nomornya keliru tertulis"
    client.post(ASK, _said("50.400", number="B", langkah="bukukan"))
    assert PaymentRequest.objects.filter(withdrawn_at=None).get().number == "B"


def test_a_file_books_what_adds_up_and_tells_the_rest(
    waiting: list[int], tmp_path: Path, acting: Acting
) -> None:
    rows = [("S1", "30-04-2026", BILL, 50_400), ("S2", "30-04-2026", "T-TIADA", 1)]
    path = sp2d(tmp_path / "sp2d april.xlsx", rows)
    client = acting("bpkad")
    with path.open("rb") as file:
        answer = went_on(client, client.post("/bayar/sp2d/berkas/", {"file": file}))
    words = _words(answer)
    assert "SP2D S2 menyebut tagihan T-TIADA yang belum diterima." in words
    assert "1 SP2D dibukukan, 3 bulan-orang terlindungi." in words
    assert states(APRIL) == {"paid": 3}
    with path.open("rb") as file:
        again = went_on(client, client.post("/bayar/sp2d/berkas/", {"file": file}))
    assert "0 SP2D dibukukan" in _words(again)
    assert [one.number for one in Payment.objects.filter(kind="sp2d")] == ["S1"]


def test_what_is_no_table_is_refused_on_the_page_of_its_work(acting: Acting, tmp_path: Path) -> None:
    path = tmp_path / "sp2d.xlsx"
    path.write_bytes(b"bukan excel")
    client = acting("bpkad")
    with path.open("rb") as file:
        words = _words(went_on(client, client.post("/bayar/sp2d/berkas/", {"file": file})))
    assert "Tidak selesai" in words
    assert "Yang dapat dilakukan:" in words
    # It waits on the first page until its officer has opened it.
    assert "Berhenti: Membukukan SP2D: sp2d.xlsx" in _words(client.get("/"))
    client.post(f"/pekerjaan/{Work.objects.get().key}/buka/")
    assert "Berhenti:" not in _words(client.get("/"))


def test_only_the_treasury_records(waiting: list[int], acting: Acting) -> None:
    for role in ("disnakertrans", "penyetuju", "pengawas", "dpmd"):
        assert acting(role).post(PAY, _said("50.400", langkah="bukukan")).status_code == 403
    assert states(APRIL) == {"billed": 3}
