"""Precedence: who comes first where the money does not suffice. A dated, visible rule of the regency.

For: a rank for every worker of a month, and the considerations that made it.
Never: looks at money.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law import columns, segments
from jaring.law.dated import Law
from jaring.law.loader import LawError
from jaring.law.precedence.rule import considerations
from jaring.law.segments.rule import chosen
from jaring.law.settings import LocalSetting
from jaring.law.steps import run

_KEY = "precedence.urutan"


def rank(workers: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """``person_id, month, rank`` (1 is first in the month), ``rank_key`` (its considerations).

    ``rank_key`` is a list of whole numbers, smaller first; equal keys go by ``person_id``, so that a
    rank can be checked by hand. Row order kept. ``rank_warnings`` says that the rule is the office's.
    """
    law = Law(settings)
    frame = run(columns.workers(workers).with_columns(segments.claims(law)), chosen(law))
    frame = frame.select("person_id", "month", **considerations(law), rank_warnings=law.warning(_KEY))
    frame = frame.with_row_index("row")
    parts = [_of_month(part, law) for part in frame.partition_by("month", maintain_order=True)]
    made = pl.concat(parts).sort("row") if parts else frame
    return made.select("person_id", "month", "rank", "rank_key", "rank_warnings")


def _of_month(part: pl.DataFrame, law: Law) -> pl.DataFrame:
    month = part["month"][0]
    found = law.on(_KEY, month)
    if found is None:
        raise LawError(f"{_KEY}: tidak ada urutan yang berlaku pada {month}")
    unknown = [name for name in found.value if name not in considerations(law)]
    if unknown:
        raise LawError(f"{_KEY}: pertimbangan tidak dikenal: {', '.join(unknown)}")
    order = list(found.value)
    return (
        part.sort(*order, "person_id")
        .with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("rank"))
        .with_columns(rank_key=pl.concat_list(order))
    )
