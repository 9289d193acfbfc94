"""Frames in and out of PostgreSQL by COPY, within the transaction that the caller has open."""

from __future__ import annotations

import io
import secrets
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import polars as pl
from django.db import connection, models
from psycopg import ClientCursor, sql
from psycopg.copy import LibpqWriter
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

#: Rows from which on a load changes what the planner should know.
_BULK = 5_000
#: One part in so many of a table changes nothing for the planner.
_NEWS = 10
#: Rows below which one question about a table costs more than it saves.
_LEAST = 500
#: Rows on their way to PostgreSQL at a time.
_PART = 25_000
#: And of the first part, which PostgreSQL waits for.
_FIRST = 750


def copy_in(frame: pl.DataFrame, model: type[models.Model], *, analysed: bool = True) -> int:
    """Append ``frame`` to the table of ``model``; its columns are database column names.

    Binary columns go as bytea, lists of text as text[], dates and integers as they are. Runs on
    Django's own connection, so the caller's ``transaction.atomic`` covers it. Returns the number of
    rows. A broken constraint raises Django's IntegrityError and stores nothing. ``analysed`` is false
    for one of many loads in a row, whose caller calls ``analyse`` after the last.
    """
    return copy_in_table(frame, model._meta.db_table, analysed=analysed)


def copy_in_table(frame: pl.DataFrame, table: str, *, analysed: bool = True) -> int:
    """As ``copy_in``, for a table that has no model (a temporary one)."""
    frame = frame.drop(unsaid(frame, table))
    return copy_in_parts(slices(frame), table, frame.height, analysed=analysed)


def slices(frame: pl.DataFrame, most: int = _PART) -> Iterator[pl.DataFrame]:
    """Parts of at most ``most`` rows, each larger than the one before while they may grow."""
    start, size = 0, min(_FIRST, most)
    while start < frame.height:
        yield frame.slice(start, size)
        start, size = start + size, min(4 * size, most)


def unsaid(frame: pl.DataFrame, table: str) -> list[str]:
    """Columns of ``frame`` that need not be sent to ``table``: nothing stands in them, and nothing else
    would come to stand there. PostgreSQL takes as long over an empty column as over a full one."""
    empty = [name for name in frame.columns if frame[name].null_count() == frame.height]
    if frame.height < _LEAST or not empty or len(empty) == frame.width:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attname = ANY(%s)"
            " AND NOT attnotnull AND NOT atthasdef",
            [f'"{table}"', empty],
        )
        return [name for (name,) in cursor.fetchall()]


def copy_in_parts(parts: Iterable[pl.DataFrame], table: str, rows: int, *, analysed: bool = True) -> int:
    """As ``copy_in_table``, for frames of the same columns that are made one after the other.

    Each is made while PostgreSQL takes in the one before, in a thread of its own: ``parts`` must not
    use the database. ``rows`` is how many they hold together.
    """
    with indexes_aside(table, rows):
        height = _copied_in(iter(parts), table)
    if analysed and height >= _BULK and height * _NEWS > _believed(table):
        analyse(table)
    return height


@contextmanager
def indexes_aside(table: str, rows: int) -> Iterator[None]:
    """A load of ``rows`` that at least doubles ``table`` fills no indexes; they are made at its end.

    Until the transaction ends nobody else reads the table. A broken unique index raises IntegrityError
    at the end of the block, so an INSERT inside must not rest on ON CONFLICT. Smaller loads, loads
    outside a transaction and loads into a table that somebody is reading go on as they are.
    """
    aside = False
    if rows >= _BULK and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tables_set_indexes_aside(%s, %s)", [f'"{table}"', rows])
            aside = cursor.fetchone()[0]
    yield
    if aside:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tables_put_indexes_back(%s)", [f'"{table}"'])


