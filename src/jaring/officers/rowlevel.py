"""Row-level security by territory: the text of its policy, once, for the migrations of every room."""

from __future__ import annotations

from django.db import connections
from django.db.migrations import RunSQL
from psycopg import sql

POLICY = "jaring_seen"


def _listed(setting: str) -> sql.Composable:
    # The inner select runs once per statement, not once per row.
    return sql.SQL("(SELECT string_to_array(current_setting({}, true), chr(31)))::text[]").format(
        sql.Literal(f"jaring.{setting}")
    )


def _policy(table: str, condition: sql.Composable) -> RunSQL:
    name, policy = sql.Identifier(table), sql.Identifier(POLICY)
    forward = sql.SQL(
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; "
        "CREATE POLICY {policy} ON {table} USING ({condition}) WITH CHECK ({condition})"
    ).format(table=name, policy=policy, condition=condition)
    backward = sql.SQL(
        "DROP POLICY {policy} ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
    ).format(table=name, policy=policy)
    return RunSQL(forward.as_string(None), backward.as_string(None))


def protect(table: str, desa: str, *, kind: str = "", office: str = "") -> RunSQL:
    """A migration's operation: rows of ``table`` are there only for those whose scope reaches them.

    ``desa`` names the column with the desa's code; a row without one is seen by the whole regency's
    officers alone. A list's table may also name the columns of its kind and of the office that sent
    it: an office sees its own lists whatever desa their rows name. Reading, changing and adding are
    held to the same condition, so that a row can neither be taken from nor moved to another desa.
    """
    ways = [
        sql.SQL("(SELECT current_setting('jaring.desa', true)) = '*'"),
        sql.SQL("{} = ANY ({})").format(sql.Identifier(desa), _listed("desa")),
    ]
    for column, setting in ((kind, "kinds"), (office, "offices")):
        if column:
            ways.append(sql.SQL("{} = ANY ({})").format(sql.Identifier(column), _listed(setting)))
    return _policy(table, sql.SQL(" OR ").join(ways))


def protect_through(table: str, column: str, parent: str, parent_column: str = "id") -> RunSQL:
    """The same for a table whose rows belong to rows of a protected one: seen when their owner is."""
    condition = sql.SQL(
        "(SELECT current_setting('jaring.desa', true)) = '*' OR {} IN (SELECT {} FROM {})"
    ).format(sql.Identifier(column), sql.Identifier(parent_column), sql.Identifier(parent))
    return _policy(table, condition)


def unprotected() -> list[str]:
    """Tables with a desa's code in them and no row-level security: each needs it or a reason."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
               WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                 AND a.attname = 'desa_code' AND NOT a.attisdropped AND NOT c.relrowsecurity ORDER BY 1"""
        )
        return [name for (name,) in cursor.fetchall()]
