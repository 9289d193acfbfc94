"""Row-level security on a table of this test: two desa, and every way around that we could think of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from jaring.officers.models import Officer
from jaring.officers.roles import ROLES
from jaring.officers.rowlevel import protect, protect_through, unprotected
from jaring.officers.scope import NOTHING, WHOLE, Grant, Scope, counting, current, scoped, village_office
from jaring.tables.frames import copy_in_table, read

A, B = "52.03.01.2001", "52.03.01.2002"
ROWS = [
    (1, A, "petani", "dinas pertanian", "Amaq"),
    (2, A, "umkm", "koperasi", "Inaq"),
    (3, B, "petani", village_office(B), "Loq"),
    (4, None, "petani", village_office(A), "Tanpa Desa"),
]
TABLES = """
CREATE TABLE rows_list (id int PRIMARY KEY, desa_code varchar(13), kind text, office text, name text);
CREATE TABLE rows_below (id int PRIMARY KEY, row_id int REFERENCES rows_list, idr bigint);
CREATE TABLE rows_open (id int PRIMARY KEY, desa_code varchar(13));
"""
#: Ways to read or change row 3, which is the neighbour's.
REACHING = [
    f"SELECT id FROM rows_list WHERE desa_code = '{B}'",
    "SELECT b.id FROM (VALUES (3)) v(id) JOIN rows_list b USING (id)",
    f"SELECT 1 FROM rows_list HAVING bool_or(desa_code = '{B}') OR bool_or(id = 3)",
    "SELECT id FROM rows_list WHERE name IN (SELECT name FROM rows_list WHERE id = 3)",
    "SELECT r.id FROM rows_below r WHERE r.idr = 40",
    "SELECT 1 FROM rows_below HAVING sum(idr) > 30",
    "SELECT (SELECT name FROM rows_list WHERE id = 3) FROM rows_list WHERE id = 3",
    "WITH x AS (SELECT * FROM rows_list FOR UPDATE) SELECT id FROM x WHERE id = 3",
    "SELECT id FROM rows_list WHERE 1 / (id - 3) > 100",  # its error would tell that row 3 is there
    "UPDATE rows_list SET name = 'dicuri' WHERE id = 3 RETURNING id",
    "DELETE FROM rows_below WHERE row_id = 3 RETURNING id",
    "UPDATE rows_below SET idr = 0 FROM rows_list l WHERE l.id = 3 AND row_id = l.id RETURNING l.name",
    "MERGE INTO rows_list t USING (VALUES (3)) v(id) ON t.id = v.id "
    "WHEN MATCHED THEN UPDATE SET name = 'x' RETURNING t.id",
]
_UPSERT = f"INSERT INTO rows_list (id, desa_code) VALUES (3, '{A}') ON CONFLICT (id) DO"
#: Ways to put a row across the border, or to take the border away.
CROSSING = [
    f"INSERT INTO rows_list (id, desa_code) VALUES (9, '{B}')",
    "INSERT INTO rows_list (id, desa_code) VALUES (9, NULL)",
    f"UPDATE rows_list SET desa_code = '{B}' WHERE id = 1",
    f"{_UPSERT} UPDATE SET name = rows_list.name RETURNING name",
    f"{_UPSERT} UPDATE SET desa_code = '{A}' RETURNING name",
    "INSERT INTO rows_below (id, row_id, idr) VALUES (9, 3, 1)",
    "UPDATE rows_below SET row_id = 3 WHERE id = 1",
    "ALTER TABLE rows_list DISABLE ROW LEVEL SECURITY",
    "DROP POLICY jaring_seen ON rows_list",
    "TRUNCATE rows_list CASCADE",
    "SET ROLE jaring_owner",
    "SET LOCAL row_security = off; SELECT id FROM rows_list",
]


def _village(code: str) -> Scope:
    return Scope("operator", (Grant("operator_desa", frozenset({code})),))


OFFICE = Scope("tani", (Grant("dinas", frozenset({"*"}), frozenset({"petani"})),))
REGENCY = Scope("disnaker", (Grant("disnakertrans", frozenset({"*"})),))


def _sql(query: str, *params: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall() if cursor.description else []


def _ids(query: str = "SELECT id FROM rows_list ORDER BY id") -> list[int]:
    return [row[0] for row in _sql(query)]


@pytest.fixture(scope="module")
def _table(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made as a migration makes it: by the owner, with the operations the helper returns."""
    with django_db_blocker.unblock():
        owner = connections["owner"]
        with owner.cursor() as cursor:
            cursor.execute(TABLES)
            for guard in (
                protect("rows_list", "desa_code", kind="kind", office="office"),
                protect_through("rows_below", "row_id", "rows_list"),
            ):
                cursor.execute(guard.sql)
        yield
        with owner.cursor() as cursor:
            cursor.execute("DROP TABLE rows_below, rows_list, rows_open")
        owner.close()