def _copied_in(source: Iterator[pl.DataFrame], table: str) -> int:

    def following() -> tuple[pl.DataFrame, bytes] | None:
        part = next(source, None)
        return None if part is None else (part, _as_lines(part))

    ready = following()
    if ready is None:
        return 0
    height = 0
    connection.ensure_connection()
    with (
        ThreadPoolExecutor(1, thread_name_prefix="copy") as ahead,
        connection.wrap_database_errors,
        connection.connection.cursor() as cursor,
    ):
        # PostgreSQL refuses COPY into a table whose rows are guarded: the rows then go through a
        # temporary one, and the INSERT from there is held to the guard like any other.
        cursor.execute("SELECT row_security_active(%s)", [f'"{table}"'])
        guarded = cursor.fetchone()[0]
        into = sql.Identifier(f"in_{secrets.token_hex(6)}" if guarded else table)
        columns = sql.SQL(", ").join(sql.Identifier(name) for name in ready[0].columns)
        if guarded:
            shape = sql.SQL("CREATE TEMPORARY TABLE {} AS SELECT {} FROM {} WITH NO DATA")
            cursor.execute(shape.format(into, columns, sql.Identifier(table)))
        # What the driver would hold back until it has more, PostgreSQL can be busy with.
        writer = LibpqWriter(cursor, flush_threshold=0)
        command = sql.SQL("COPY {} ({}) FROM STDIN").format(into, columns)
        with cursor.copy(command, writer=writer) as copy:
            # Two, so that neither side waits for the other while their paces differ from part to part.
            later = deque([ahead.submit(following), ahead.submit(following)])
            while ready is not None:
                part, body = ready
                height += part.height
                view = memoryview(body)
                for start in range(0, len(body), 1 << 20):
                    copy.write(view[start : start + (1 << 20)])
                later.append(ahead.submit(following))
                ready = later.popleft().result()
        if guarded:
            move = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}")
            cursor.execute(move.format(sql.Identifier(table), columns, columns, into))
            cursor.execute(sql.SQL("DROP TABLE {}").format(into))
    return height


def _believed(table: str) -> int:
    """How many rows the planner takes a table to have; -1 when it was never told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [f'"{table}"'])
        return int(cursor.fetchone()[0])


def _as_lines(frame: pl.DataFrame) -> bytes:
    """In the text format of COPY, which PostgreSQL takes in faster than CSV."""
    body = io.BytesIO()
    _escaped(frame.with_columns(_written(frame.schema))).with_columns(
        # Two backslashes: one alone begins an escape.
        (pl.lit("\\\\x") + pl.col(name).bin.encode("hex")).alias(name)
        for name, kind in frame.schema.items()
        if kind == pl.Binary
    ).write_csv(body, include_header=False, separator="\t", null_value="\\N", quote_style="never")
    return body.getvalue()


def _written(schema: pl.Schema) -> Iterator[pl.Expr]:
    for name, kind in schema.items():
        column = pl.col(name)
        if isinstance(kind, pl.List):
            quoted = column.list.eval(
                pl.lit('"') + pl.element().cast(pl.String).str.replace_all(r'(["\\])', r"\$1") + pl.lit('"')
            )
            yield (pl.lit("{") + quoted.list.join(",") + pl.lit("}")).alias(name)
        elif kind in (pl.Boolean, pl.Categorical, pl.Enum):
            yield column.cast(pl.String).alias(name)


def _escaped(frame: pl.DataFrame) -> pl.DataFrame:
    """Few texts hold what has a meaning in the format, so a column is looked at before it is changed."""
    signs = frame.select(pl.col(pl.String).str.contains(r"[\x00\\\t\n\r]").any())
    return frame.with_columns(
        # PostgreSQL's text holds no NUL; everything else travels as it is.
        pl.col(found.name)
        .str.replace_all("\x00", "", literal=True)
        .str.replace_all("\\", r"\\", literal=True)
        .str.replace_all("\t", r"\t", literal=True)
        .str.replace_all("\n", r"\n", literal=True)
        .str.replace_all("\r", r"\r", literal=True)
        for found in signs
        if found.item()
    )


def analyse(*tables: str) -> None:
    """Tell the planner what tables hold now: after a bulk load it still believes them to be empty.

    From a third of the usual sample: autovacuum looks closer later.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET default_statistics_target = 30")
        for table in tables:
            cursor.execute(
                sql.SQL("ANALYZE {}").format(sql.Identifier(table)).as_string(connection.connection)
            )
        cursor.execute("RESET default_statistics_target")


