"""The labour office's month and its checker: what waits for whom, sums up to a limit, words of a refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.unit.enrolment.offices import (
    APRIL,
    DESA,
    FULL,
    accepted,
    answer,
    bill,
    decreed,
    delivered,
    load_fund,
    made_up,
    sealed,
)
from tests.working import went_on

from jaring.cycle import agenda, unsigned
from jaring.cycle.models import Work
from jaring.cycle.works import kinds
from jaring.desk.pages.approvals import deciding
from jaring.enrolment import actions
from jaring.enrolment.models import Batch, Bill, Decree, PersonMonth
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.funding import actions as funding
from jaring.funding.models import Fund, Proposal
from jaring.journal.models import Entry

pytestmark = pytest.mark.django_db
Acting = Callable[..., Any]
WADAH = "SG-DBHCHT"
WHY = "daftar nama belum diperiksa di desa"


def _proposed(folder: Path, people: int = 2, by: str = "pengolah") -> Proposal:
    """A proposal of so many people for nine months, not yet approved."""
    import polars as pl

    found = sealed(made_up(people))
    load_fund(folder, "DBHCHT-2026", "dbhcht", 2026, people * 9 * FULL, (4, 12))
    candidates = pl.DataFrame(
        {
            "person_id": found["person_id"],
            "desa_code": [DESA] * people,
            "rank": list(range(1, people + 1)),
            "already_source": pl.Series([None] * people, dtype=pl.String),
            "source": ["dbhcht"] * people,
            "segment": ["petani_tembakau"] * people,
            "kind": ["bpu"] * people,
            "programmes": ["jkk+jkm"] * people,
            "base_idr": [1_000_000] * people,
            "prices_idr": [[FULL] * 9] * people,
        }
    )
    return funding.propose(APRIL, candidates, by=by)


def _point(code: str, month: Month = APRIL) -> agenda.Point:
    return next(point for point in agenda.points(month) if point.code == code)


def _sent(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def _text(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


# The month


def test_an_empty_month_begins_with_lists_and_budgets() -> None:
    states = {point.code: point.state for point in agenda.points(APRIL)}
    assert states["lists"] == "now"
    assert states["budgets"] == "now"
    assert {states[c] for c in ("funding", "decree", "batch", "answers", "bills", "payment")} == {"later"}


def test_the_month_says_what_waits_and_for_whom(tmp_path: Path, acting: Acting) -> None:
    _proposed(tmp_path)
    assert (_point("funding").state, _point("funding").who) == ("waits", "Kepala Disnakertrans atau Sekda")
    funding.approve(Proposal.objects.get(), by="sekda")
    assert (_point("funding").state, _point("decree").state) == ("done", "now")
    actions.decree(APRIL, by="pengolah")
    assert _point("decree").state == "waits"
    actions.approve_decree(Decree.objects.get(), by="sekda")
    assert (_point("decree").state, _point("batch").state) == ("done", "now")
    accepted(delivered(APRIL, tmp_path / "keluar"), tmp_path / "masuk", APRIL)
    assert (_point("batch").state, _point("answers").state) == ("done", "done")
    assert (_point("bills").state, _point("bills").waits_for) == ("waits", "tagihan dari BPJS")
    body = _text(acting("disnakertrans").get("/bulan/2026-04/"))
    assert "2 dari 2 baris dijawab, 0 ditolak" in body
    assert "tagihan dari BPJS" in body


def test_a_stage_is_started_once_for_each_press_of_a_page(acting: Acting) -> None:
    client = acting("disnakertrans")
    given = {"stage": "decide", "token": "abc123"}
    first = client.post("/bulan/2026-04/kerjakan/", given)
    assert client.post("/bulan/2026-04/kerjakan/", given)["Location"] == first["Location"]
    assert Work.objects.count() == 1
    client.post("/bulan/2026-04/kerjakan/", {**given, "token": "def456"})
    assert Work.objects.count() == 2
    client.post("/bulan/2026-04/kerjakan/", {**given, "stage": "hapus"})
    assert Work.objects.count() == 2


def test_a_month_that_is_none_is_not_found(acting: Acting) -> None:
    client = acting("disnakertrans")
    assert client.get("/bulan/2026-13/").status_code == 404
    assert client.get("/tagihan/?bulan=april").status_code == 404
    assert client.get("/bulan/?bulan=2026-05")["Location"] == "/bulan/2026-05/"


# Money


def test_who_is_funded_and_who_waits_is_shown_by_source(tmp_path: Path, acting: Acting) -> None:
    _proposed(tmp_path, people=3)
    body = _text(acting("disnakertrans").get("/usulan/2026-04/"))
    assert "Rp453.600" in body  # 3 people, 9 months, Rp16.800
    assert "Dana bagi hasil cukai" in body
    assert "menunggu persetujuan" in body


def test_a_budget_file_is_taken_or_refused_with_its_row(tmp_path: Path, acting: Acting) -> None:
    client = acting("disnakertrans")
    good = bill(tmp_path / "dpa-salah.xlsx", [("T", WADAH, "2026-04", 1, FULL)])
    refused = _text(went_on(client, client.post("/usulan/anggaran/", {"file": _sent(good)})))
    assert "Tidak selesai" in refused
    assert "tidak ada yang dimuat" in refused
    assert Fund.objects.count() == 0
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, 1_000_000, (4, 12))
    dpa = _sent(tmp_path / "dpa-DBHCHT-2026.xlsx")
    assert "1 dana dimuat." in _text(went_on(client, client.post("/usulan/anggaran/", {"file": dpa})))
    assert "Rp1.000.000" in _text(client.get("/usulan/anggaran/"))


def test_a_file_that_is_no_table_is_said_beside_its_field(acting: Acting) -> None:
    reply = acting("disnakertrans").post(
        "/tagihan/masukkan/", {"file": SimpleUploadedFile("tagihan.pdf", b"%PDF")}
    )
    assert "Berkas ini bukan tabel" in _text(reply)


# The checker


def test_the_maker_has_no_door_to_approve(tmp_path: Path, acting: Acting) -> None:
    held = _proposed(tmp_path)
    client = acting("disnakertrans")
    assert client.get("/persetujuan/").status_code == 403
    assert client.post(f"/persetujuan/usulan/{held.pk}/putus/", {"approve": "1"}).status_code == 403
    held.refresh_from_db()
    assert held.state == "proposed"


def test_a_checker_below_the_sum_is_told_and_cannot(tmp_path: Path, acting: Acting) -> None:
    held = _proposed(tmp_path)
    head = acting("penyetuju", limit_idr=100_000)
    body = _text(head.get(f"/persetujuan/usulan/{held.pk}/"))
    assert "Minta Sekda" in body
    assert 'name="approve"' not in body
    pressed = head.post(f"/persetujuan/usulan/{held.pk}/putus/", {"approve": "1"})
    assert pressed.status_code == 409
    assert "di atas batas persetujuan Anda" in _text(pressed)
    held.refresh_from_db()
    assert (held.state, Fund.objects.get().committed_idr) == ("proposed", 0)
    secretary = acting("penyetuju")
    assert secretary.post(f"/persetujuan/usulan/{held.pk}/putus/", {"approve": "1"}).status_code == 302
    held.refresh_from_db()
    assert (held.state, Fund.objects.get().committed_idr) == ("approved", 2 * 9 * FULL)


def test_an_old_factor_is_asked_again_before_approving(tmp_path: Path, acting: Acting) -> None:
    held = _proposed(tmp_path)
    client: Client = acting("penyetuju")
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    pressed = client.post(f"/persetujuan/usulan/{held.pk}/putus/", {"approve": "1"})
    assert pressed["Location"].startswith("/masuk/") or "reauthenticate" in pressed["Location"]
    held.refresh_from_db()
    assert held.state == "proposed"


def test_a_refusal_comes_back_to_its_maker_with_the_reason(tmp_path: Path, acting: Acting) -> None:
    maker = acting("disnakertrans")
    held = _proposed(tmp_path, by=maker.officer.username)
    head = acting("penyetuju")
    without = head.post(f"/persetujuan/usulan/{held.pk}/putus/", {"reason": "tidak"})
    assert without["Location"] == f"/persetujuan/usulan/{held.pk}/"
    head.post(f"/persetujuan/usulan/{held.pk}/putus/", {"reason": WHY})
    held.refresh_from_db()
    assert (held.state, held.refusal) == ("refused", WHY)
    assert "usulan dana dikembalikan dengan alasan" in _text(maker.get("/"))
    assert WHY in _text(maker.get("/usulan/2026-04/"))
    assert "usulan dana dikembalikan" not in _text(acting("disnakertrans").get("/"))


def test_decree_and_batches_pass_through_the_checker(tmp_path: Path, acting: Acting) -> None:
    maker = acting("disnakertrans")
    who = maker.officer.username
    funding.approve(_proposed(tmp_path, by=who), by="sekda")
    assert "Susun SK dari dana" in _text(maker.get("/surat/2026-04/"))
    actions.decree(APRIL, by=who)
    # The button is there while somebody stands in no decree.
    assert "Susun SK dari dana" not in _text(maker.get("/surat/2026-04/"))
    held = Decree.objects.get()
    head = acting("penyetuju")
    assert [paper.kind for paper in unsigned.papers()] == ["sk"]
    annex = head.post(f"/surat/sk/{held.pk}/lampiran/")
    read = Entry.objects.get(action="enrolment.print")
    assert (read.actor, read.subject) == (head.officer.username, f"lampiran {held.number}")
    assert annex.content.startswith(b"%PDF")
    signed = {"approve": "1", "number": "188.45/210/NAKERTRANS/2026", "date": "02-04-2026"}
    assert head.post(f"/persetujuan/sk/{held.pk}/putus/", signed).status_code == 302
    held.refresh_from_db()
    assert (held.number, held.date) == ("188.45/210/NAKERTRANS/2026", dt.date(2026, 4, 2))
    actions.make_batches(APRIL, by=who)
    assert "Rp33.600" in _text(head.get("/persetujuan/berkas/2026-04/"))
    assert head.post("/persetujuan/berkas/2026-04/putus/", {"approve": "1"}).status_code == 302
    one = Batch.objects.get()
    assert (one.state, one.approved_by) == ("approved", head.officer.username)
    file = maker.post(f"/surat/berkas/{one.pk}/unduh/")
    assert file.content[:2] == b"PK"
    assert "NIK" not in str(file["Content-Disposition"])
    cover = maker.post("/surat/2026-04/pengantar/")
    assert cover.content.startswith(b"%PDF")
    assert unsigned.papers() == []


def test_refused_batches_come_back_and_are_made_again(tmp_path: Path, acting: Acting) -> None:
    maker = acting("disnakertrans")
    decreed(tmp_path, 2)
    actions.make_batches(APRIL, by=maker.officer.username)
    head = acting("penyetuju")
    head.post("/persetujuan/berkas/2026-04/putus/", {"reason": WHY})
    assert Batch.objects.get().state == "refused"
    assert "dikembalikan dengan alasan" in _text(maker.get("/"))
    assert WHY in _text(maker.get("/surat/2026-04/"))
    actions.make_batches(APRIL, by=maker.officer.username)
    assert "dikembalikan dengan alasan" not in _text(maker.get("/"))
    assert sorted(Batch.objects.values_list("state", flat=True)) == ["draft", "refused"]


def test_a_long_paper_is_approved_behind_its_page_and_once(
    tmp_path: Path, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "AT_ONCE", 1)
    held = _proposed(tmp_path)
    head = acting("penyetuju")
    door = f"/persetujuan/usulan/{held.pk}/putus/"
    first = head.post(door, {"approve": "1"})
    assert first["Location"].startswith("/pekerjaan/setujui-usulan-")
    assert head.post(door, {"approve": "1"})["Location"] == first["Location"]
    behind = Work.objects.get()
    kinds()["approve"].run(behind.arguments, lambda _done, _of, _sentence: None)
    held.refresh_from_db()
    assert (held.state, held.approved_by) == ("approved", head.officer.username)


def test_files_made_after_the_page_was_read_are_not_approved_with_it(tmp_path: Path) -> None:
    decreed(tmp_path, 2)
    (made,) = actions.make_batches(APRIL, by="pengolah")
    whole = {"paper": "berkas", "key": "2026-04", "by": "sekda", "limit_idr": None}
    with pytest.raises(Refused, match="berkas-berubah"):
        kinds()["approve"].run({**whole, "drafts": [made.pk, made.pk + 1]}, lambda *_: None)
    assert Batch.objects.get().state == "draft"
    kinds()["approve"].run({**whole, "drafts": [made.pk]}, lambda *_: None)
    assert Batch.objects.get().state == "approved"


# The insurer


def test_an_answer_file_is_taken_over_or_held(tmp_path: Path, acting: Acting) -> None:
    decreed(tmp_path, 3)
    lines = delivered(APRIL, tmp_path / "keluar").sort("REFERENSI")
    said = [
        (lines["REFERENSI"][0], "DITERIMA", None, None, "2026-04"),
        (lines["REFERENSI"][1], "DITERIMA", None, None, "2026-04"),
        (lines["REFERENSI"][2], "DITOLAK", "DATA-BEDA", "nama beda", None),
    ]
    client = acting("disnakertrans")
    wrong = answer(tmp_path / "jawaban-a.xlsx", lines["batch"][0], said, totals=(3, 3, 0, 0))
    held = went_on(client, client.post("/surat/jawaban/", {"file": _sent(wrong)}))
    assert "Angka kendali tidak sama dengan isinya: tidak ada yang diambil." in _text(held)
    strange = SimpleUploadedFile("jawaban.csv", b"a,b\n1,2\n")
    refused = _text(went_on(client, client.post("/surat/jawaban/", {"file": strange})))
    assert "kolom REFERENSI, STATUS, KODE, KETERANGAN, BULAN MULAI tidak ada" in refused
    assert "Tidak ada yang disimpan." in refused
    assert PersonMonth.objects.filter(state="enrolled").count() == 0
    # Several at once, under whatever name the branch gave them.
    halves = [
        answer(tmp_path / "cabang 1.xlsx", lines["batch"][0], said[:1]),
        answer(tmp_path / "cabang 2.xlsx", lines["batch"][0], said[1:]),
    ]
    body = _text(went_on(client, client.post("/surat/jawaban/", {"file": [_sent(half) for half in halves]})))
    assert "3 baris diambil, 0 tidak cocok." in body
    assert Work.objects.latest("pk").arguments["file_name"] == "cabang_1.xlsx (+1)"
    body = _text(client.get("/surat/2026-04/"))
    assert "Nama atau tanggal lahir berbeda dari Dukcapil." in body
    batch = Batch.objects.get()
    assert "AMAQ UJI" in _text(client.get(f"/surat/berkas/{batch.pk}/"))
    # Whoever reads sums only sees no name there.
    assert "AMAQ UJI" not in _text(acting("bpkad").get(f"/surat/berkas/{batch.pk}/"))


def test_a_wrong_bill_is_named_and_a_right_one_takes_its_place(tmp_path: Path, acting: Acting) -> None:
    decreed(tmp_path, 3)
    accepted(delivered(APRIL, tmp_path / "keluar"), tmp_path / "masuk", APRIL)
    client = acting("disnakertrans")
    over = bill(tmp_path / "tagihan-1.xlsx", [("T-1", WADAH, "2026-04", 4, FULL)])
    body = _text(went_on(client, client.post("/tagihan/masukkan/", {"file": _sent(over)})))
    assert "1 tagihan diterima; 0 tagihan sekarang cocok dengan daftar." in body
    body = _text(client.get("/tagihan/2026-04/"))
    assert "-Rp16.800" in body
    assert "berbeda" in body
    assert "tidak terjelaskan" in body
    assert "tagihan BPJS berbeda dengan daftar kita" in _text(client.get("/"))
    good = bill(tmp_path / "tagihan-2.xlsx", [("T-2", WADAH, "2026-04", 3, FULL)])
    body = _text(went_on(client, client.post("/tagihan/masukkan/", {"file": _sent(good)})))
    assert "1 menggantikan tagihan lama." in body
    assert {b.number: b.state for b in Bill.objects.all()} == {"T-1": "withdrawn", "T-2": "matched"}
    body = _text(client.get("/tagihan/2026-04/"))
    assert "1 dari 1 wadah cocok" in body
    first = client.post("/tagihan/2026-04/berita-acara/")
    again = client.post("/tagihan/2026-04/berita-acara/")
    assert first.content.startswith(b"%PDF")
    assert first.content == again.content
