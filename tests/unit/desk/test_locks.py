"""The two locks on every table about persons, each alone: the other is off while one is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import models
from tests.unit.desk.things import KIND, Things, places

from jaring.officers import scope as scopes
from jaring.officers.open_tables import OPEN
from jaring.officers.rowlevel import guarded_tables, unprotected
from jaring.officers.scope import EVERYWHERE, NOTHING, WHOLE, Grant, Scope, scoped
from jaring.officers.seeing import guarded

SOURCE = Path(__file__).parents[3] / "src" / "jaring"
OWN, SIBLING, ELSEWHERE = places()


def _role(role: str, *desa: str, kinds: tuple[str, ...] = ()) -> Scope:
    return Scope("uji", (Grant(role, frozenset(desa), frozenset(kinds)),))


#: Who → the places whose rows they see, of lists and of persons.
SCOPES: dict[str, tuple[Scope, set[str], set[str]]] = {
    "nobody": (NOTHING, set(), set()),
    "own desa": (_role("operator_desa", OWN), {OWN}, {OWN}),
    "other kecamatan": (_role("operator_desa", ELSEWHERE), {ELSEWHERE}, {ELSEWHERE}),
    "one kecamatan": (_role("disnakertrans", OWN, SIBLING), {OWN, SIBLING}, {OWN, SIBLING}),
    "regency": (Scope("uji", (Grant("pengawas", EVERYWHERE),)), set(places()), set(places())),
    "its kind": (_role("dinas", "*", kinds=(KIND,)), set(places()), set()),
    "another kind": (_role("dinas", "*", kinds=("umkm",)), set(), set()),
    "counts only": (_role("dpmd", "*"), set(), set()),
    "accounts only": (_role("admin_akun"), set(), set()),
}


@contextmanager
def _python_alone(scope: Scope) -> Iterator[None]:
    """Row-level security off: the whole regency's role, while Python narrows to ``scope``."""
    with scoped(WHOLE):
        token = scopes._now.set(scope)
        try:
            yield
        finally:
            scopes._now.reset(token)


def _ids(rows: models.QuerySet[models.Model]) -> set[object]:
    return set(rows.values_list("pk", flat=True))


@pytest.fixture
def rows(db: None) -> dict[str, dict[str, set[object]]]:
    """Table → place → keys, in three places."""
    found: dict[str, dict[str, set[object]]] = {table: {} for table in guarded()}
    before = {table: set() for table in found}
    for code, mark in ((OWN, "INAQ A"), (SIBLING, "INAQ B"), (ELSEWHERE, "INAQ C")):
        Things(code, mark).make()
        for table, model in guarded().items():
            there = _ids(model._meta.managers_map["objects"].all())
            found[table][code] = there - before[table]
            before[table] = there
    return found


@pytest.mark.django_db
def test_every_table_has_a_policy_or_a_reason() -> None:
    assert unprotected() == [], (
        "a table about persons gets protect(...) in its migration and seen = Seen(...) in its model; "
        "one without persons a line with the reason in officers/open_tables.py"
    )
    there = guarded_tables()
    assert set(OPEN) <= set(there), "open_tables names a table that is gone"
    assert not {name for name in OPEN if there[name]}, "open_tables names a table that has a policy"


@pytest.mark.django_db
def test_a_table_has_both_locks_or_none() -> None:
    assert set(guarded()) == {name for name, has in guarded_tables().items() if has}


def test_there_is_something_to_see_everywhere(rows: dict[str, dict[str, set[object]]]) -> None:
    """The control: an empty table is seen correctly by everyone."""
    empty = {table for table, by_place in rows.items() if not all(by_place.values())}
    assert empty == set(), "make a row of it in tests/unit/desk/things.py"


@pytest.mark.parametrize("who", SCOPES)
def test_each_lock_alone_shows_what_the_scope_reaches(
    who: str, rows: dict[str, dict[str, set[object]]]
) -> None:
    scope, lists, persons = SCOPES[who]
    wrong = []
    for table, model in guarded().items():
        # Rows of lists are reached by kind too; rows about persons by the desa alone.
        reached = lists if table.startswith("rosters_") else persons
        expected = set().union(*(rows[table][place] for place in reached))
        with scoped(scope):
            second = _ids(model._meta.managers_map["objects"].all())
            both = _ids(model._meta.managers_map["seen"].all())
        with _python_alone(scope):
            first = _ids(model._meta.managers_map["seen"].all())
            assert _ids(model._meta.managers_map["objects"].all()) >= set().union(*rows[table].values())
        for lock, shown in (("Python", first), ("PostgreSQL", second), ("both", both)):
            if shown != expected:
                wrong.append(f"{table}, {lock} alone: {len(shown)} rows instead of {len(expected)}")
    assert wrong == []


def test_pages_go_through_the_first_lock() -> None:
    names = "|".join(sorted(model.__name__ for model in guarded().values()))
    asked = re.compile(rf"\b(?:{names})\.(?:objects|_default_manager|_base_manager)\b")
    found = [
        f"{path.relative_to(SOURCE)}:{number}: {line.strip()}"
        for room in ("desk", "api")
        for path in sorted((SOURCE / room).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if asked.search(line)
    ]
    assert found == [], "a page asks `seen`, not `objects`: what is not seen is not there"
