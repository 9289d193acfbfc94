"""Segment: the claim that comes first, and the kind, programmes and wage that it brings."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from jaring.law.dated import Law, members
from jaring.law.steps import Step, cite_each

#: Prefix of the boolean columns that say which segments a worker belongs to.
CLAIM = "claim_"


def claimed(segment: str) -> pl.Expr:
    """Whether a list of some office claims the worker for the segment."""
    return pl.col("segments").list.contains(segment)


def chosen(law: Law, allowed: Callable[[str], pl.Expr] | None = None) -> list[Step]:
    """The segment of lowest ``urutan`` among the claims (of those ``allowed``, where given)."""
    orders = {}
    for one, key in members("segments", "urutan"):
        stands = pl.col(f"{CLAIM}{one}")
        orders[one] = pl.when(stands & allowed(one) if allowed else stands).then(law[key])
    least = pl.col("urutan_segmen")
    named = (pl.when(order == least).then(pl.lit(one)) for one, order in orders.items())
    several = pl.sum_horizontal(f"{CLAIM}{one}" for one in orders) > 1
    return [
        Step("urutan_segmen", pl.min_horizontal(*orders.values()), (), "Urutan segmen"),
        Step("segment", pl.coalesce(*named), (), "Segmen"),
        Step("beberapa_segmen", several, (), "Tercantum pada lebih dari satu segmen"),
        Step("upah_disebut", (pl.col("wage_idr") > 0).fill_null(False), (), "Upah disebut dalam daftar"),
        Step("kelas_disebut", pl.col("risk_class").is_not_null(), (), "Kelas risiko disebut dalam daftar"),
    ]


#: What the terms of a segment depend on: few combinations, however many the workers.
ON = {
    "month": pl.Date(),
    "segment": pl.String(),
    "beberapa_segmen": pl.Boolean(),
    "upah_disebut": pl.Boolean(),
    "kelas_disebut": pl.Boolean(),
}


def terms(law: Law) -> list[Step]:
    """What the segment brings: kind, programmes, risk class, and the wage base where it is used."""
    segment = pl.col("segment")

    def step(column: str, name: str, about: str, where: pl.Expr | None = None) -> Step:
        value = law.of("segments", name, segment)
        return Step(column, value, cite_each("segments", name, segment, where), about)

    fixed = law.of("segments", "dasar_upah_tetap", segment).fill_null(False)
    return [
        step("urutan", "urutan", "Urutan di antara segmen lain", pl.col("beberapa_segmen")),
        step("jenis", "jenis", "Jenis kepesertaan"),
        step("program", "program", "Program"),
        step("kelas_segmen", "kelas_risiko", "Kelas risiko JKK segmennya", ~pl.col("kelas_disebut")),
        Step("pakai_dasar", fixed | ~pl.col("upah_disebut"), (), "Dasar upah segmen dipakai"),
        step("dasar_segmen_idr", "dasar_upah", "Dasar upah segmennya", pl.col("pakai_dasar")),
    ]
