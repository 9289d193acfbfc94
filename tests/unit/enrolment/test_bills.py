"""Bills recomputed to the rupiah, payments that are whole, arrears that lapse, months given back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.unit.enrolment.offices import FULL, accepted, bill, decreed, delivered, sp2d, states

from jaring.enrolment import actions, blocked, standing
from jaring.enrolment.models import Bill, Discrepancy, Mutation, PersonMonth
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.funding import register
from jaring.funding.models import Fund
from jaring.journal.actions import broken_at
from jaring.journal.models import Entry
from jaring.ledger.balance import by_fund
from jaring.world import papers

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE, JULY, AUGUST = (Month(2026, n) for n in range(4, 9))
WADAH = "SG-DBHCHT"


def enrolled(folder: Path, count: int, months: int = 9) -> list[int]:
    people = decreed(folder, count, months=months).sort("nik")
    accepted(delivered(APRIL, folder / "keluar"), folder / "masuk", APRIL)
    ids: list[int] = people["person_id"].to_list()
    return ids


def died(person: int, day: dt.date, kind: str = "meninggal") -> dict[str, int]:
    import polars as pl

    frame = pl.DataFrame({"person_id": [person], "kind": [kind], "event_date": [day], "proof": ["Akta 1"]})
    return actions.mutate(frame, by="staf")


def billed(folder: Path, month: Month, people: int, number: str | None = None) -> dict[str, int]:
    name = number or f"T-{month}"
    bill(folder / "masuk" / f"tagihan-{name}.xlsx", [(name, WADAH, str(month), people, FULL)])
    return actions.read_bills(folder / "masuk", by="staf")


def paid(folder: Path, number: str, bills: str, amount: int) -> dict[str, int]:
    path = sp2d(folder / "masuk" / f"sp2d-{number}.xlsx", [(number, "30-04-2026", bills, amount)])
    return actions.read_payments(path, by="bpkad")


def test_a_bill_that_matches_is_a_debt_and_only_the_sp2d_makes_it_paid(tmp_path: Path) -> None:
    enrolled(tmp_path, 3)
    assert billed(tmp_path, APRIL, 3)["matched"] == 1
    assert states(APRIL) == {"billed": 3}
    owed = by_fund().row(0, named=True)
    assert (owed["utang_idr"], owed["realisasi_idr"], owed["komitmen_idr"]) == (3 * FULL, 0, 27 * FULL)
    assert paid(tmp_path, "S1", "T-2026-04", 3 * FULL)["months"] == 3
    assert states(APRIL) == {"paid": 3}
    after = by_fund().row(0, named=True)
    assert (after["utang_idr"], after["realisasi_idr"], after["komitmen_idr"]) == (0, 3 * FULL, 24 * FULL)
    assert register.disagreements().is_empty()
    # The number again, with the same or other content.
    assert paid(tmp_path, "S1", "T-2026-04", 3 * FULL)["months"] == 0
    assert paid(tmp_path, "S1", "T-2026-04", 2 * FULL)["told"] == 1


def test_a_difference_is_named_and_not_paid(tmp_path: Path) -> None:
    """April's dead is still on May's bill: the line has a name, and the bill waits for a right one."""
    one, *_ = enrolled(tmp_path, 3)
    billed(tmp_path, APRIL, 3)
    died(one, dt.date(2026, 4, 20))
    actions.make_batches(MAY, by="staf")
    got = billed(tmp_path, MAY, 3)
    assert (got["matched"], got["different"]) == (0, 1)
    [line] = Discrepancy.objects.filter(settled_at__isnull=True)
    assert (line.code, line.person_id, line.amount_idr) == ("henti-belum-dijawab", one, FULL)
    assert "meninggal 20-04-2026" in line.sentence
    assert paid(tmp_path, "S1", "T-2026-05", 3 * FULL)["told"] == 1
    assert states(MAY) == {"enrolled": 2, "stopped": 1}
    # The insurer bills May anew; the named line is settled.
    again = billed(tmp_path, MAY, 2, number="T-2026-05-R1")
    assert (again["withdrawn"], again["matched"], again["different"]) == (1, 1, 0)
    assert not Discrepancy.objects.filter(settled_at__isnull=True, bill__isnull=False).exists()
    assert states(MAY) == {"billed": 2, "stopped": 1}
    # The SP2D that came too early is told; with the right bill it is booked and settled.
    early = sp2d(tmp_path / "masuk" / "sp2d-2.xlsx", [("S2", "31-05-2026", "T-2026-05-R2", 2 * FULL)])
    assert actions.read_payments(early, by="bpkad")["told"] == 1
    billed(tmp_path, MAY, 2, number="T-2026-05-R2")
    assert actions.read_payments(early, by="bpkad")["months"] == 2
    assert not Discrepancy.objects.filter(
        key__startswith="sp2d", paper="sp2d-2.xlsx", settled_at=None
    ).exists()


def test_one_faulty_sp2d_of_a_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """Many are booked together; each still stands or falls by itself, and has its own journal entry."""
    enrolled(tmp_path, 3)
    for month in (APRIL, MAY):
        actions.make_batches(month, by="staf")
        billed(tmp_path, month, 3)
    rows = [
        ("S1", "30-04-2026", "T-2026-04", 3 * FULL),
        ("S2", "31-05-2026", "T-2026-05", 3 * FULL - 1),
        # The same bill a second time.
        ("S3", "30-04-2026", "T-2026-04", 3 * FULL),
    ]
    path = sp2d(tmp_path / "masuk" / "sp2d-1.xlsx", rows)
    counts = actions.read_payments(path, by="bpkad")
    assert (counts["payments"], counts["months"], counts["told"]) == (1, 3, 2)
    assert states(APRIL) == {"paid": 3}
    assert states(MAY) == {"billed": 3}
    assert Fund.objects.get().spent_idr == 3 * FULL
    told = Discrepancy.objects.filter(paper="sp2d-1.xlsx").order_by("key").values_list("code", flat=True)
    assert list(told) == ["nilai-sp2d-beda", "tagihan-belum-cocok"]
    path = sp2d(tmp_path / "masuk" / "sp2d-2.xlsx", [rows[0], ("S4", "31-05-2026", "T-2026-05", 3 * FULL)])
    counts = actions.read_payments(path, by="bpkad")
    assert (counts["payments"], counts["months"], counts["told"]) == (1, 3, 0)
    booked = Entry.objects.filter(action="enrolment.record_payment").order_by("seq")
    assert [one.subject for one in booked] == ["S1", "S4"]
    assert broken_at() is None
    assert register.disagreements().is_empty()


def test_a_difference_without_a_known_cause_says_so(tmp_path: Path) -> None:
    enrolled(tmp_path, 3)
    billed(tmp_path, APRIL, 5)
    [line] = Discrepancy.objects.all()
    assert (line.code, line.amount_idr) == ("selisih-tanpa-nama", 2 * FULL)
    assert "5 orang" in line.sentence
    assert "3 orang" in line.sentence


def test_a_bill_that_does_not_add_up_does_not_match(tmp_path: Path) -> None:
    enrolled(tmp_path, 2)
    row = ("T1", "1", WADAH, "2026-04", 2, 2 * 10_000, 2 * 6_800 - 1, 0, 0, 2 * FULL)
    papers.book(tmp_path / "masuk" / "tagihan-1.xlsx", {"tagihan": (papers.BILL, [row])})
    assert actions.read_bills(tmp_path / "masuk", by="staf")["matched"] == 0
    assert Discrepancy.objects.get().code == "tagihan-tidak-berjumlah"


def test_a_bill_number_keeps_its_figures(tmp_path: Path) -> None:
    enrolled(tmp_path, 2)
    billed(tmp_path, APRIL, 2)
    bill(tmp_path / "masuk" / "tagihan-lain.xlsx", [("T-2026-04", WADAH, "2026-04", 9, FULL)])
    assert actions.read_bills(tmp_path / "masuk", by="staf")["told"] == 1
    assert Bill.objects.get().people == 2
    assert states(APRIL) == {"billed": 2}


def test_an_answer_that_comes_after_the_bill_makes_it_match(tmp_path: Path) -> None:
    decreed(tmp_path, 2)
    lines = delivered(APRIL, tmp_path / "keluar")
    assert billed(tmp_path, APRIL, 2)["different"] == 1
    assert set(Discrepancy.objects.values_list("code", flat=True)) == {"menunggu-jawaban"}
    accepted(lines, tmp_path / "masuk", APRIL)
    assert actions.recheck(by="staf") == 1
    assert states(APRIL) == {"billed": 2}
    assert not Discrepancy.objects.filter(settled_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("bills", "amount", "code"),
    [
        ("T-2026-04", 2 * FULL - 1, "nilai-sp2d-beda"),
        ("T-2026-04;T-2026-99", 2 * FULL, "tagihan-tak-dikenal"),
        ("", 2 * FULL, "tagihan-tak-dikenal"),
        ("T-2026-04", 0, "sp2d-tidak-lengkap"),
    ],
)
def test_an_sp2d_that_is_not_its_bills_books_nothing(
    tmp_path: Path, bills: str, amount: int, code: str
) -> None:
    enrolled(tmp_path, 2)
    billed(tmp_path, APRIL, 2)
    with pytest.raises(Refused, match=code):
        actions.record_payment(
            "S1",
            date=dt.date(2026, 4, 30),
            amount_idr=amount,
            bills=[b for b in bills.split(";") if b],
            document="SP2D",
            by="bpkad",
        )
    assert states(APRIL) == {"billed": 2}
    assert Fund.objects.get().spent_idr == 0


def test_three_months_are_borne_and_the_fourth_lapses(tmp_path: Path) -> None:
    """PP 44/2015 Art. 39 and 42: more than three consecutive months unpaid."""
    enrolled(tmp_path, 1)
    for month in (APRIL, MAY, JUNE, JULY):
        actions.make_batches(month, by="staf")
        billed(tmp_path, month, 1)
        closed = actions.month_close(month, by="staf")
        assert closed["overdue"] == 1
        assert closed["lapsed"] == (4 if month == JULY else 0)
    assert states(APRIL) == states(JULY) == {"lapsed": 1}
    numbers = [f"T-{m}" for m in (APRIL, MAY, JUNE, JULY)]
    with pytest.raises(Refused, match="bulan-tidak-sama-dengan-tagihan"):
        actions.record_payment(
            "S1", date=dt.date(2026, 8, 3), amount_idr=4 * FULL, bills=numbers, document="SP2D", by="bpkad"
        )
    # August is not carried on: the insurer must be told to go on.
    actions.make_batches(AUGUST, by="staf")
    assert states(AUGUST) == {"decreed": 1}
    for month in (APRIL, MAY, JUNE, JULY):
        assert actions.reinstate(month, WADAH, document="Surat cabang 1", by="staf") == 1
    months = actions.record_payment(
        "S1", date=dt.date(2026, 8, 3), amount_idr=4 * FULL, bills=numbers, document="SP2D", by="bpkad"
    )
    assert months == 4


def test_a_death_told_late_is_recovered_from_the_insurer(tmp_path: Path) -> None:
    one, _ = enrolled(tmp_path, 2)
    for month in (APRIL, MAY):
        actions.make_batches(month, by="staf")
        billed(tmp_path, month, 2)
        paid(tmp_path, f"S-{month}", f"T-{month}", 2 * FULL)
    counts = died(one, dt.date(2026, 4, 9))
    assert counts["months"] == 7
    assert PersonMonth.objects.filter(person_id=one, state="paid").count() == 2
    owed = actions.recoverable()
    assert owed.select("person_id", "month", "iuran_idr").rows() == [(one, MAY.first, FULL)]
    assert actions.reverse(owed["person_month_id"].to_list(), document="BA 7", by="staf") == 1
    assert states(MAY) == {"paid": 1, "stopped": 1}
    assert by_fund().row(0, named=True)["piutang_idr"] == FULL
    assert actions.recoverable().is_empty()
    assert actions.reverse(owed["person_month_id"].to_list(), document="BA 7", by="staf") == 0
    # Seven months ahead went back to the fund; the paid one waits for the insurer.
    assert Fund.objects.get().committed_idr == 18 * FULL - 7 * FULL


def test_a_claim_waits_for_the_month_of_death_alone(tmp_path: Path) -> None:
    one, two = enrolled(tmp_path, 2)
    billed(tmp_path, APRIL, 2)
    died(one, dt.date(2026, 4, 25))
    died(two, dt.date(2026, 4, 26), kind="pindah")
    held = blocked.blocked_claims()
    assert held.select("person_id", "state", "new_member", "jkm_benefit_idr").rows() == [
        (one, "billed", True, 10_000_000)
    ]
    assert standing.of(APRIL)["blocked_idr"] == 10_000_000
    assert states(APRIL) == {"billed": 2}
    assert states(MAY) == {"stopped": 2}
    paid(tmp_path, "S1", "T-2026-04", 2 * FULL)
    assert blocked.blocked_claims().is_empty()


def test_mutations_that_cannot_be_taken_are_told(tmp_path: Path) -> None:
    enrolled(tmp_path, 3)
    header = ["NIK", "NAMA", "JENIS", "TANGGAL", "BUKTI"]
    nik = "520307010180{:04d}".format
    rows = [
        (nik(1), "Amaq Uji Ak", "MENINGGAL", "12-05-2026", "Akta 1"),
        (nik(2), "SITI LAIN", "MENINGGAL", "12-05-2026", "Akta 2"),
        (nik(3), "AMAQ UJI CK", "MENINGGAL", "12-05-2026", None),
        (nik(3), "AMAQ UJI CK", "HILANG", "12-05-2026", "Surat"),
        (nik(3), "AMAQ UJI CK", "PINDAH", "31-02-2026", "Surat"),
        (nik(99), "AMAQ UJI ZZ", "PINDAH", "12-05-2026", "Surat"),
        ("123", "AMAQ UJI ZZ", "PINDAH", "12-05-2026", "Surat"),
    ]
    path = tmp_path / "masuk" / "mutasi-mei.xlsx"
    papers.book(path, {"mutasi": (header, rows)})
    counts = actions.read_mutations(path, by="staf")
    assert (counts["mutations"], counts["told"], counts["months"]) == (1, 6, 7)
    assert Mutation.objects.get().from_month == JUNE.first
    assert sorted(Discrepancy.objects.values_list("code", flat=True)) == [
        "jenis-tak-dikenal",
        "nama-tidak-cocok",
        "nik-tidak-sah",
        "orang-tak-dikenal",
        "tanggal-tak-terbaca",
        "tanpa-bukti",
    ]
    assert not any(nik(n)[:12] in d.sentence for n in range(100) for d in Discrepancy.objects.all())
    again = actions.read_mutations(path, by="staf")
    assert (again["mutations"], again["known"], again["months"]) == (0, 1, 0)
    assert Discrepancy.objects.count() == 6


def test_who_leaves_before_the_answer_is_not_enrolled_by_it(tmp_path: Path) -> None:
    one, _ = decreed(tmp_path, 2).sort("nik")["person_id"].to_list()
    lines = delivered(APRIL, tmp_path / "keluar")
    died(one, dt.date(2026, 4, 1), kind="bekerja")
    accepted(lines, tmp_path / "masuk", APRIL)
    assert states(APRIL) == {"enrolled": 1, "stopped": 1}
    # The insurer has them now, so it is asked to stop.
    [batch] = actions.make_batches(MAY, by="staf")
    assert (batch.people, batch.iuran_idr) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "day", "first"),
    [
        ("meninggal", dt.date(2026, 5, 1), JUNE),
        ("meninggal", dt.date(2026, 5, 31), JUNE),
        ("mandiri", dt.date(2026, 5, 1), MAY),
        ("pmi", dt.date(2026, 5, 2), JUNE),
    ],
)
def test_from_which_month_somebody_is_gone(tmp_path: Path, kind: str, day: dt.date, first: Month) -> None:
    """A death always leaves its own month covered; a change on a first day takes that month with it."""
    [one] = enrolled(tmp_path, 1)
    died(one, day, kind)
    stopped = PersonMonth.objects.filter(person_id=one, state="stopped").order_by("month")
    assert stopped.first().month == first.first  # type: ignore[union-attr]
    assert stopped.count() == 12 - first.number + 1


def test_a_due_date_that_is_a_holiday_waits_for_the_next_working_day(tmp_path: Path) -> None:
    """15 August 2026 is a Saturday, Monday the 17th the day of independence; of 2030 no decree is known."""
    for month in ("2026-08", "2030-06"):
        bill(tmp_path / "masuk" / f"tagihan-{month}.xlsx", [(f"T-{month}", WADAH, month, 1, FULL)])
    actions.read_bills(tmp_path / "masuk", by="staf")
    due = dict(Bill.objects.values_list("number", "due"))
    assert due == {"T-2026-08": dt.date(2026, 8, 18), "T-2030-06": dt.date(2030, 6, 17)}
