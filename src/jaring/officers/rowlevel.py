"""Row-level security by territory: the text of its policy, once, for the migrations of every room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connections
from django.db.migrations import RunSQL
from psycopg import sql

from jaring.officers.open_tables import OPEN
from jaring.tables.server import WHOLE

POLICY = "jaring_seen"
#: The second policy of each table: the whole regency's role is held to nothing, and pays nothing.
WHOLLY = "jaring_whole"


def _listed(setting: str) -> sql.Composable:
    # The inner select runs once per statement, not once per row.
    return sql.SQL("(SELECT string_to_array(current_setting({}, true), chr(31)))::text[]").format(
        sql.Literal(f"jaring.{setting}")
    )


def _among(column: str, setting: str) -> sql.Composable:
    return sql.SQL("{} = ANY ({})").format(sql.Identifier(column), _listed(setting))


def _of_seen(column: str, parent: str, parent_column: str) -> sql.Composable:
    # What is seen of the parent is looked up once per statement, by the parent's own policy.
    return sql.SQL("{} IN (SELECT {} FROM {})").format(
        sql.Identifier(column), sql.Identifier(parent_column), sql.Identifier(parent)
    )


def _policy(table: str, ways: Sequence[sql.Composable]) -> RunSQL:
    parts = {
        "table": sql.Identifier(table),
        "seen": sql.Identifier(POLICY),
        "wholly": sql.Identifier(WHOLLY),
        "whole": sql.Identifier(WHOLE),
        "condition": sql.SQL(" OR ").join(ways),
    }
    forward = sql.SQL(
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; "
        "CREATE POLICY {seen} ON {table} USING ({condition}) WITH CHECK ({condition}); "
        "CREATE POLICY {wholly} ON {table} TO {whole} USING (true) WITH CHECK (true)"
    ).format(**parts)
    backward = sql.SQL(
        "DROP POLICY {wholly} ON {table}; DROP POLICY {seen} ON {table}; "
        "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
    ).format(**parts)
    return RunSQL(forward.as_string(None), backward.as_string(None))


def protect(
    table: str, desa: str = "", *, kind: str = "", office: str = "", through: Mapping[str, str] | None = None
) -> RunSQL:
    """A migration's operation: rows of ``table`` are there only for those whose scope reaches them.

    ``desa`` names the column with the desa's code; a row without one is seen by the whole regency's
    officers alone. A list's table may also name the columns of its kind and of the office that sent
    it: an office sees its own lists whatever desa their rows name. ``through`` names columns that point
    to a protected table's row, by its ``id`` or by the column after a dot: seen when that row is. Any
    one way is enough. Reading, changing and adding are held to the same condition, so that a row can
    neither be taken from nor moved to another desa.
    """
    named = ((desa, "desa"), (kind, "kinds"), (office, "offices"))
    ways = [_among(column, setting) for column, setting in named if column]
    for column, owner in (through or {}).items():
        parent, _, key = owner.partition(".")
        ways.append(_of_seen(column, parent, key or "id"))
    return _policy(table, ways)


def protect_through(table: str, column: str, parent: str, parent_column: str = "id") -> RunSQL:
    """The same for a table whose rows belong to rows of a protected one: seen when their owner is."""
    return _policy(table, [_of_seen(column, parent, parent_column)])


def guarded_tables() -> dict[str, bool]:
    """Every table → whether its rows are guarded by both policies."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, c.relrowsecurity AND
                      (SELECT array_agg(p.polname::text) FROM pg_policy p WHERE p.polrelid = c.oid) @> %s
                 FROM pg_class c
                WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace""",
            [[POLICY, WHOLLY]],
        )
        return {name: bool(guarded) for name, guarded in cursor.fetchall()}


def unprotected() -> list[str]:
    """Tables that no policy guards and ``open_tables`` gives no reason for: each needs one of the two."""
    return sorted(name for name, guarded in guarded_tables().items() if not guarded and name not in OPEN)