@pytest.fixture
def rows(_table: None, db: None) -> None:
    with scoped(WHOLE):
        frame = pl.DataFrame(ROWS, schema=["id", "desa_code", "kind", "office", "name"], orient="row")
        assert copy_in_table(frame, "rows_list") == 4
        copy_in_table(pl.DataFrame({"id": [1, 2, 3], "row_id": [1, 2, 3], "idr": [10, 20, 40]}), "rows_below")


pytestmark = pytest.mark.usefixtures("rows")


def test_the_application_is_neither_owner_nor_above_the_guard() -> None:
    query = "SELECT rolsuper, rolbypassrls, row_security_active('rows_list') FROM pg_roles"
    with scoped(NOTHING):
        assert _sql(f"{query} WHERE rolname = current_user") == [(False, False, True)]


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (NOTHING, []),
        (_village(A), [1, 2, 4]),  # also what it sent itself without naming a desa
        (_village(B), [3]),
        (OFFICE, [1, 3, 4]),
        (REGENCY, [1, 2, 3, 4]),
        (WHOLE, [1, 2, 3, 4]),
    ],
    ids=["none", "desa a", "desa b", "kind", "regency", "job"],
)
def test_each_scope_sees_its_rows(scope: Scope, seen: list[int]) -> None:
    with scoped(scope):
        assert current() is scope
        assert _ids() == seen
        assert read("SELECT id FROM rows_list ORDER BY id")["id"].to_list() == seen


@pytest.mark.parametrize("query", REACHING)
def test_no_query_reaches_the_neighbours_row(query: str) -> None:
    with scoped(_village(A)):
        assert _sql(query) == []
    assert _sql("SELECT name, desa_code FROM rows_list WHERE id = 3") == [("Loq", B)]
    assert _sql("SELECT sum(idr) FROM rows_below") == [(70,)]


@pytest.mark.parametrize("query", REACHING)
def test_the_same_query_reaches_it_for_those_who_may(query: str) -> None:
    """The control: an attempt that fails for everyone would prove nothing."""
    if "1 / (id - 3)" in query:
        with pytest.raises(DatabaseError, match="division by zero"), scoped(_village(B)):
            _sql(query)
        return
    with scoped(_village(B)):
        assert len(_sql(query)) == 1


@pytest.mark.parametrize("command", CROSSING)
def test_what_would_cross_the_border_is_refused(command: str) -> None:
    with pytest.raises(DatabaseError), scoped(_village(A)):
        _sql(command)
    assert _sql("SELECT count(*) FROM rows_list") == [(4,)]
    assert _sql("SELECT name, desa_code FROM rows_list WHERE id = 3") == [("Loq", B)]


def test_a_taken_key_tells_nothing_of_its_row() -> None:
    with scoped(_village(A)):
        assert _sql(f"{_UPSERT} NOTHING RETURNING id") == []


def test_the_whole_regency_is_taken_on_and_given_back() -> None:
    """Were it inherited, every request would see every row, whatever its scope."""
    state = "SELECT current_user, row_security_active('rows_list')"
    with scoped(_village(A)):
        assert _sql(state) == [("jaring_app", True)]
        with counting():
            assert _sql(state) == [("jaring_whole", False)]
        assert _sql(state) == [("jaring_app", True)]
    with scoped(REGENCY):
        assert _sql(state) == [("jaring_whole", False)]
    assert _sql("SELECT pg_has_role('jaring_app', 'jaring_whole', 'USAGE')") == [(False,)]


