"""Roles are given for a time, by somebody else, within what the role allows."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from jaring.facts.reason import Refused
from jaring.journal.models import Entry
from jaring.officers import actions
from jaring.officers.models import Assignment, Officer
from jaring.officers.scope import ALL, NOTHING, of

pytestmark = pytest.mark.django_db
Make = Callable[..., Officer]
DAY = datetime.timedelta(days=1)
DESA, SIBLING, KECAMATAN = "52.03.01.2001", "52.03.01.2002", "52.03.01"


def _give(officer: Officer, role: str, **given: Any) -> Assignment:
    today = timezone.localdate()
    whole = {"by": "penguji", "date_from": today, "date_to": today + 30 * DAY, **given}
    return actions.assign(officer, role, **whole)


def test_an_assignment_gives_its_rights_on_its_days_only(make: Make) -> None:
    officer = make("siti", "operator_desa", territory=[DESA])
    today = timezone.localdate()
    inside, outside = of(officer, today), of(officer, today + 11 * DAY)
    assert inside.may("mutation.report", DESA)
    assert not inside.may("mutation.report", SIBLING)
    assert not inside.may("fund.approve")
    assert inside.desa == {DESA}
    assert outside.grants == ()
    assert outside.desa == frozenset()
    assert not outside.may("mutation.report", DESA)
    assert of(officer, today - 11 * DAY).grants == ()
    # Both ends belong to it.
    assert of(officer, today + 10 * DAY).may("mutation.report", DESA)


def test_a_kecamatan_narrows_a_regency_role_to_its_desa(make: Make) -> None:
    scope = of(make("budi", "disnakertrans", territory=[KECAMATAN]), timezone.localdate())
    assert {DESA, SIBLING} <= scope.desa
    assert all(code.startswith(KECAMATAN) for code in scope.desa)
    assert not scope.may("people.read", "52.03.02.2001")


def test_a_reader_of_sums_reaches_no_person(make: Make) -> None:
    scope = of(make("bupati", "pimpinan"), timezone.localdate())
    assert scope.may("coverage.read", DESA)
    assert scope.desa == frozenset()


def test_two_roles_do_not_lend_each_other_their_reach(make: Make) -> None:
    """Reading sums everywhere and persons in one desa is not reading persons everywhere."""
    officer = make("ani", "operator_desa", territory=[DESA])
    _give(officer, "dpmd")
    scope = of(officer, timezone.localdate())
    assert scope.may("fund.read", SIBLING)
    assert scope.desa == {DESA}
    assert not scope.may("people.read", SIBLING)


def test_an_office_sees_its_own_kinds_of_list(make: Make) -> None:
    scope = of(make("tani", "dinas", office="desa", kinds=["petani"]), timezone.localdate())
    assert scope.kinds == {"petani"}
    assert scope.desa == frozenset()
    # What an account says of its office opens nothing.
    assert scope.offices == frozenset()


@pytest.mark.parametrize(
    ("code", "role", "given"),
    [
        ("peran-tak-dikenal", "raja", {}),
        ("wilayah-kosong", "operator_desa", {}),
        ("wilayah-desa", "operator_desa", {"territory": [KECAMATAN]}),
        ("wilayah-tak-dikenal", "operator_desa", {"territory": ["99.99.99.9999"]}),
        ("wilayah-berlebih", "bpjs", {"territory": [DESA]}),
        ("jenis-kosong", "dinas", {}),
        ("jenis-berlebih", "dinas", {"kinds": ["aparatur"]}),
        ("jenis-berlebih", "dpmd", {"kinds": ["petani"]}),
        ("masa-peran", "dpmd", {"date_to": timezone.localdate() - 40 * DAY}),
        ("masa-peran", "dpmd", {"date_to": timezone.localdate() + 3000 * DAY}),
        ("peran-sendiri", "dpmd", {"by": "siti"}),
    ],
)
def test_a_senseless_assignment_is_refused(make: Make, code: str, role: str, given: dict[str, Any]) -> None:
    officer = make("siti")
    with pytest.raises(Refused) as refused:
        _give(officer, role, **given)
    assert refused.value.reason.code == code
    assert not Assignment.objects.exists()


def test_maker_and_checker_are_never_one_person_at_one_time(make: Make) -> None:
    officer = make("siti", "disnakertrans")
    with pytest.raises(Refused) as refused:
        _give(officer, "penyetuju")
    assert refused.value.reason.code == "peran-bertentangan"
    # After the last day of the first role the other may begin; one day earlier it may not.
    last = officer.assignments.get().date_to
    with pytest.raises(Refused):
        _give(officer, "penyetuju", date_from=last, date_to=last + DAY)
    _give(officer, "penyetuju", date_from=last + DAY, date_to=last + 2 * DAY)


def test_the_same_assignment_twice_is_one(make: Make) -> None:
    officer = make("siti")
    assert _give(officer, "dpmd") == _give(officer, "dpmd")
    assert Entry.objects.filter(action="officers.assign").count() == 1


def test_an_ended_assignment_gives_nothing_and_stays_on_record(make: Make) -> None:
    officer = make("siti", "dpmd")
    actions.end_assignment(officer.assignments.get(), by="admin", reason="pindah tugas")
    assert of(officer, timezone.localdate()).grants == ()
    ended = officer.assignments.get()
    assert (ended.ended_by, ended.ended_reason) == ("admin", "pindah tugas")
    said = Entry.objects.get(action="officers.end_assignment")
    assert (said.actor, said.subject) == ("admin", "siti")
    assert json.loads(bytes(said.body)) == {"alasan": "pindah tugas", "peran": "dpmd"}
    # Given anew on the same days it is a new assignment.
    assert _give(officer, "dpmd", date_from=ended.date_from).pk != ended.pk


def test_a_disabled_officer_has_no_scope(make: Make) -> None:
    officer = make("siti", "dpmd")
    actions.disable(officer, by="admin", reason="pensiun")
    assert of(officer, timezone.localdate()) == NOTHING
    actions.enable(officer, by="admin", reason="keliru")
    assert of(officer, timezone.localdate()).may("fund.read")


def test_a_role_that_no_longer_exists_gives_nothing(make: Make) -> None:
    officer = make("siti", "dpmd")
    Assignment.objects.update(role="dihapus")
    scope = of(officer, timezone.localdate())
    assert scope.grants == ()
    assert ALL not in scope.desa


@pytest.mark.parametrize(
    "password", ["pendek", "lomboktimur2026", "rahasia123456", "aaaaaaaaaaaaaaa", "siti-siti-siti"]
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.make_officer("siti-siti", "Siti", "", by="penguji", password=password)
    assert refused.value.reason.code == "kata-sandi-lemah"


def test_a_first_password_is_temporary_and_stands_nowhere() -> None:
    officer, given = actions.make_officer("siti", "Siti", "DPMD", by="admin")
    assert officer.password_temporary
    assert officer.check_password(given)
    assert officer.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert given.encode() not in b"".join(bytes(e.body) for e in Entry.objects.all())
    with pytest.raises(Refused) as refused:
        actions.make_officer("siti", "Siti lain", "", by="admin")
    assert refused.value.reason.code == "akun-ada"
