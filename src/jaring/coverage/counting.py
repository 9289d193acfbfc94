"""Counting people with a paid month, by every dimension, over frames alone."""

from __future__ import annotations

import polars as pl

from jaring.facts.month import Month

DIMENSIONS = ("regency", "kecamatan", "desa", "segment", "source", "sex", "age")
UNKNOWN = "tidak-diketahui"

#: Age bands of BPS's labour tables, with those above the age of enrolment apart.
_BANDS = ((15, "15-24"), (25, "25-34"), (35, "35-44"), (45, "45-54"), (55, "55-64"), (65, "65+"))


def age_band(birth_date: pl.Expr, month: Month) -> pl.Expr:
    """The band of a person's whole years on the first day of ``month``."""
    years = (
        month.year
        - birth_date.dt.year().cast(pl.Int64)
        - (
            (birth_date.dt.month().cast(pl.Int64) > month.number)
            | ((birth_date.dt.month().cast(pl.Int64) == month.number) & (birth_date.dt.day() > 1))
        ).cast(pl.Int64)
    )
    bands = [pl.when(years >= start).then(pl.lit(name)) for start, name in reversed(_BANDS)]
    return pl.coalesce(*bands, pl.when(years < 15).then(pl.lit("<15")), pl.lit(UNKNOWN))


def described(people: pl.DataFrame, month: Month) -> pl.DataFrame:
    """``people`` with one text column per dimension that a person has by themselves.

    In: person_id, birth_date, sex, desa_code, kecamatan_code. Nulls become ``tidak-diketahui``: they
    are counted and shown, never dropped.
    """
    return people.select(
        "person_id",
        regency=pl.lit("semua"),
        kecamatan=pl.col("kecamatan_code").fill_null(UNKNOWN),
        desa=pl.col("desa_code").fill_null(UNKNOWN),
        sex=pl.col("sex").fill_null(UNKNOWN),
        age=age_band(pl.col("birth_date"), month),
    )


def count(paid: pl.DataFrame, people: pl.DataFrame, month: Month) -> pl.DataFrame:
    """People with a paid month, for each dimension: dimension, code, people.

    ``paid``: person_id, segment, source, one row per person (the database lets nobody be paid twice).
    """
    if paid["person_id"].n_unique() != paid.height:
        raise ValueError("satu orang muncul dua kali di antara bulan yang dibayar")
    rows = paid.join(described(people, month), on="person_id", how="left").with_columns(
        pl.col("segment").fill_null(UNKNOWN), pl.col("source").fill_null(UNKNOWN), regency=pl.lit("semua")
    )
    return _by_dimension(rows, DIMENSIONS)


def known(people: pl.DataFrame, month: Month) -> pl.DataFrame:
    """People of working age on any list, for the dimensions a person has: dimension, code, people."""
    rows = described(people, month).filter(~pl.col("age").is_in(["<15", "65+"]))
    return _by_dimension(rows, ("regency", "kecamatan", "desa", "sex", "age"))


def _by_dimension(rows: pl.DataFrame, dimensions: tuple[str, ...]) -> pl.DataFrame:
    parts = [
        rows.group_by(pl.col(name).fill_null(UNKNOWN).alias("code"))
        .agg(people=pl.len().cast(pl.Int64))
        .select(pl.lit(name).alias("dimension"), "code", "people")
        for name in dimensions
    ]
    return pl.concat(parts).sort("dimension", "code")
