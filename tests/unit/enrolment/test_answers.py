"""The insurer's answers: matched by reference, totals at both ends, nothing guessed or doubled."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from tests.unit.enrolment.offices import (
    FULL,
    Said,
    accepted,
    answer,
    awarded,
    decreed,
    delivered,
    made_up,
    sealed,
    sent,
    states,
)

from jaring.enrolment import actions, queue
from jaring.enrolment.models import Batch, BatchLine, Discrepancy, PersonMonth, Vacancy
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.funding import register
from jaring.funding.models import Award, Fund, Release
from jaring.tables.frames import read

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE = Month(2026, 4), Month(2026, 5), Month(2026, 6)


def test_the_files_hold_text_and_their_totals(tmp_path: Path) -> None:
    people = decreed(tmp_path, 3)
    lines = delivered(APRIL, tmp_path / "keluar")
    assert sorted(lines["NIK"]) == sorted(people["nik"])
    first = lines.row(0, named=True)
    assert (first["PROGRAM"], first["IURAN"], first["BULAN MULAI"]) == ("JKK+JKM", "16800", "2026-04")
    assert (first["DESA"], first["KECAMATAN"], first["JENIS"]) == ("Pancor", "Selong", "TAMBAH")
    assert first["TANGGAL LAHIR"] == "01-01-1980"
    [path] = (tmp_path / "keluar").rglob("batch-*.xlsx")
    import openpyxl

    sheet = openpyxl.load_workbook(path)["peserta"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert all(isinstance(cell.value, str) for cell in cells)
    assert {cell.number_format for cell in cells} == {"@"}
    # Written again, the same bytes; made again, nothing new.
    before = path.read_bytes()
    assert actions.make_batches(APRIL, by="staf") == []
    assert actions.approve_batches(APRIL, tmp_path / "keluar", region=region("lotim"), by="kabid") == []
    assert path.read_bytes() == before
    # One that was lost is written again, and named.
    path.unlink()
    again = actions.approve_batches(APRIL, tmp_path / "keluar", region=region("lotim"), by="kabid")
    assert again == [path]
    assert path.read_bytes() == before


def test_no_file_holds_more_than_the_insurer_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jaring.enrolment.sending.ROWS", 4)
    decreed(tmp_path, 10)
    lines = delivered(APRIL, tmp_path / "keluar")
    names = sorted(path.name for path in (tmp_path / "keluar").rglob("*.xlsx"))
    assert names == [f"batch-2026-04-SG-DBHCHT-01-{n}.xlsx" for n in (1, 2, 3)]
    assert lines.height == lines["REFERENSI"].n_unique() == 10


def test_every_kind_of_answer(tmp_path: Path) -> None:
    people = decreed(tmp_path, 6)
    inbox = tmp_path / "masuk"
    lines = delivered(APRIL, tmp_path / "keluar").sort("NIK")
    ref = lines["REFERENSI"].to_list()
    said: list[Said] = [
        (ref[0], "DITERIMA", None, None, "2026-04"),
        (ref[1].upper(), "diterima", None, None, "2026-05"),
        (ref[2], "DITOLAK", "USIA", "usia", None),
        (ref[3], "DITOLAK", "NIK-TIDAK-SAH", "", None),
        (ref[4], "DITUNDA", None, None, None),
    ]
    counts = actions.read_answers(answer(inbox / "jawaban-1.xlsx", "B", said), by="staf")
    assert (counts["accepted"], counts["rejected"], counts["pending"], counts["told"]) == (2, 2, 1, 0)
    own = people.sort("nik")["person_id"].to_list()

    def months(person: int) -> list[str]:
        rows = PersonMonth.objects.filter(person_id=person).order_by("month")
        return list(rows.values_list("state", flat=True))

    assert months(own[0]) == ["enrolled"] + ["decreed"] * 8
    assert months(own[1]) == ["rejected"] + ["decreed"] * 8
    assert months(own[2]) == ["rejected"] * 9
    assert months(own[3]) == ["rejected"] * 9
    assert months(own[4]) == months(own[5]) == ["decreed"] * 9
    assert PersonMonth.objects.get(person_id=own[1], month=APRIL.first).reason == "MULAI-KEMUDIAN"
    # What no data can mend gives its nine months back at once; what data can mend keeps its money.
    # Who begins in May gives April back.
    assert Fund.objects.get().committed_idr == (5 * 9 - 1) * FULL
    [place] = Vacancy.objects.all()
    assert (place.left_person_id, place.reason, place.free_idr) == (own[2], "USIA", 9 * FULL)
    # The same file changes nothing; the late rest comes with another.
    assert actions.read_answers(inbox / "jawaban-1.xlsx", by="staf")["known"] == 1
    rest: list[Said] = [
        (ref[4], "DITERIMA", None, None, "2026-04"),
        (ref[5], "DITERIMA", None, None, "2026-04"),
    ]
    actions.read_answers(answer(inbox / "jawaban-1-s2.xlsx", "B", rest), by="staf")
    assert states(APRIL) == {"enrolled": 3, "rejected": 3}
    # May: the insurer has four of them without a gap; nobody is sent again.
    assert actions.make_batches(MAY, by="staf") == []
    assert states(MAY) == {"enrolled": 4, "rejected": 2}


def test_an_answer_that_comes_late_enrols_the_months_in_between(tmp_path: Path) -> None:
    decreed(tmp_path, 2)
    lines = delivered(APRIL, tmp_path / "keluar")
    assert actions.make_batches(MAY, by="staf") == []
    # Somebody new in May, so that May has a batch of its own.
    more = sealed(made_up(1, first=50))
    from tests.unit.enrolment.offices import load_fund

    load_fund(tmp_path, "APBD-2026", "apbd", 2026, 8 * FULL, (5, 12))
    awarded(MAY, more["person_id"].to_list(), "apbd", 8)
    draft = actions.decree(MAY, by="staf")
    assert draft is not None
    actions.approve_decree(draft, by="bupati")
    delivered(MAY, tmp_path / "keluar")
    accepted(lines, tmp_path / "masuk", APRIL)
    assert states(APRIL) == {"enrolled": 2}
    assert states(MAY) == {"enrolled": 2, "decreed": 1}
    assert states(JUNE) == {"decreed": 3}


def test_a_file_whose_totals_lie_moves_nothing(tmp_path: Path) -> None:
    decreed(tmp_path, 2)
    ref = delivered(APRIL, tmp_path / "keluar")["REFERENSI"].to_list()
    said: list[Said] = [(r, "DITERIMA", None, None, "2026-04") for r in ref]
    path = answer(tmp_path / "masuk" / "jawaban-x.xlsx", "B", said, totals=(3, 3, 0, 0))
    counts = actions.read_answers(tmp_path / "masuk", by="staf")
    assert (counts["held"], counts["accepted"], counts["told"]) == (1, 0, 1)
    assert states(APRIL) == {"decreed": 2}
    assert "3/3/0/0" in Discrepancy.objects.get().sentence
    assert actions.read_answers(path, by="staf")["known"] == 1


def test_what_does_not_match_is_told_and_not_taken(tmp_path: Path) -> None:
    decreed(tmp_path, 4)
    ref = delivered(APRIL, tmp_path / "keluar")["REFERENSI"].to_list()
    said: list[Said] = [
        ("00000000-0000-0000-0000-000000000000", "DITERIMA", None, None, "2026-04"),
        ("bukan referensi", "DITOLAK", "USIA", None, None),
        (ref[0], "DITERIMA", None, None, "2026-04"),
        (ref[0], "DITERIMA", None, None, "2026-04"),
        (ref[1], "DITERIMA", None, None, "2026-04"),
        (ref[1], "DITOLAK", "USIA", None, None),
        (ref[2], "DITOLAK", None, None, None),
        (ref[3], "DITERIMA", None, None, None),
    ]
    counts = actions.read_answers(answer(tmp_path / "jawaban-1.xlsx", "B", said), by="staf")
    assert (counts["accepted"], counts["rejected"]) == (1, 0)
    codes = dict(read("SELECT code, count(*) AS n FROM enrolment_discrepancy GROUP BY 1").iter_rows())
    assert codes == {
        "referensi-tak-dikenal": 2,
        "jawaban-ganda": 1,
        "jawaban-berlawanan": 2,
        "ditolak-tanpa-kode": 1,
        "tanpa-bulan-mulai": 1,
    }
    assert states(APRIL) == {"enrolled": 1, "decreed": 3}
    # An answer taken is not turned by a later file that says otherwise.
    turned: list[Said] = [(ref[0], "DITOLAK", "GANDA", None, None)]
    actions.read_answers(answer(tmp_path / "jawaban-2.xlsx", "B", turned), by="staf")
    assert BatchLine.objects.get(reference=ref[0]).state == "succ"
    assert Discrepancy.objects.filter(code="jawaban-berubah").count() == 1


def test_a_later_start_gives_the_money_of_the_months_before_it_back(tmp_path: Path) -> None:
    decreed(tmp_path, 2)
    ref = delivered(APRIL, tmp_path / "keluar")["REFERENSI"].to_list()
    assert Fund.objects.get().committed_idr == 18 * FULL
    said: list[Said] = [
        (ref[0], "DITERIMA", None, None, "2026-06"),
        (ref[1], "DITERIMA", None, None, "2026-04"),
    ]
    path = answer(tmp_path / "jawaban-1.xlsx", "B", said)
    counts = actions.read_answers(path, by="staf")
    assert (counts["accepted"], counts["refused_months"]) == (2, 2)
    # April and May of the one are free; the person stays, and nobody's place fell vacant.
    assert Fund.objects.get().committed_idr == 16 * FULL
    assert sorted(Award.objects.values_list("month_from", "total_idr", "state")) == [
        (APRIL.first, 9 * FULL, "active"),
        (JUNE.first, 7 * FULL, "active"),
    ]
    assert [(r.from_month, r.amount_idr) for r in Release.objects.all()] == [(APRIL.first, 2 * FULL)]
    assert not Vacancy.objects.exists()
    assert register.disagreements().is_empty()
    assert states(APRIL) == {"enrolled": 1, "rejected": 1}
    for month in (MAY, JUNE):
        actions.make_batches(month, by="staf")
    assert states(JUNE) == {"enrolled": 2}
    actions.read_answers(path, by="staf")
    assert Fund.objects.get().committed_idr == 16 * FULL


def test_a_draft_that_nobody_approved_cannot_be_answered(tmp_path: Path) -> None:
    decreed(tmp_path, 1)
    actions.make_batches(APRIL, by="staf")
    reference = str(BatchLine.objects.get().reference)
    counts = actions.read_answers(
        answer(tmp_path / "jawaban-1.xlsx", "B", [(reference, "DITERIMA", None, None, "2026-04")]), by="staf"
    )
    assert (counts["accepted"], counts["told"]) == (0, 1)


def test_only_mended_refusals_follow_up(tmp_path: Path) -> None:
    people = decreed(tmp_path, 3).sort("nik")
    lines = delivered(APRIL, tmp_path / "keluar").sort("NIK")
    codes = ("DATA-BEDA", "DATA-BEDA", "SUDAH-PU")
    said: list[Said] = [(r, "DITOLAK", c, None, None) for r, c in zip(lines["REFERENSI"], codes, strict=True)]
    actions.read_answers(answer(tmp_path / "jawaban-1.xlsx", "B", said), by="staf")
    assert actions.make_follow_up(MAY, by="staf") == []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET name = 'AMAQ BENAR' WHERE id = ANY(%s)",
            [[people["person_id"][0], people["person_id"][2]]],
        )
    [batch] = actions.make_follow_up(MAY, by="staf")
    assert (batch.follows, batch.people, batch.iuran_idr) == (True, 1, FULL)
    assert states(APRIL) == {"rejected": 3}
    assert states(MAY) == {"decreed": 1, "rejected": 2}
    assert actions.make_follow_up(MAY, by="staf") == []
    actions.approve_batches(MAY, tmp_path / "keluar", region=region("lotim"), by="kabid")
    again = sent(tmp_path / "keluar" / "2026-05")
    assert again["NAMA"].to_list() == ["AMAQ BENAR"]
    accepted(again, tmp_path / "masuk", MAY)
    assert states(MAY) == {"enrolled": 1, "rejected": 2}
    # Whoever nobody mended loses the place when May closes: the money goes to who waits.
    assert actions.month_close(MAY, by="staf")["places"] == 1
    assert Vacancy.objects.filter(reason="tidak-diperbaiki", month_from=MAY.first).count() == 1
    assert actions.month_close(MAY, by="staf")["places"] == 0


def test_a_place_goes_to_the_next_in_line(tmp_path: Path) -> None:
    """The quota stays whole: who left, why, on what proof, who came, from which month."""
    people = decreed(tmp_path, 3)
    waiting = sealed(made_up(2, first=90))["person_id"].to_list()
    lines = delivered(APRIL, tmp_path / "keluar").sort("NIK")
    ref = lines["REFERENSI"].to_list()
    left = people.sort("nik")["person_id"][2]
    said: list[Said] = [(r, "DITERIMA", None, None, "2026-04") for r in ref[:2]]
    said.append((ref[2], "DITOLAK", "SUDAH-PU", None, None))
    actions.read_answers(answer(tmp_path / "jawaban-1.xlsx", "B", said), by="staf")
    assert queue.vacancies()["came_person_id"].to_list() == [None]
    # Nine months at May's allocation: the free money pays eight for one of the two.
    stay = [person for person in people["person_id"] if person != left]
    awarded(MAY, [*stay, *waiting], "dbhcht", 8)
    assert queue.next_in_line()["person_id"].to_list() == [waiting[1]]
    draft = actions.decree(MAY, by="staf")
    assert draft is not None
    assert draft.people == 1
    assert actions.approve_decree(draft, by="bupati")["replacements"] == 1
    place = queue.vacancies().row(0, named=True)
    assert (place["left_person_id"], place["reason"]) == (left, "SUDAH-PU")
    assert (place["came_person_id"], place["came_from"]) == (waiting[0], MAY.first)
    assert "penerima upah" in place["proof"]
    assert states(MAY) == {"decreed": 3, "replaced": 1}
    assert Batch.objects.count() == 1
    assert [b.people for b in actions.make_batches(MAY, by="staf")] == [1]


def test_pending_is_no_answer(tmp_path: Path) -> None:
    decreed(tmp_path, 1)
    [ref] = delivered(APRIL, tmp_path / "keluar")["REFERENSI"]
    for n in (1, 2):
        # The file differs, the answer does not: still waiting.
        said: list[Said] = [(ref, "DITUNDA", None, f"menunggu {n}", None)]
        assert (
            actions.read_answers(answer(tmp_path / f"jawaban-{n}.xlsx", "B", said), by="staf")["pending"] == 1
        )
    assert states(APRIL) == {"decreed": 1}
    assert BatchLine.objects.get().state == "pdng"
    assert actions.make_batches(MAY, by="staf") == []
