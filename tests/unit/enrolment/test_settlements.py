"""A bill that differs from our list: compared, settled by two people and two signatures, then paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.unit.enrolment.offices import FULL, accepted, decreed, delivered, made_up, states
from tests.unit.enrolment.test_bills import APRIL, MAY, WADAH, billed, died, enrolled, paid

from jaring.enrolment import actions, actions_settle, billcompare, settling
from jaring.enrolment.models import Bill, BillLine, PersonMonth, Settlement
from jaring.facts.reason import Refused
from jaring.funding import register
from jaring.funding.models import Award, Fund, Release
from jaring.journal.actions import broken_at
from jaring.journal.models import Entry
from jaring.ledger.balance import by_fund
from jaring.world import papers

pytestmark = pytest.mark.django_db
JKM = 6_800
WHY = "dicocokkan bersama cabang pada rapat bulanan"


def named(
    folder: Path, people: Sequence[tuple[int, int]], number: str = "T1", month: str = "2026-04"
) -> Bill:
    """A bill that names people of ``made_up`` by their number, each with a sum; beyond 900 nobody we know."""
    known = made_up(20)
    rows = []
    for n, idr in people:
        nik = known["nik"][n - 1] if n < 900 else f"520307010170{n:04d}"
        name = known["name"][n - 1] if n < 900 else "INAQ ASING"
        rows.append((number, nik, name, idr))
    total = sum(idr for _, idr in people)
    jkm = JKM * len(people)
    head = (number, "8801", WADAH, month, len(people), total - jkm, jkm, 0, 0, total)
    path = folder / "masuk" / f"tagihan-{number}.xlsx"
    papers.book(
        path, {"tagihan": (papers.BILL, [head]), "rincian": (("NOMOR TAGIHAN", "NIK", "NAMA", "IURAN"), rows)}
    )
    actions.read_bills(path, by="staf")
    return Bill.objects.get(number=number)


def settled(bill: Bill, *, released: Sequence[int] = ()) -> Settlement:
    one = actions_settle.propose(bill, "accept", WHY, by="staf", released=released)
    actions_settle.approve(one, by="kabid")
    return actions_settle.sign(one, signed_on=timezone.localdate(), by="staf")


def codes(bill: Bill) -> dict[str, int]:
    return {row["code"]: row["people"] for row in settling.compared(bill)}


def sound() -> None:
    """Counters, awards and ledger tell the same; the journal is whole."""
    assert register.disagreements().is_empty()
    assert broken_at() is None


def test_a_bill_that_names_exactly_our_people_matches(tmp_path: Path) -> None:
    enrolled(tmp_path, 3)
    assert named(tmp_path, [(1, FULL), (2, FULL), (3, FULL)]).state == "matched"
    assert states(APRIL) == {"billed": 3}


def test_the_same_number_and_sum_of_other_people_does_not_match(tmp_path: Path) -> None:
    """Three on both sides, Rp50.400 on both sides, and one of them is nobody whom we know."""
    enrolled(tmp_path, 3)
    bill = named(tmp_path, [(1, FULL), (2, FULL), (901, FULL)])
    assert (bill.state, bill.people, bill.billed_idr) == ("different", bill.own_people, bill.recomputed_idr)
    assert codes(bill) == {"orang-tak-dikenal": 1, "tidak-ditagih": 1}
    told = {d.code: (d.person_id is None, d.amount_idr) for d in bill.differences.filter(settled_at=None)}
    assert told == {"orang-tak-dikenal": (True, FULL), "tidak-ditagih": (False, -FULL)}


def test_programmes_that_were_exchanged_are_shown(tmp_path: Path) -> None:
    """The sum is right and is paid; that JKK and JKM stand in each other's place is on the bill's page."""
    enrolled(tmp_path, 2)
    row = ("T1", "1", WADAH, "2026-04", 2, 2 * JKM, 2 * 10_000, 0, 0, 2 * FULL)
    papers.book(tmp_path / "masuk" / "tagihan-1.xlsx", {"tagihan": (papers.BILL, [row])})
    assert actions.read_bills(tmp_path / "masuk", by="staf")["matched"] == 1
    shares = settling.programmes(Bill.objects.get())
    assert [(r["programme"], r["difference_idr"], r["rounding"]) for r in shares] == [
        ("JKK", 6_400, False),
        ("JKM", -6_400, False),
    ]


def test_who_is_on_theirs_alone_and_why(tmp_path: Path) -> None:
    """Each reason that a name on the bill can have, and one whose line stands twice."""
    people = decreed(tmp_path, 5).sort("nik")["person_id"].to_list()
    lines = delivered(APRIL, tmp_path / "keluar")
    # Four are answered for; the fifth waits. The first dies in April and is billed in May.
    accepted(lines.filter(lines["NIK"] != made_up(5)["nik"][4]), tmp_path / "masuk", APRIL)
    died(people[0], dt.date(2026, 4, 20))
    actions.make_batches(MAY, by="staf")
    bill = named(
        tmp_path, [(1, FULL), (2, FULL), (2, FULL), (3, FULL - 800), (5, FULL), (901, FULL)], month="2026-05"
    )
    assert codes(bill) == {
        "jumlah-beda": 1,
        "henti-belum-dijawab": 1,
        "menunggu-jawaban": 1,
        "orang-tak-dikenal": 1,
        "baris-ganda": 1,
        "tidak-ditagih": 1,
    }
    [gone] = settling.people(bill, "henti-belum-dijawab")
    assert (gone["cause"], gone["event_date"]) == ("meninggal", dt.date(2026, 4, 20))
    sentences = " ".join(bill.differences.values_list("sentence", flat=True))
    assert "meninggal 20-04-2026" in sentences
    assert "Baris 7 lembar rincian: tidak dikenal" in sentences
    assert not any(nik in sentences for nik in made_up(5)["nik"])
    assert BillLine.objects.filter(bill=bill, person_id=None).count() == 1


def test_a_settlement_pays_what_both_hold_right_to_the_rupiah(tmp_path: Path) -> None:
    """Of six lines four are paid, one of them lower; the dead, the doubled, the unknown are chased."""
    people = decreed(tmp_path, 5).sort("nik")["person_id"].to_list()
    lines = delivered(APRIL, tmp_path / "keluar")
    accepted(lines.filter(lines["NIK"] != made_up(5)["nik"][4]), tmp_path / "masuk", APRIL)
    died(people[0], dt.date(2026, 4, 20))
    actions.make_batches(MAY, by="staf")
    before = Fund.objects.get().committed_idr
    bill = named(
        tmp_path, [(1, FULL), (2, FULL), (2, FULL), (3, FULL - 800), (5, FULL), (901, FULL)], month="2026-05"
    )
    one = actions_settle.propose(bill, "accept", WHY, by="staf")
    # Two, three (lower) and five (recognised); four is not billed: not owed.
    agreed = FULL + FULL - 800 + FULL
    assert (one.people, one.agreed_idr, one.released_idr) == (3, agreed, FULL + 800)
    assert one.unacknowledged_idr == bill.billed_idr - agreed == 3 * FULL
    # Nothing has moved for having been proposed and approved.
    actions_settle.approve(one, by="kabid")
    assert (Fund.objects.get().committed_idr, Bill.objects.get(pk=bill.pk).state) == (before, "different")
    actions_settle.sign(one, signed_on=timezone.localdate(), by="staf")
    bill.refresh_from_db()
    assert (bill.state, bill.agreed_people, bill.owed_idr) == ("matched", 3, agreed)
    assert bill.billed_idr == 6 * FULL - 800
    assert states(MAY) == {"billed": 3, "stopped": 2}
    assert Fund.objects.get().committed_idr == before - FULL - 800
    owed = by_fund().row(0, named=True)
    assert (owed["utang_idr"], owed["realisasi_idr"]) == (agreed, 0)
    sound()
    freed = dict(Release.objects.exclude(reason="meninggal").values_list("reason", "amount_idr"))
    assert freed == {"disepakati-tidak-terutang": FULL, "disepakati-lebih-rendah": 800}
    chased = bill.differences.filter(settled_at=None).values_list("code", "amount_idr")
    assert sorted(chased) == [
        ("baris-ganda", FULL),
        ("henti-belum-dijawab", FULL),
        ("orang-tak-dikenal", FULL),
    ]
    # The unknown one has no month of ours.
    assert PersonMonth.objects.filter(month=MAY.first).count() == 5
    # Paid at what was agreed, not at what was billed.
    assert paid(tmp_path, "S0", "T1", bill.billed_idr)["told"] == 1
    assert paid(tmp_path, "S1", "T1", agreed)["months"] == 3
    assert states(MAY) == {"paid": 3, "stopped": 2}
    assert Fund.objects.get().spent_idr == agreed
    sound()
    # The months after the one that was not billed still stand.
    assert PersonMonth.objects.get(person_id=people[3], month=dt.date(2026, 6, 1)).state == "decreed"
    with pytest.raises(Refused, match="tagihan-sudah-dibayar"):
        actions_settle.propose(bill, "accept", WHY, by="staf")


def test_who_leaves_after_a_settlement_gives_back_the_rest_once(tmp_path: Path) -> None:
    """The released month is not given back twice, whether the leaver's months begin with it or before."""
    one, two, *_ = enrolled(tmp_path, 3)
    billed(tmp_path, APRIL, 3)
    actions.make_batches(MAY, by="staf")
    settled(named(tmp_path, [(2, FULL), (3, FULL)], "T-mei", "2026-05"))
    assert Fund.objects.get().committed_idr == 26 * FULL
    died(one, dt.date(2026, 4, 20))
    assert Fund.objects.get().committed_idr == (26 - 7) * FULL
    died(two, dt.date(2026, 5, 20))
    sound()
    assert Award.objects.filter(person_id=one).get().total_idr == FULL


