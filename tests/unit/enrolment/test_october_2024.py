"""The published case: Lombok Timur owed October 2024, five claims waited, one SP2D paid five months.

Source: ekbisntb.com/31/10/2024/nunggak-iuran-bpjamsostek-layangkan-tagihan-ke-pemkab-lotim; 17,195 and
Rp2.6 billion for nine months: suarantb.com/2024/08/26. People are invented.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from tests.unit.enrolment.offices import FULL, answer, awarded, bill, load_fund, sealed, sent, sp2d, states

from jaring.enrolment import actions, blocked
from jaring.enrolment.actions_mutate import KINDS
from jaring.enrolment.models import Bill, Decree, Discrepancy, Payment, Vacancy
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.facts.region import region
from jaring.funding import register
from jaring.funding.models import Fund
from jaring.journal.actions import broken_at
from jaring.tables.frames import read
from jaring.world import papers
from jaring.world.cases import october_2024

pytestmark = [pytest.mark.django_db, pytest.mark.big]

APRIL, JULY, OCTOBER, NOVEMBER = (Month(2024, n) for n in (4, 7, 10, 11))
WADAH = "SG-DBHCHT"
ENROLLED, BILLED, OWED_IDR = 17_195, 17_172, 288_489_600


def _month(month: Month, outbox: Path, inbox: Path) -> None:
    """What the office does every month: batches, approval, and the insurer's answer to each line."""
    if actions.make_batches(month, by="staf"):
        actions.approve_batches(month, outbox, region=region("lotim"), by="kabid")
        lines = sent(outbox / str(month))
        for (number,), part in lines.partition_by("batch", as_dict=True).items():
            said = [(ref, "DITERIMA", None, None, str(month)) for ref in part["REFERENSI"]]
            answer(inbox / f"jawaban-{number}.xlsx", str(number), said)
        actions.read_answers(inbox, by="staf")


