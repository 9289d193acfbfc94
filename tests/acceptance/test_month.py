"""The main job, whole: lists in, months protected, and everything that must then be true."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tests.acceptance.conftest import Database, Undisturbed
from tests.acceptance.month import Office, killed_run, settled

from jaring.facts.month import Month
from jaring.funding import register
from jaring.journal.actions import broken_at
from jaring.ledger.balance import trial_balance

pytestmark = pytest.mark.big
APRIL = Month(2026, 4).first
#: Stages that the run has told when its killer wakes up, in each part of the month. Then it waits by lot.
FIRST, SECOND, THIRD = (0, 0, 1, 3, 5, 6), (8,), (9,)
SPREAD = 0.25


def test_without_a_second_person_the_run_waits(undisturbed: Undisturbed) -> None:
    code, stages = undisturbed.waited
    assert code == 1
    assert not stages["fund"]["done"]
    assert "orang kedua" in stages["fund"]["waits_for"]
    # Nothing was committed, decreed or sent by one person alone.
    assert stages["decree"]["counts"]["baru"] == 0
    assert stages["batch"]["counts"]["baris_baru"] == 0


def test_each_run_goes_as_far_as_it_can(undisturbed: Undisturbed) -> None:
    code, sent = undisturbed.sent
    assert code == 1
    lines = sent["batch"]["counts"]["baris_baru"]
    assert lines == sent["fund"]["counts"]["terdanai"] > 500
    assert [name for name, one in sent.items() if not one["done"]] == ["answer", "bill"]
    assert str(lines) in sent["answer"]["waits_for"]
    code, billed = undisturbed.billed
    assert code == 1
    assert [name for name, one in billed.items() if not one["done"]] == ["pay"]
    assert billed["pay"]["counts"]["dibayar_orang"] == 0
    code, paid = undisturbed.paid
    assert code == 0
    assert paid["pay"]["counts"]["terutang_idr"] == 0
    assert paid["cover"]["counts"]["terlindungi"] == paid["pay"]["counts"]["dibayar_orang"] > 500


def test_rows_in_are_accepted_or_held_back_with_a_reason(undisturbed: Undisturbed) -> None:
    office = undisturbed.office
    ((rows, accepted, held),) = office.rows(
        "SELECT sum(rows_in), sum(accepted), sum(quarantined) FROM rosters_roster"
    )
    assert rows == accepted + held
    kept = dict(office.rows("SELECT accepted, count(*) FROM rosters_row GROUP BY 1"))
    assert kept == {True: accepted, False: held}
    assert held > 100
    silent = office.rows(
        """SELECT count(*) FROM rosters_row r WHERE NOT accepted AND NOT EXISTS (
             SELECT 1 FROM rosters_problem p WHERE p.row_id = r.id AND p.severity = 'error'
                AND p.sentence <> '' AND p.mend <> '')"""
    )
    assert silent == [(0,)]
    # Every accepted row is somebody; only a list of building projects has no persons in it.
    assert office.rows(
        """SELECT DISTINCT o.kind FROM rosters_row r JOIN rosters_roster o ON o.id = r.roster_id
            WHERE r.accepted AND NOT EXISTS (SELECT 1 FROM people_link l WHERE l.row_id = r.id)"""
    ) == [("proyek",)]


def test_every_month_funded_ends_paid_or_with_a_named_reason(undisturbed: Undisturbed) -> None:
    office = undisturbed.office
    funded = office.rows(
        f"""SELECT m.state, coalesce(m.reason, ''), count(*) FROM funding_award a
              LEFT JOIN enrolment_personmonth m ON m.person_id = a.person_id AND m.month = '{APRIL}'
                        AND m.source_kind = 'programme'
             WHERE a.month_from <= '{APRIL}' AND a.month_to >= '{APRIL}' AND a.state <> 'draft'
             GROUP BY 1, 2"""
    )
    states = {state for state, _, _ in funded}
    assert states == {"paid", "rejected"}
    assert all(reason for state, reason, _ in funded if state == "rejected")
    assert {reason for _, reason, _ in funded} <= {
        *("", "NIK-TIDAK-SAH", "SUDAH-PU", "SUDAH-BPU", "USIA", "MENINGGAL", "DATA-BEDA", "GANDA")
    }
    assert sum(people for _, _, people in funded) == undisturbed.sent[1]["fund"]["counts"]["terdanai"]
    # Whoever is eligible and was not funded stands in the queue with a rank and a reason.
    unranked = office.rows(
        f"""SELECT count(*) FROM decide_decision d WHERE month = '{APRIL}' AND superseded_at IS NULL
               AND eligible AND NOT EXISTS (SELECT 1 FROM funding_award a
                    WHERE a.person_id = d.person_id AND a.state <> 'draft')
               AND NOT EXISTS (SELECT 1 FROM funding_waiting w JOIN funding_proposal p ON p.id = w.proposal_id
                    WHERE w.person_id = d.person_id AND p.state = 'approved' AND w.reason <> '')"""
    )
    assert unranked == [(0,)]


def test_bills_are_our_own_months_to_the_rupiah(undisturbed: Undisturbed) -> None:
    office = undisturbed.office
    bills = office.rows("SELECT billed_idr, recomputed_idr, people, own_people, state FROM enrolment_bill")
    assert bills
    assert all(billed == own and people == ours for billed, own, people, ours, _ in bills)
    ((months, idr),) = office.rows(
        f"""SELECT count(*), sum(iuran_idr) FROM enrolment_personmonth
             WHERE month = '{APRIL}' AND state = 'paid' AND source_kind = 'programme'"""
    )
    assert (months, idr) == (sum(b[2] for b in bills), sum(b[0] for b in bills))
    assert office.rows("SELECT sum(amount_idr) FROM enrolment_payment") == [(idr,)]
    assert office.rows("SELECT sum(spent_idr) FROM funding_fund") == [(idr,)]


def test_the_books_agree(looked_at: Office) -> None:
    trial = trial_balance()
    assert trial["debit_idr"].sum() == trial["credit_idr"].sum() > 0
    assert trial["balance_idr"].sum() == 0
    assert register.disagreements().is_empty()
    assert broken_at() is None
    funds = register.funds()
    assert funds.height > 5
    assert (funds["committed_idr"] <= funds["budget_idr"]).all()
    assert (funds["spent_idr"] <= funds["committed_idr"]).all()


def test_nobody_has_two_payers_in_a_month(undisturbed: Undisturbed) -> None:
    assert undisturbed.office.rows(
        """SELECT count(*) FROM (SELECT person_id, month FROM enrolment_personmonth
             WHERE state NOT IN ('candidate', 'eligible', 'refused', 'waiting', 'rejected', 'replaced',
                                 'stopped', 'lapsed') GROUP BY 1, 2 HAVING count(*) > 1) twice"""
    ) == [(0,)]
    # Nor was anybody sent whom the insurer's own list has under an employer.
    assert undisturbed.office.rows(
        f"""SELECT count(*) FROM enrolment_batchline l JOIN decide_decision d
               ON d.person_id = l.person_id AND d.month = '{APRIL}' AND superseded_at IS NULL
             WHERE NOT d.eligible"""
    ) == [(0,)]


def test_the_same_run_again_changes_nothing(undisturbed: Undisturbed) -> None:
    office = undisturbed.office
    before = office.every_row()
    code, stages = office.run()
    assert code == 0
    assert stages["recognise"]["counts"]["new_people"] == 0
    after = office.every_row()
    assert {name for name in before if before[name] != after[name]} == set()
    assert before["journal_head"] == after["journal_head"]
    assert before["enrolment_personmonth"][0] > 1_000


def test_a_month_killed_at_eight_moments_ends_as_an_undisturbed_one(
    undisturbed: Undisturbed, databases: Database, tmp_path: Path
) -> None:
    whole = undisturbed.office
    tmp_path.chmod(0o755)
    world = tmp_path / "dunia"
    shutil.copytree(whole.world, world, ignore=shutil.ignore_patterns("jawaban", "sp2d*"))
    office = settled(Office(tmp_path / "rumah", databases(), world, tmp_path / "keluar"), whole.home)
    lots = random.Random(20260401)
    killed = 0

    def disturbed(moments: tuple[int, ...]) -> None:
        nonlocal killed
        for stages in moments:
            # The interpreter itself needs a second before the first stage begins.
            wait = lots.uniform(0.9, 2.8) if stages == 0 else lots.uniform(0, SPREAD)
            killed += killed_run(office, stages, wait)

    disturbed(FIRST)
    assert office.told() != whole.told()
    code, _ = office.run()
    assert code == 1
    office.insurer_answers()
    disturbed(SECOND)
    office.run()
    office.treasury_pays()
    disturbed(THIRD)
    code, _ = office.run()

    assert code == 0
    assert killed == 8
    ours, theirs = office.told(), whole.told()
    changed = [name for name in ours if ours[name] != theirs[name]]
    assert {name: office.differing(whole, name) for name in changed} == {}
    # One SP2D, one set of books: nothing was booked twice on the way.
    assert ours["payments"][0] > 1