def test_a_bill_without_names_says_who_is_left_out(tmp_path: Path) -> None:
    one, *_ = enrolled(tmp_path, 3)
    billed(tmp_path, APRIL, 2)
    bill = Bill.objects.get()
    with pytest.raises(Refused, match="daftar-melebihi-tagihan"):
        actions_settle.propose(bill, "accept", WHY, by="staf")
    code = str(settling.by_codes(bill, [_code(one)]))
    assert code == f"[{one}]"
    with pytest.raises(Refused, match="kode-tak-dikenal"):
        settling.by_codes(bill, ["ffffffff"])
    settled(bill, released=[one])
    assert states(APRIL) == {"billed": 2, "stopped": 1}
    assert PersonMonth.objects.get(person_id=one, month=APRIL.first).reason == "disepakati-tidak-terutang"
    assert paid(tmp_path, "S1", "T-2026-04", 2 * FULL)["months"] == 2
    sound()


def _code(person: int) -> str:
    from jaring.people.models import Person

    return str(Person.objects.get(pk=person).public_id)[:8].upper()


def test_more_is_billed_than_listed_and_only_the_list_is_paid(tmp_path: Path) -> None:
    enrolled(tmp_path, 3)
    billed(tmp_path, APRIL, 5)
    bill = Bill.objects.get()
    one = settled(bill)
    assert (one.agreed_idr, one.unacknowledged_idr) == (3 * FULL, 2 * FULL)
    [left] = bill.differences.filter(settled_at=None)
    assert (left.code, left.amount_idr) == ("selisih-tanpa-nama", 2 * FULL)
    assert paid(tmp_path, "S1", "T-2026-04", 3 * FULL)["months"] == 3
    sound()


