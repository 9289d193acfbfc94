"""Company workers: whoever a list claims as such."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.segments.rule import claimed


def member(law: Law) -> pl.Expr:
    """A list of an office says so."""
    return claimed("pekerja_perusahaan")
