"""Segments: who a worker is for the programme, each with its kind, programmes and base wage.

For: the claims of each worker (several lists may claim one person) and the segment that comes first.
Never: decides whether someone may be enrolled or who pays; that is ``eligibility`` and ``funding``.
"""

from __future__ import annotations

import importlib

import polars as pl

from jaring.law.dated import Law
from jaring.law.loader import group
from jaring.law.segments.rule import CLAIM


def all_segments() -> tuple[str, ...]:
    """Every segment, found by listing the folder."""
    return group("segments")


def claims(law: Law) -> list[pl.Expr]:
    """One boolean column ``claim_<segment>`` per segment: whether the worker belongs to it."""
    rules = {one: importlib.import_module(f"{__name__}.{one}.rule") for one in all_segments()}
    return [rule.member(law).fill_null(False).alias(f"{CLAIM}{one}") for one, rule in rules.items()]


def base_wage() -> pl.Expr:
    """The wage to price on: what the list says, or the segment's base where that is used."""
    return pl.when("pakai_dasar").then(pl.coalesce("dasar_segmen_idr", "wage_idr")).otherwise("wage_idr")
