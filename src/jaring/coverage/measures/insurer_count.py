"""People on the insurer's own active list, for the month of that list: known, but not of this month."""

from __future__ import annotations

import polars as pl

from jaring.coverage import counting
from jaring.coverage.measures import COLUMNS, Inputs
from jaring.coverage.published import CONFIDENCE, latest

KEY = "insurer_count"
TITLE = "Peserta aktif menurut daftar BPJS terakhir"


def figures(inputs: Inputs) -> pl.DataFrame:
    """Counted from the list itself; the rival percentage (of the target) stands as its own row."""
    if inputs.observed_month is None:
        return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    counted = counting.count(inputs.observed, inputs.people, inputs.observed_month)
    meaning = f"orang di daftar peserta aktif BPJS bulan {inputs.observed_month.name}"
    target = latest("target")
    base = counted.rename({"people": "numerator"}).with_columns(
        numerator_definition=pl.lit(meaning),
        denominator=pl.when(pl.col("dimension") == "regency")
        .then(inputs.region.workers)
        .otherwise(None)
        .cast(pl.Int64),
        denominator_definition=pl.when(pl.col("dimension") == "regency")
        .then(pl.lit(inputs.region.workers_definition))
        .otherwise(pl.lit("")),
        as_of=pl.lit(inputs.observed_month.last),
        source=pl.lit("daftar peserta aktif BPJS yang diterima"),
    )
    rival = base.filter(pl.col("dimension") == "regency").with_columns(
        dimension=pl.lit("target"),
        denominator=pl.lit(target.value, dtype=pl.Int64),
        denominator_definition=pl.lit(
            f"{target.counts} (keyakinan: {CONFIDENCE[target.confidence]}; {target.source})"
        ),
    )
    return pl.concat([base, rival]).select(COLUMNS)
