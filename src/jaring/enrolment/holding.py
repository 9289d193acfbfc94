"""Frames held as temporary tables for the statement that joins them.

A decree, its batches and their answers may follow one another within seconds, before the server has
counted its tables; a plan made without counts can go through all months for each person. A held table
is counted and has an index by person, so that every plan has a short way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
from django.db import connection
from psycopg import sql

from jaring.tables.frames import copy_in_table

_TYPES = {pl.Int64(): "bigint", pl.String(): "text", pl.Date(): "date", pl.Boolean(): "boolean"}


@contextmanager
def held(name: str, frame: pl.DataFrame) -> Iterator[None]:
    """``frame`` (with ``person_id``) as the temporary table ``name`` while the block lasts."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(_TYPES[kind]))
        for column, kind in frame.schema.items()
    )
    table = sql.Identifier(name)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(table, columns))
        copy_in_table(frame, name)
        cursor.execute(sql.SQL("CREATE INDEX ON {} (person_id)").format(table))
        cursor.execute(sql.SQL("ANALYZE {}").format(table))
    # After an error the transaction is over and the table with it.
    yield
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE {}").format(table))