def test_a_server_that_lets_no_role_bypass_has_the_policy(rows: None) -> None:
    """An office's own server may refuse that right; the policy then lets the same rows pass."""
    settings = connections["default"].settings_dict
    address = f"postgresql://postgres@/{settings['NAME']}?host={settings['HOST']}"
    with psycopg.connect(address, autocommit=True) as above:
        above.execute("ALTER ROLE jaring_whole NOBYPASSRLS")
        try:
            with scoped(WHOLE):
                assert _ids() == [1, 2, 3, 4]
                assert _sql("SELECT row_security_active('rows_list')") == [(True,)]
                frame = pl.DataFrame({"id": [20, 21], "desa_code": [B, None]})
                assert copy_in_table(frame, "rows_list") == 2
                assert _ids("SELECT id FROM rows_list WHERE id >= 20 ORDER BY id") == [20, 21]
                plan = "\n".join(row[0] for row in _sql("EXPLAIN SELECT id FROM rows_list"))
                assert "Filter" not in plan, "the whole regency pays for the policy of others"
        finally:
            above.execute("ALTER ROLE jaring_whole BYPASSRLS")


def test_copy_straight_into_a_guarded_table_is_refused_by_postgresql() -> None:
    with (
        scoped(_village(A)),
        pytest.raises(psycopg.Error, match="not supported with row-level security"),
        transaction.atomic(),
        connection.connection.cursor() as cursor,
        cursor.copy("COPY rows_list (id, desa_code) FROM STDIN") as copy,
    ):
        copy.write(f"9\t{A}\n")


def test_bulk_rows_are_held_to_the_same_border() -> None:
    def frame(code: str) -> pl.DataFrame:
        return pl.DataFrame({"id": [10, 11], "desa_code": [A, code]})

    with scoped(_village(A)):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            copy_in_table(frame(B), "rows_list")
        assert copy_in_table(frame(A), "rows_list") == 2
    assert _ids("SELECT id FROM rows_list WHERE id > 4 ORDER BY id") == [10, 11]


def test_the_first_lock_agrees_with_the_second() -> None:
    for scope in (NOTHING, _village(A), _village(B), OFFICE, REGENCY):
        condition, params = scope.where(desa="desa_code", kind="kind", office="office")
        with scoped(WHOLE):
            first = [r[0] for r in _sql(f"SELECT id FROM rows_list WHERE {condition} ORDER BY id", *params)]
        with scoped(scope):
            assert _ids() == first


def test_a_query_of_the_orm_is_narrowed_the_same_way() -> None:
    """On a model of this room, whose names stand in for codes of desa."""
    for code in (A, B):
        Officer.objects.create(username=code, office="petani")
    seen = {
        scope: sorted(scope.narrow(Officer.objects.all(), desa="username").values_list("username", flat=True))
        for scope in (NOTHING, _village(A), OFFICE, REGENCY)
    }
    assert list(seen.values()) == [[], [A], [], [A, B]]
    assert OFFICE.narrow(Officer.objects.all(), desa="username", kind="office").count() == 2


def test_a_scope_ends_with_its_block_also_after_an_error() -> None:
    with scoped(_village(A)):
        with scoped(_village(B)):
            assert _ids() == [3]
        assert _ids() == [1, 2, 4]
        with pytest.raises(DatabaseError), scoped(_village(B)):
            _sql("SELECT 1 / 0")
        assert _ids() == [1, 2, 4]
        with counting():
            assert _ids("SELECT count(*) FROM rows_list") == [4]
        assert _ids() == [1, 2, 4]
    assert current() is WHOLE
    assert _ids() == [1, 2, 3, 4]


def test_tables_without_a_guard_are_named() -> None:
    found = unprotected()
    assert "rows_open" in found
    assert "rows_list" not in found


def test_every_role_has_a_place_in_a_policy() -> None:
    """No role's settings are more than the whole regency's, and a reader of sums has none at all."""
    for code in ROLES:
        values = Scope("x", (Grant(code, frozenset({A})),)).settings()
        assert set(values) == {"role", "jaring.desa", "jaring.kinds", "jaring.offices"}
        assert values["role"] == "none"
        assert values["jaring.desa"] in {"", A}
        assert values["jaring.offices"] == (village_office(A) if values["jaring.desa"] else "")
