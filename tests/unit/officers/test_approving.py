"""Who approves how much, and work on the whole regency by those who read no person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from jaring.facts.reason import Refused
from jaring.officers import actions, approving
from jaring.officers.models import Assignment, Officer
from jaring.officers.scope import ALL, NOTHING, WHOLE, Grant, Scope, acting, current, of, scoped

pytestmark = pytest.mark.django_db
Make = Callable[..., Officer]
EVERY = frozenset({ALL})
DESA = "52.03.01.2001"


def checker(*limits: int | None) -> Scope:
    return Scope("budi", tuple(Grant("penyetuju", EVERY, limit_idr=limit) for limit in limits))


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}:")


@pytest.mark.parametrize(
    ("limits", "limit"),
    [((), 0), ((0,), 0), ((5,), 5), ((5, 9), 9), ((9, 5), 9), ((5, None), None), ((None,), None)],
)
def test_the_largest_limit_counts_and_none_is_no_limit(
    limits: tuple[int | None, ...], limit: int | None
) -> None:
    assert checker(*limits).limit("fund.approve") == limit


def test_a_limit_belongs_to_the_rights_of_its_own_role() -> None:
    scope = Scope("ani", (Grant("penyetuju", EVERY, limit_idr=10), Grant("pimpinan", EVERY)))
    assert scope.limit("decree.approve") == 10
    assert scope.limit("payment.record") == 0
    assert not scope.may_approve("payment.record", 0)
    assert WHOLE.limit("fund.approve") is None
    assert not NOTHING.may_approve("fund.approve", 0)


@pytest.mark.parametrize(("amount", "may"), [(0, True), (500, True), (501, False), (10**15, False)])
def test_a_sum_up_to_the_limit_is_approved(amount: int, may: bool) -> None:
    scope = checker(500)
    assert scope.may_approve("batch.approve", amount) is may
    if may:
        approving.check(scope, "batch.approve", amount, "siti")
    else:
        with refused("di-atas-batas") as told:
            approving.check(scope, "batch.approve", amount, "siti")
        assert "Sekda" in told.value.reason.mend
        assert "Rp500" in told.value.reason.sentence


@pytest.mark.parametrize("maker", ["budi", "BUDI", " Budi "])
def test_nobody_approves_what_they_made(maker: str) -> None:
    with refused("pembuat-bukan-pemeriksa"):
        approving.check(checker(None), "fund.approve", 1, maker)


def test_without_the_right_no_sum_is_small_enough() -> None:
    with refused("tanpa-hak"):
        approving.check(Scope("ani", (Grant("disnakertrans", EVERY),)), "fund.approve", 0, "siti")


def test_a_limit_is_given_with_the_role(make: Make) -> None:
    officer = make("budi", "penyetuju", limit_idr=750_000_000)
    scope = of(officer, timezone.localdate())
    assert scope.limit("fund.approve") == 750_000_000
    assert scope.limit("coverage.read") == 750_000_000
    assert scope.limit("batch.make") == 0


@pytest.mark.parametrize(
    ("role", "limit", "code"), [("penyetuju", -1, "batas-keliru"), ("dpmd", 5, "batas-berlebih")]
)
def test_a_senseless_limit_is_refused(make: Make, role: str, limit: int, code: str) -> None:
    with refused(code):
        make("budi", role, limit_idr=limit)
    assert not Assignment.objects.exists()


def test_no_writer_stores_a_limit_below_zero(make: Make) -> None:
    make("budi", "penyetuju")
    with pytest.raises(IntegrityError, match="officers_assignment_limit"), transaction.atomic():
        Assignment.objects.update(limit_idr=-1)


def test_another_limit_is_another_assignment(make: Make) -> None:
    officer = make("budi", "penyetuju", limit_idr=10)
    known = officer.assignments.get()
    again = {"by": "penguji", "date_from": known.date_from, "date_to": known.date_to}
    assert actions.assign(officer, "penyetuju", limit_idr=10, **again) == known  # type: ignore[arg-type]
    assert actions.assign(officer, "penyetuju", limit_idr=20, **again) != known  # type: ignore[arg-type]
    assert of(officer, timezone.localdate()).limit("fund.approve") == 20


TREASURY = Scope("bpkad", (Grant("bpkad", EVERY),))
INSURER = Scope("bpjs", (Grant("bpjs", frozenset()),))


@pytest.mark.parametrize(
    ("scope", "right"), [(TREASURY, "payment.record"), (INSURER, "answer.give"), (WHOLE, "payment.record")]
)
def test_an_action_for_the_whole_regency_reaches_everybody_and_only_while_it_lasts(
    scope: Scope, right: str
) -> None:
    with scoped(scope):
        assert current().desa == scope.desa
        with acting(scope, right) as opened:
            assert current() is opened
            assert opened.desa == EVERY
            assert opened.actor == scope.actor
            # What may be done stays what it was.
            assert opened.may("people.read") == scope.may("people.read")
            assert opened.may("fund.approve") == scope.may("fund.approve")
        assert current().desa == scope.desa


def test_nobody_acts_without_the_right() -> None:
    with refused("tanpa-hak"), acting(TREASURY, "fund.approve"):
        pytest.fail("was let in")
    with refused("tanpa-hak"), acting(NOTHING, "payment.record"):
        pytest.fail("was let in")


def test_a_right_that_ends_at_a_territory_does_not_act_for_the_regency() -> None:
    narrow = Scope("dewi", (Grant("bpkad", frozenset({DESA})), Grant("pimpinan", EVERY)))
    with refused("wilayah-terbatas"), acting(narrow, "payment.record"):
        pytest.fail("was let in")


def test_an_error_inside_closes_the_regency_again() -> None:
    with scoped(TREASURY):
        with pytest.raises(ValidationError), acting(TREASURY, "payment.record"):
            raise ValidationError("gagal")
        assert current() is TREASURY