def test_a_bill_that_a_mutation_changed_is_paid_for_who_is_left(tmp_path: Path) -> None:
    one, *_ = enrolled(tmp_path, 3)
    actions.make_batches(MAY, by="staf")
    billed(tmp_path, MAY, 3)
    died(one, dt.date(2026, 4, 20))
    bill = Bill.objects.get()
    assert bill.state == "changed"
    settled(bill)
    assert by_fund().row(0, named=True)["utang_idr"] == 2 * FULL
    assert paid(tmp_path, "S1", "T-2026-05", 2 * FULL)["months"] == 2
    assert by_fund().row(0, named=True)["utang_idr"] == 0
    sound()


def test_a_settled_bill_that_is_replaced_owes_nothing_any_more(tmp_path: Path) -> None:
    one, two, *_ = enrolled(tmp_path, 3)
    actions.make_batches(MAY, by="staf")
    billed(tmp_path, MAY, 3)
    died(one, dt.date(2026, 4, 20))
    settled(Bill.objects.get())
    # A second mutation, and a second settlement of the same bill.
    died(two, dt.date(2026, 4, 21))
    settled(Bill.objects.get())
    assert by_fund().row(0, named=True)["utang_idr"] == FULL
    billed(tmp_path, MAY, 1, number="T-2026-05-R1")
    assert by_fund().row(0, named=True)["utang_idr"] == FULL
    assert states(MAY) == {"billed": 1, "stopped": 2}
    sound()


def test_maker_is_not_checker_and_a_limit_holds(tmp_path: Path) -> None:
    enrolled(tmp_path, 2)
    billed(tmp_path, APRIL, 3)
    one = actions_settle.propose(Bill.objects.get(), "accept", WHY, by="staf")
    with pytest.raises(Refused, match="pembuat-bukan-pemeriksa"):
        actions_settle.approve(one, by=" Staf ")
    with pytest.raises(Refused, match="di-atas-batas"):
        actions_settle.approve(one, by="kabid", limit_idr=2 * FULL - 1)
    with pytest.raises(Refused, match="bukan-pembuatnya"):
        actions_settle.withdraw(one, "salah hitung di meja saya", by="kabid")
    with pytest.raises(Refused, match="langkah-tidak-dapat"):
        actions_settle.sign(one, signed_on=timezone.localdate(), by="staf")
    # Whoever writes: the table itself holds two people.
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.filter(pk=one.pk).update(state="approved", approved_by="staf")
    actions_settle.send_back(one, "hitung ulang dengan rincian orangnya", by="kabid")
    assert Settlement.objects.get().state == "refused"
    assert Entry.objects.filter(action="enrolment.refuse_settlement").count() == 1


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    enrolled(tmp_path, 2)
    billed(tmp_path, APRIL, 3)
    bill = Bill.objects.get()
    first = actions_settle.propose(bill, "accept", WHY, by="staf")
    assert actions_settle.propose(bill, "accept", WHY, by="staf").pk == first.pk
    with pytest.raises(Refused, match="sudah-ada-penyelesaian"):
        actions_settle.propose(bill, "ask", WHY, by="staf")
    for _ in range(2):
        actions_settle.approve(first, by="kabid")
    for _ in range(2):
        actions_settle.sign(first, signed_on=timezone.localdate(), by="staf")
    assert [
        Entry.objects.filter(action=f"enrolment.{verb}_settlement").count()
        for verb in ("propose", "approve", "sign")
    ] == [1, 1, 1]
    assert by_fund().row(0, named=True)["utang_idr"] == 2 * FULL


