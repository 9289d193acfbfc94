"""The table of roles: who may do what, and which two no one person holds."""

from __future__ import annotations

from itertools import combinations

import pytest

from jaring.officers.roles import INCOMPATIBLE, RIGHTS, ROLES, Persons, Reach, compatible

#: What issue and law ask of each role, said a second time and independently of the table:
#: one right it must have, one it must never have.
MUST = {
    "disnakertrans": ("batch.make", "fund.approve"),
    "penyetuju": ("fund.approve", "fund.propose"),
    "operator_desa": ("mutation.report", "review.decide"),
    "dpmd": ("village.remind", "people.read"),
    "bpkad": ("payment.record", "batch.make"),
    "dinas": ("roster.screen", "people.read"),
    "bpjs": ("batch.fetch", "coverage.read"),
    "pimpinan": ("coverage.read", "nik.reveal"),
    "pengawas": ("journal.read", "payment.record"),
    "admin_akun": ("accounts.manage", "nik.reveal"),
}
MONEY = {"fund.propose", "fund.approve", "decree.approve", "batch.make", "batch.approve", "payment.record"}
APART = [
    ("fund.propose", "fund.approve"),
    ("decree.make", "decree.approve"),
    ("batch.make", "batch.approve"),
    ("batch.make", "payment.record"),
    ("fund.approve", "payment.record"),
    ("export.people", "export.approve"),
    ("answer.give", "payment.record"),
    ("accounts.manage", "batch.make"),
    ("accounts.manage", "fund.approve"),
    ("accounts.manage", "journal.read"),
    ("journal.read", "payment.record"),
    ("roster.receive", "fund.approve"),
]


def test_the_table_is_the_ten_roles() -> None:
    assert set(ROLES) == set(MUST)


@pytest.mark.parametrize("code", MUST)
def test_each_role_does_its_own_and_not_its_neighbours(code: str) -> None:
    must, never = MUST[code]
    assert must in ROLES[code].rights
    assert never not in ROLES[code].rights


@pytest.mark.parametrize("code", ROLES)
def test_rights_are_declared_and_held(code: str) -> None:
    assert ROLES[code].rights <= set(RIGHTS)


def test_no_right_belongs_to_nobody() -> None:
    assert set(RIGHTS) == set().union(*(role.rights for role in ROLES.values()))


def test_money_and_accounts_need_a_second_factor() -> None:
    for role in ROLES.values():
        if role.rights & (MONEY | {"accounts.manage"}):
            assert role.second_factor, role.code


def test_readers_without_personal_data_have_no_right_to_persons() -> None:
    personal = {"people.read", "nik.reveal", "export.people", "review.decide", "roster.read"}
    for role in ROLES.values():
        if role.persons is Persons.NONE:
            assert not role.rights & personal, role.code


def test_only_list_roles_name_kinds() -> None:
    assert {r.code for r in ROLES.values() if r.kinds} == {
        r.code for r in ROLES.values() if r.reach is Reach.LIST
    }


@pytest.mark.parametrize(("one", "other"), APART)
def test_no_person_can_hold_both_halves(one: str, other: str) -> None:
    """Over every pair of compatible roles, and every single role."""
    for code in ROLES:
        assert not {one, other} <= ROLES[code].rights, code
    for a, b in combinations(ROLES, 2):
        if compatible(a, b):
            assert not {one, other} <= ROLES[a].rights | ROLES[b].rights, (a, b)


def test_incompatible_pairs_name_roles_that_exist() -> None:
    assert set().union(*INCOMPATIBLE) <= set(ROLES)
    assert compatible("pimpinan", "penyetuju")