def test_october_2024(tmp_path: Path) -> None:
    outbox, inbox = tmp_path / "keluar", tmp_path / "masuk"
    case = october_2024(2024)
    people = sealed(case.enrolled.select("person", "nik", "name", "birth_date", "sex", "desa_code"))
    assert people.height == ENROLLED

    # The budget is the published Rp2.6 billion, to the rupiah; the whole of it is committed.
    budget = ENROLLED * 9 * FULL
    assert budget == 2_599_884_000
    load_fund(tmp_path, "DBHCHT-2024", "dbhcht", 2024, budget, (4, 12))
    awarded(APRIL, people["person_id"].to_list(), "dbhcht", 9)
    draft = actions.decree(APRIL, by="staf")
    assert isinstance(draft, Decree)
    assert (draft.people, draft.months, draft.total_idr) == (ENROLLED, ENROLLED * 9, budget)
    with pytest.raises(Refused, match="pembuat-bukan-pemeriksa"):
        actions.approve_decree(draft, by="STAF ")
    actions.approve_decree(draft, by="bupati", number="188.45/1/KEP/2024", date=dt.date(2024, 4, 2))

    # Mutations become known in the month after the event, as the villages report them.
    mutations = case.mutations.join(people.select("person", "person_id"), on="person")
    own = dict(people.select("person_id", "person").iter_rows())
    waiting = set(case.blocked)
    for number in range(4, 12):
        month = Month(2024, number)
        reported = mutations.filter((pl.col("date") >= (month - 1).first) & (pl.col("date") < month.first))
        if reported.height:
            header = ["NIK", "NAMA", "JENIS", "TANGGAL", "BUKTI"]
            rows = reported.select(
                "nik", "name", "kind", pl.col("date").dt.strftime("%d-%m-%Y"), "proof"
            ).rows()
            path = inbox / f"mutasi_{month}.xlsx"
            papers.book(path, {"mutasi": (header, rows)})
            told = actions.read_mutations(path, by="staf")
            assert (told["mutations"], told["told"]) == (reported.height, 0)
        _month(month, outbox, inbox)
        gone = mutations.filter(pl.col("date") < month.first).height
        left = ENROLLED - gone
        bill(inbox / f"tagihan-{month}.xlsx", [(f"TG-{month}", WADAH, str(month), left, FULL)])
        got = actions.read_bills(inbox, by="staf")
        assert (got["matched"], got["different"]) == (1, 0), Discrepancy.objects.values_list(
            "sentence", flat=True
        )[:3]
        if month < JULY:
            row = (f"SP2D-{month}", f"28-{number:02d}-2024", f"TG-{month}", left * FULL)
            assert (
                actions.read_payments(sp2d(inbox / f"sp2d-{month}.xlsx", [row]), by="bpkad")["months"] == left
            )
        elif month < NOVEMBER:
            # August to October open with the month before unpaid: three in a row are borne, nobody lapses.
            assert actions.month_close(month - 1, by="staf")["lapsed"] == 0

    # One of those who went on alone did so on 1 September, and was told of in October: September's bill,
    # already in, no longer holds; no SP2D is booked on it, and the insurer bills September anew.
    late = mutations.filter(pl.col("date") == dt.date(2024, 9, 1)).height
    changed = Bill.objects.get(month=dt.date(2024, 9, 1))
    assert (late, changed.state) == (1, "changed")
    with pytest.raises(Refused, match="tagihan-belum-cocok"):
        actions.record_payment(
            "X", date=dt.date(2024, 10, 30), amount_idr=1, bills=[changed.number], document="X", by="bpkad"
        )
    anew = [("TG-2024-09-R1", WADAH, "2024-09", changed.people - late, FULL)]
    bill(inbox / "tagihan-2024-09-2.xlsx", anew)
    again = actions.read_bills(inbox, by="staf")
    assert (again["withdrawn"], again["matched"], again["told"]) == (1, 1, 0)

    # October's bill: 20 died, 1 became a PMI, 2 went on alone.
    assert dict(mutations["kind"].value_counts().iter_rows()) == {"MENINGGAL": 20, "PMI": 1, "MANDIRI": 2}
    october = Bill.objects.get(month=OCTOBER.first)
    assert (october.people, october.billed_idr) == (BILLED, OWED_IDR)
    assert (october.own_people, october.recomputed_idr) == (BILLED, OWED_IDR)
    assert october.due == dt.date(2024, 10, 15)

    # July to October unpaid: nobody is protected in them, and five claims of Rp42 million wait.
    actions.mark_overdue(dt.date(2024, 10, 30), by="staf")
    assert states(OCTOBER)["unpaid"] == BILLED
    assert all("paid" not in states(Month(2024, n)) for n in range(7, 11))
    held = blocked.blocked_claims()
    assert {own[p] for p in held["person_id"]} == waiting
    assert held.height == 5
    assert held["jkm_benefit_idr"].to_list() == [42_000_000] * 5
    assert set(held["effect"]) == {"menunggu"}

    # The SP2D of 30 October pays July to November at once, and they unblock.
    bills = list(Bill.objects.filter(month__gte=JULY.first, state="matched").order_by("month"))
    total = sum(b.billed_idr for b in bills)
    numbers = ";".join(b.number for b in bills)
    paper_file = sp2d(inbox / "sp2d-2024-10-30.xlsx", [("04417/SP2D-LS/2024", "30-10-2024", numbers, total)])
    booked = actions.read_payments(paper_file, by="bpkad")
    assert booked["payments"] == 1, list(Discrepancy.objects.values_list("sentence", flat=True))
    assert booked["months"] == sum(b.people for b in bills)
    assert blocked.blocked_claims().is_empty()
    assert [states(Month(2024, n))["paid"] for n in range(7, 12)] == [b.people for b in bills]
    assert states(OCTOBER)["paid"] == BILLED
    paper = Payment.objects.get(number="04417/SP2D-LS/2024")
    assert (paper.date, paper.amount_idr) == (dt.date(2024, 10, 30), total)

    # Everything again changes nothing: the same files, the same decree.
    journal = read("SELECT count(*) AS n FROM journal_entry")["n"][0]
    before = read("SELECT id, state, bill_id, payment_id FROM enrolment_personmonth ORDER BY id")
    for again in (actions.read_answers, actions.read_mutations, actions.read_bills, actions.read_payments):
        again(inbox, by="staf")
    assert actions.decree(APRIL, by="staf") is None
    assert read("SELECT id, state, bill_id, payment_id FROM enrolment_personmonth ORDER BY id").equals(before)
    assert read("SELECT count(*) AS n FROM journal_entry")["n"][0] == journal
    assert not Discrepancy.objects.exists()

    # The money agrees with the months, and what 23 leavers free goes back to the fund.
    fund = Fund.objects.get(code="DBHCHT-2024")
    paid = read("SELECT sum(iuran_idr)::bigint AS idr FROM enrolment_personmonth WHERE state = 'paid'")[
        "idr"
    ][0]
    freed = read("SELECT sum(free_idr)::bigint AS idr FROM enrolment_vacancy")["idr"][0]
    assert fund.spent_idr == paid
    assert fund.committed_idr == budget - freed
    assert Vacancy.objects.count() == 23
    assert register.disagreements().is_empty()
    assert broken_at() is None
    assert set(KINDS) >= set(mutations["kind"])
