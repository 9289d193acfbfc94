"""Rows of the other side's files that name people by NIK, recognised in the register. Reads only."""

from __future__ import annotations

import polars as pl

from jaring.facts import nik as forms
from jaring.tables import secrets
from jaring.tables.frames import read


def recognised(rows: pl.DataFrame) -> pl.DataFrame:
    """``rows`` (``NIK, NAMA``) with ``nik`` (digits)``, nik_bi, person_id`` (who that is by now; null when
    unknown) and ``name`` of the register. Order kept."""
    rows = rows.with_columns(nik=forms.digits(pl.col("NIK")))
    blind = secrets.blind_column(rows["nik"], "nik").alias("nik_bi")
    people = read(
        """WITH RECURSIVE now AS (
             SELECT id, id AS at, merged_into_id, nik_bi FROM people_person WHERE nik_bi = ANY(%s)
             UNION ALL SELECT n.id, p.id, p.merged_into_id, n.nik_bi FROM now n
               JOIN people_person p ON p.id = n.merged_into_id)
           SELECT n.nik_bi, p.id AS person_id, p.name FROM now n JOIN people_person p ON p.id = n.at
            WHERE n.merged_into_id IS NULL""",
        [blind.drop_nulls().to_list()],
    )
    return rows.with_columns(blind).join(people, on="nik_bi", how="left", maintain_order="left")


def alike() -> pl.Expr:
    """Whether the row's name and the register's share a word: a mistyped NIK must not touch another."""
    words = [
        pl.col(name).str.to_uppercase().str.replace_all(r"[^A-Z ]", " ").str.extract_all(r"[A-Z]{3,}")
        for name in ("NAMA", "name")
    ]
    return (words[0].list.set_intersection(words[1]).list.len() > 0).fill_null(False)
