"""List, bill and SP2D of a month; what falls due and what a delay costs; places and who comes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.unit.enrolment.offices import DESA, FULL, awarded, bill, load_fund, made_up, sealed
from tests.unit.enrolment.test_bills import APRIL, MAY, WADAH, billed, died, enrolled, paid

from jaring.enrolment import actions, due_calendar, reconciling, replacements
from jaring.enrolment.models import Bill
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.people.models import Person

pytestmark = pytest.mark.django_db
JUNE = Month(2026, 6)
LOTIM = region("lotim")
#: JKM of a new member's heirs and of others is the law's; here only that it is not nothing.
TODAY = dt.date(2026, 5, 20)


def one(month: Month) -> dict[str, object]:
    (line,) = reconciling.of(month, LOTIM)
    return line


def test_a_month_goes_from_no_bill_to_all_three_alike(tmp_path: Path) -> None:
    enrolled(tmp_path, 3)
    line = one(APRIL)
    assert (line["standing"], line["list_people"], line["list_idr"]) == ("belum-ditagih", 3, 3 * FULL)
    assert (line["bill_number"], line["bill_title"]) == (None, "belum ada tagihan")
    assert line["name"] == "DBHCHT Kabupaten Lombok Timur"
    billed(tmp_path, APRIL, 3)
    line = one(APRIL)
    assert (line["standing"], line["reason"], line["unpaid_idr"]) == ("cocok", "", 3 * FULL)
    assert (line["difference_people"], line["difference_idr"]) == (0, 0)
    paid(tmp_path, "S1", "T-2026-04", 3 * FULL)
    line = one(APRIL)
    assert (line["sp2d_number"], line["sp2d_date"]) == ("S1", dt.date(2026, 4, 30))
    assert (line["sp2d_idr"], line["unpaid_idr"], line["bill_title"]) == (3 * FULL, 0, "dibayar")
    assert reconciling.totals(reconciling.of(APRIL)) == {
        "list_people": 3,
        "list_idr": 3 * FULL,
        "bill_people": 3,
        "bill_idr": 3 * FULL,
        "sp2d_idr": 3 * FULL,
        "difference_idr": 0,
        "unpaid_idr": 0,
        "lines": 1,
        "agreeing": 1,
    }
    (known,) = reconciling.months()
    assert (known["month"], known["paid_idr"], known["different"]) == (APRIL.first, 3 * FULL, 0)


def test_a_difference_says_its_cause_and_nobody(tmp_path: Path) -> None:
    person, *_ = enrolled(tmp_path, 3)
    billed(tmp_path, APRIL, 3)
    died(person, dt.date(2026, 4, 20))
    actions.make_batches(MAY, by="staf")
    billed(tmp_path, MAY, 3)
    line = one(MAY)
    assert (line["standing"], line["difference_people"], line["difference_idr"]) == ("selisih", -1, -FULL)
    assert line["reason"] == ("1 orang berhenti dan permintaan hentinya belum dijawab BPJS, Rp16.800.")
    assert line["differences"] == [
        {"code": "henti-belum-dijawab", "people": 1, "amount_idr": FULL, "sentence": line["reason"]}
    ]
    public = str(Person.objects.get(pk=person).public_id)
    assert public[:8] not in str(line)


def test_a_mutation_after_the_bill_asks_for_a_new_one(tmp_path: Path) -> None:
    person, *_ = enrolled(tmp_path, 3)
    actions.make_batches(MAY, by="staf")
    billed(tmp_path, MAY, 3)
    died(person, dt.date(2026, 4, 20))
    line = one(MAY)
    assert (line["standing"], line["bill_title"]) == ("selisih", "berubah oleh mutasi")
    assert "tagihan baru" in str(line["reason"])


def test_what_was_paid_for_who_had_left_can_be_asked_back(tmp_path: Path) -> None:
    person, *_ = enrolled(tmp_path, 3)
    actions.make_batches(MAY, by="staf")
    billed(tmp_path, MAY, 3)
    paid(tmp_path, "S1", "T-2026-05", 3 * FULL)
    died(person, dt.date(2026, 4, 20))
    back = actions.recoverable()["person_month_id"].to_list()
    actions.reverse(back, document="Surat restitusi 1", by="staf")
    line = one(MAY)
    assert (line["standing"], line["difference_idr"]) == ("lebih-bayar", -FULL)
    assert "Rp16.800 dapat diminta kembali" in str(line["reason"])


def test_a_wadah_that_we_do_not_know_is_shown(tmp_path: Path) -> None:
    enrolled(tmp_path, 2)
    bill(tmp_path / "masuk" / "tagihan-x.xlsx", [("T-X", "SD-ADD-52.03.01.2001", "2026-04", 5, FULL)])
    actions.read_bills(tmp_path / "masuk", by="staf")
    lines = {line["wadah"]: line for line in reconciling.of(APRIL)}
    assert sorted(lines) == ["SD-ADD-52.03.01.2001", WADAH]
    strange = lines["SD-ADD-52.03.01.2001"]
    assert (strange["standing"], strange["list_people"], strange["bill_people"]) == ("tanpa-daftar", 0, 5)
    assert reconciling.of(JUNE)[0]["decreed_people"] == 2


def test_what_falls_due_with_who_waits_for_it(tmp_path: Path) -> None:
    person, *_ = enrolled(tmp_path, 3)
    actions.make_batches(MAY, by="staf")
    billed(tmp_path, APRIL, 3)
    died(person, dt.date(2026, 5, 3))
    billed(tmp_path, MAY, 3)
    entries = due_calendar.unpaid(on=TODAY, region=LOTIM)
    assert [entry["due"] for entry in entries] == [dt.date(2026, 4, 15), dt.date(2026, 5, 15)]
    first, second = entries
    assert (first["days"], first["people"], first["billed_idr"], first["blocked"]) == (-35, 3, 3 * FULL, 0)
    # The month of a death stays covered, and its heirs wait for its money.
    assert (second["days"], second["people"], second["blocked"]) == (-5, 3, 1)
    assert second["blocked_idr"] > 0
    assert second["lost"] == second["lost_idr"] == 0
    (row,) = second["rows"]
    assert (row["number"], row["title"], row["blocked"]) == ("T-2026-05", "cocok", 1)
    assert row["name"] == "DBHCHT Kabupaten Lombok Timur"
    sums = due_calendar.totals(entries)
    assert (sums["bills"], sums["billed_idr"], sums["late_bills"]) == (2, 6 * FULL, 2)
    assert due_calendar.unbilled() == {"blocked": 0, "blocked_idr": 0}
    paid(tmp_path, "S1", "T-2026-04; T-2026-05", 6 * FULL)
    assert due_calendar.unpaid(on=TODAY) == []


def test_a_claim_behind_a_bill_that_differs_is_not_forgotten(tmp_path: Path) -> None:
    person, *_ = enrolled(tmp_path, 3)
    died(person, dt.date(2026, 4, 20))
    assert due_calendar.unbilled()["blocked"] == 1
    billed(tmp_path, APRIL, 4)
    assert Bill.objects.get().state == "different"
    (entry,) = due_calendar.unpaid(on=TODAY)
    assert (entry["blocked"], entry["payable"], entry["payable_idr"], entry["people"]) == (1, 0, 0, 3)
    assert due_calendar.unbilled()["blocked"] == 0


def test_arrears_beyond_the_grace_are_said_to_be_lost(tmp_path: Path) -> None:
    person, *_ = enrolled(tmp_path, 2)
    for number in range(4, 9):
        month = Month(2026, number)
        actions.make_batches(month, by="staf")
        billed(tmp_path, month, 2)
    died(person, dt.date(2026, 8, 9))
    actions.mark_overdue(dt.date(2026, 10, 1), by="staf")
    entries = due_calendar.unpaid(on=dt.date(2026, 10, 1))
    last = entries[-1]
    assert (last["blocked"], last["lost"]) == (1, 1)
    assert last["lost_idr"] == last["blocked_idr"]


def test_open_places_show_who_is_next_and_names_only_when_asked(tmp_path: Path) -> None:
    people = sealed(made_up(4))["person_id"].to_list()
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, 18 * FULL, (4, 12))
    awarded(APRIL, people, "dbhcht", 9)
    draft = actions.decree(APRIL, by="staf")
    assert draft is not None
    actions.approve_decree(draft, by="bupati")
    died(people[0], dt.date(2026, 4, 20))
    (place,) = replacements.open_places().to_dicts()
    public = {p: str(Person.objects.get(pk=p).public_id) for p in people}
    assert (place["left_code"], place["next_code"]) == (public[people[0]][:8], public[people[2]][:8])
    assert (place["left_desa"], place["why"], place["months"]) == (DESA, "Meninggal dunia", 8)
    assert place["free_idr"] == 8 * FULL
    assert "AMAQ" not in str(place)
    (named,) = replacements.open_places(names=True).to_dicts()
    assert named["left_name"].startswith("AMAQ UJI")
    assert named["next_public_id"] == public[people[2]]
    assert replacements.counts() == [
        {"source": "dbhcht", "open": 1, "waiting": 0, "free_idr": 8 * FULL, "filled": 0}
    ]
    awarded(MAY, people[2:3], "dbhcht", 8)
    came = actions.decree(MAY, by="staf")
    assert came is not None
    actions.approve_decree(came, by="bupati")
    assert replacements.open_places().is_empty()
    (taken,) = replacements.filled().to_dicts()
    assert (taken["came_code"], taken["came_from"]) == (public[people[2]][:8], MAY.first)


def test_nothing_there_is_nothing_shown() -> None:
    assert reconciling.of(APRIL) == []
    assert reconciling.months() == []
    assert due_calendar.unpaid() == []
    assert replacements.open_places(names=True).is_empty()
    assert replacements.filled(names=True).is_empty()
    assert replacements.counts() == []
    assert replacements.passed_over(APRIL).is_empty()
