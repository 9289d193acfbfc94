"""April, May and June of an invented regency, one after the other: each month's bills match to the rupiah."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jaring.cycle.actions import run
from jaring.cycle.job import Job
from jaring.enrolment.models import Bill, Discrepancy, Mutation, Vacancy
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.funding import register
from jaring.ledger.arithmetic import off_balance
from jaring.ledger.balance import trial_balance
from jaring.tables.frames import read
from jaring.world import insurer, making, treasury

pytestmark = [pytest.mark.big, pytest.mark.usefixtures("own_database")]
APRIL, MAY, JUNE = (Month(2026, n) for n in (4, 5, 6))


class _Regency:
    """The office with its insurer and treasury beside it."""

    def __init__(self, folder: Path) -> None:
        self.world, self.outbox = folder / "dunia", folder / "keluar"
        making.make("lotim", 7, "small", self.world)
        self.answers = self.world / "inbox" / "jawaban"

    def run(self, month: Month) -> dict[str, str]:
        """The month as far as it goes; what its stages wait for."""
        job = Job(month, region("lotim"), self.world / "inbox", self.outbox, "staf", "kabid")
        return {step.name: step.waits_for for step in run(job) if step.waits_for}

    def insurer(self, month: Month) -> int:
        """Files that the insurer sent."""
        done = insurer.answer(
            self.outbox / "kirim", self.answers, seed=7, truth=self.world / "truth", through=month
        )
        return len(done.answers) + len(done.bills)

    def whole(self, month: Month) -> dict[str, str]:
        """Run and answer in turn until nothing new comes; then the treasury pays, and the last run."""
        for _ in range(6):
            self.run(month)
            if not self.insurer(month):
                break
        treasury.pay(self.answers, self.world / "inbox" / "bpkad", until=month)
        return self.run(month)


@pytest.fixture
def regency(tmp_path: Path) -> _Regency:
    tmp_path.chmod(0o755)
    return _Regency(tmp_path)


def _people(month: Month, state: str) -> int:
    return int(
        read(
            """SELECT count(*) AS n FROM enrolment_personmonth
                WHERE month = %s AND state = %s AND source_kind = 'programme'""",
            [month.first, state],
        )["n"].item()
    )


def _sent(month: Month) -> dict[str, int]:
    """Lines to the insurer by what they ask, those it took."""
    found = read(
        """SELECT action, count(*) AS n FROM enrolment_batchline
            WHERE month = %s AND state = 'succ' GROUP BY 1""",
        [month.first],
    )
    return dict(found.iter_rows())


def _assert_paid_to_the_rupiah(month: Month) -> None:
    bills = Bill.objects.filter(month=month.first).exclude(state="withdrawn")
    assert {bill.state for bill in bills if bill.billed_idr} == {"paid"}
    assert [(b.people, b.billed_idr) for b in bills] == [(b.own_people, b.recomputed_idr) for b in bills]
    assert sum(bill.people for bill in bills) == _people(month, "paid") > 400
    assert not Discrepancy.objects.filter(bill__in=bills, settled_at__isnull=True).exists()


def test_three_months_with_deaths_replacements_and_ended_money(regency: _Regency) -> None:
    assert regency.whole(APRIL) == {}
    _assert_paid_to_the_rupiah(APRIL)
    covered = _people(APRIL, "paid")

    shutil.copy(regency.world / "lanjutan" / "mutasi_2026-05.xlsx", regency.world / "inbox" / "desa")
    assert regency.whole(MAY) == {}
    _assert_paid_to_the_rupiah(MAY)
    left = Mutation.objects.filter(from_month=MAY.first, person_id__in=_covered(APRIL)).count()
    assert left > 0
    # Whoever left is stopped at the insurer, and not billed for May.
    assert _sent(MAY)["HENTI"] == left
    assert _people(MAY, "paid") == covered - left + _sent(MAY).get("TAMBAH", 0)

    assert regency.whole(JUNE) == {}
    _assert_paid_to_the_rupiah(JUNE)
    assert Vacancy.objects.filter(came_person_id__isnull=False).exists()
    # Money given for two months ends after May: the insurer is told, and bills them no more.
    ended = _covered(MAY) - _covered(JUNE)
    assert len(ended) == _sent(JUNE)["HENTI"] > 0
    assert register.disagreements().is_empty()
    assert off_balance(trial_balance()) == 0
    # Each month again changes nothing.
    told = Bill.objects.count(), _people(MAY, "paid"), _people(JUNE, "paid")
    assert regency.run(JUNE) == {}
    assert (Bill.objects.count(), _people(MAY, "paid"), _people(JUNE, "paid")) == told


def _covered(month: Month) -> set[int]:
    found = read(
        """SELECT person_id FROM enrolment_personmonth
            WHERE month = %s AND state = 'paid' AND source_kind = 'programme'""",
        [month.first],
    )
    return set(found["person_id"])
