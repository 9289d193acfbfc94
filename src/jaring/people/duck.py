"""A DuckDB that can reach nothing: in memory, no files, no network, no Python variables, no changes."""

from __future__ import annotations

import os

import duckdb
import polars as pl

#: Fits the joins of a million rows; the frame itself lives outside it.
MEMORY = "2GB"


def connect(*, memory: str = MEMORY, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A fresh connection for one linkage. Data enters by ``register`` of an Arrow table alone.

    A spill file would hold names and NIKs in plain text, so there is none: too little memory is an error.
    """
    link = duckdb.connect(":memory:")
    for setting in (
        "SET temp_directory = ''",
        "SET enable_external_access = false",
        "SET python_enable_replacements = false",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET allow_community_extensions = false",
        f"SET memory_limit = '{memory}'",
        f"SET threads = {threads or os.cpu_count() or 1}",
        "SET preserve_insertion_order = false",
        "SET lock_configuration = true",
    ):
        link.execute(setting)
    return link


def put(link: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """``frame`` as the temporary table ``name``."""
    link.register("incoming", frame.to_arrow())
    link.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM incoming")  # noqa: S608 -- our own names
    link.unregister("incoming")


def get(link: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """The rows of ``query`` as a frame."""
    return pl.DataFrame(link.sql(query).to_arrow_table())
