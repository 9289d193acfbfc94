"""People whose month has been paid to the insurer, with a payment document held here."""

from __future__ import annotations

import polars as pl

from jaring.coverage import counting
from jaring.coverage.measures import COLUMNS, Inputs

KEY = "protected"
TITLE = "Terlindungi bulan ini"


def figures(inputs: Inputs) -> pl.DataFrame:
    """Of the regency's workers as a whole; within a village or group, of the people known from lists."""
    known = counting.known(inputs.people, inputs.month).rename({"people": "denominator"})
    whole = pl.col("dimension") == "regency"
    return (
        counting.count(inputs.paid, inputs.people, inputs.month)
        .rename({"people": "numerator"})
        .join(known, on=["dimension", "code"], how="full", coalesce=True)
        .with_columns(pl.col("numerator").fill_null(0))
        .with_columns(
            numerator_definition=pl.lit(
                f"orang dengan iuran {inputs.month.name} sudah dibayar; buktinya ada di sini"
            ),
            denominator=pl.when(whole).then(inputs.region.workers).otherwise(pl.col("denominator")),
            denominator_definition=pl.when(whole)
            .then(pl.lit(inputs.region.workers_definition))
            .when(pl.col("denominator").is_not_null())
            .then(pl.lit("orang usia 15-64 yang tercatat di daftar mana pun yang diterima"))
            .otherwise(pl.lit("")),
            as_of=pl.lit(inputs.month.last),
            source=pl.lit(
                "bulan-orang berstatus dibayar di sistem ini; penyebut: " + inputs.region.workers_source
            ),
        )
        .select(COLUMNS)
    )