def analyse_grown(*tables: str) -> None:
    """``analyse`` those that grew by a fifth or more since the planner was last told of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE oid = ANY(%s::regclass[])"
            " AND pg_relation_size(oid) > 1.2 * current_setting('block_size')::int * greatest(relpages, 10)",
            [[f'"{table}"' for table in tables]],
        )
        grown = [name for (name,) in cursor.fetchall()]
    analyse(*grown)


_TYPES: dict[int, pl.DataType] = {
    16: pl.Boolean(),
    17: pl.Binary(),
    20: pl.Int64(),
    21: pl.Int32(),
    23: pl.Int64(),
    25: pl.String(),
    701: pl.Float64(),
    1043: pl.String(),
    1082: pl.Date(),
    1114: pl.Datetime("us"),
    1184: pl.Datetime("us", "UTC"),
    1700: pl.Int64(),  # numeric here is only ever a sum of whole rupiah
    2950: pl.String(),
    3802: pl.String(),
    1009: pl.List(pl.String()),
    1015: pl.List(pl.String()),
}

#: Kinds that the reader of the text makes itself.
_PARSED = (pl.Int64(), pl.Int32(), pl.Float64(), pl.Date())


def read(query: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> pl.DataFrame:
    """The rows of ``query`` as a frame, in the current transaction.

    Types follow PostgreSQL's: text, bigint → Int64, date → Date, bytea → Binary, text[] → List.
    ``params`` are bound by the driver; nothing from outside ever becomes part of the text.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        with connection.connection.cursor() as probe:
            probe.execute(sql.SQL("SELECT * FROM ({}) q LIMIT 0").format(sql.SQL(query)), params or None)
            schema = {c.name: _TYPES.get(c.type_code, pl.String()) for c in probe.description}
        body = _copied_out(
            sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)")
            .format(_bound(query, params))
            .as_bytes(connection.connection)
        )
    if not body:
        return pl.DataFrame(schema=schema)
    plain = {name: kind if kind in _PARSED else pl.String() for name, kind in schema.items()}
    raw = pl.read_csv(body, has_header=False, schema=plain)
    return raw.select(_typed(name, kind) for name, kind in schema.items())


def _copied_out(command: bytes) -> bytes:
    """What COPY sends, read from libpq itself: a generator step per row took longer than the rows."""
    link = connection.connection.pgconn
    link.send_query(command)
    started = link.get_result()
    if started is None or started.status != ExecStatus.COPY_OUT:
        while link.get_result() is not None:
            pass
        raise error_from_result(started)
    blocks = []
    while True:
        size, block = link.get_copy_data(0)
        if size <= 0:
            break
        blocks.append(bytes(block))
    failed = None
    while (result := link.get_result()) is not None:
        if result.status != ExecStatus.COMMAND_OK:
            failed = result
    if failed is not None:
        raise error_from_result(failed)
    return b"".join(blocks)


def _bound(query: str, params: Sequence[Any] | Mapping[str, Any]) -> sql.Composable:
    if not params:
        return sql.SQL(query)
    # COPY takes no parameters of its own: the driver's client-side cursor quotes them.
    return sql.SQL(ClientCursor(connection.connection).mogrify(query, params))


def _typed(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if kind == pl.String() or kind in _PARSED:
        return column
    if kind == pl.Boolean():
        return (column == "t").alias(name)
    if kind == pl.Binary():
        return column.str.strip_prefix("\\x").str.decode("hex").alias(name)
    if isinstance(kind, pl.List):
        inner = column.str.strip_chars("{}")
        items = inner.str.replace_all('"', "").str.split(",")
        return pl.when(inner == "").then(pl.lit([], dtype=pl.List(pl.String()))).otherwise(items).alias(name)
    if isinstance(kind, pl.Datetime):
        return column.str.slice(0, 19).str.to_datetime("%Y-%m-%d %H:%M:%S").alias(name)
    raise TypeError(f"no reading for {kind}")