def test_what_was_approved_is_what_is_signed(tmp_path: Path) -> None:
    """Between approval and signature somebody is reported dead: the signature is for another list."""
    one, *_ = enrolled(tmp_path, 3)
    actions.make_batches(MAY, by="staf")
    billed(tmp_path, MAY, 4)
    settlement = actions_settle.propose(Bill.objects.get(), "accept", WHY, by="staf")
    actions_settle.approve(settlement, by="kabid")
    died(one, dt.date(2026, 4, 20))
    with pytest.raises(Refused, match="keadaan-berubah"):
        actions_settle.sign(settlement, signed_on=timezone.localdate(), by="staf")
    assert states(MAY) == {"enrolled": 2, "stopped": 1}
    assert by_fund().row(0, named=True)["utang_idr"] == 0
    actions_settle.withdraw(settlement, "ada yang meninggal sesudah disetujui", by="staf")
    settled(Bill.objects.get())
    assert paid(tmp_path, "S1", "T-2026-05", 2 * FULL)["months"] == 2


def test_a_signature_has_a_day_of_its_own(tmp_path: Path) -> None:
    enrolled(tmp_path, 2)
    billed(tmp_path, APRIL, 3)
    one = actions_settle.propose(Bill.objects.get(), "accept", WHY, by="staf")
    actions_settle.approve(one, by="kabid")
    for day in (timezone.localdate() + dt.timedelta(days=1), timezone.localdate() - dt.timedelta(days=1)):
        with pytest.raises(Refused, match="tanggal-tanda-tangan"):
            actions_settle.sign(one, signed_on=day, by="staf")
    assert Settlement.objects.get().state == "approved"


def test_asking_for_another_bill_moves_nothing_and_ends_with_it(tmp_path: Path) -> None:
    enrolled(tmp_path, 2)
    billed(tmp_path, APRIL, 3)
    one = actions_settle.propose(Bill.objects.get(), "ask", WHY, by="staf")
    actions_settle.approve(one, by="kabid")
    with pytest.raises(Refused, match="tidak-ditandatangani"):
        actions_settle.sign(one, signed_on=timezone.localdate(), by="staf")
    assert billed(tmp_path, APRIL, 2, number="T-R1")["matched"] == 1
    one.refresh_from_db()
    assert (one.state, one.refusal) == ("ended", "diganti tagihan T-R1")
    assert states(APRIL) == {"billed": 2}


def test_somebody_held_back_is_not_recognised_by_a_bill(tmp_path: Path) -> None:
    from jaring.enrolment.actions_pause import pause

    people = decreed(tmp_path, 3).sort("nik")["person_id"].to_list()
    lines = delivered(APRIL, tmp_path / "keluar")
    accepted(lines.filter(lines["NIK"] != made_up(3)["nik"][2]), tmp_path / "masuk", APRIL)
    pause(people[2], APRIL, "menunggu kabar dari desanya", by="staf")
    bill = named(tmp_path, [(1, FULL), (2, FULL), (3, FULL)])
    assert codes(bill) == {"ditahan": 1}
    settled(bill)
    assert states(APRIL) == {"billed": 2, "decreed": 1}


def test_a_name_unlike_the_registers_is_nobody(tmp_path: Path) -> None:
    enrolled(tmp_path, 2)
    nik = made_up(2)["nik"]
    head = ("T1", "1", WADAH, "2026-04", 2, 2 * 10_000, 2 * JKM, 0, 0, 2 * FULL)
    rows = [("T1", nik[0], "AMAQ UJI", FULL), ("T1", nik[1], "SITI LAIN", FULL)]
    heads = ("NOMOR TAGIHAN", "NIK", "NAMA", "IURAN")
    papers.book(tmp_path / "tagihan-1.xlsx", {"tagihan": (papers.BILL, [head]), "rincian": (heads, rows)})
    actions.read_bills(tmp_path / "tagihan-1.xlsx", by="staf")
    assert codes(Bill.objects.get()) == {"orang-tak-dikenal": 1, "tidak-ditagih": 1}
    assert billcompare.named(Bill.objects.get())
