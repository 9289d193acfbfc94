"""Funding, what all sources share: the ground on which a source pays, and on what terms."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.loader import group
from jaring.law.segments.rule import CLAIM
from jaring.law.segments.rule import terms as segment_terms
from jaring.law.steps import Cite, Step, Test


def may_pay(source: str, segment: str, law: Law) -> pl.Expr:
    """Whether the source may pay for the segment: by regulation, or by a local rule."""
    return law.holds(f"funding.{source}.segmen", segment) | law.holds(
        f"funding.{source}.segmen_setempat", segment
    )


def any_claim(key: str, law: Law) -> pl.Expr:
    """Whether any segment that the worker belongs to is in the list of law."""
    return pl.any_horizontal(pl.col(f"{CLAIM}{one}") & law.holds(key, one) for one in group("segments"))


def tests(source: str, law: Law) -> list[Test]:
    """Asked after the source's own tests: no claim of the worker is one that it may pay for."""
    lists = (Cite(f"funding.{source}.segmen"), Cite(f"funding.{source}.segmen_setempat"))
    return [Test("segmen-di-luar-sumber", pl.col("segment").is_null(), lists)]


def terms(source: str, law: Law) -> list[Step]:
    """Kind, programmes and wadah under which the source pays for the segment it chose."""
    segment = pl.col("segment")
    own, local = f"funding.{source}.segmen", f"funding.{source}.segmen_setempat"
    by_own = pl.any_horizontal((segment == one) & law.holds(own, one) for one in group("segments"))
    kind = law[f"funding.{source}.jenis"]
    as_segment = kind == "segmen"
    as_bpu = (pl.col("kind") == "bpu") & (pl.col("jenis") != "bpu")
    return [
        *segment_terms(law),
        Step(
            "menurut_peraturan",
            by_own,
            (Cite(own, by_own), Cite(local, ~by_own)),
            "Segmennya disebut peraturan",
        ),
        Step(
            "kind",
            pl.when(as_segment).then("jenis").otherwise(kind),
            (Cite(f"funding.{source}.jenis", ~as_segment),),
            "Jenis kepesertaan",
        ),
        Step(
            "programmes",
            pl.when(as_bpu).then(law["funding.program_bpu"]).otherwise("program"),
            (Cite("funding.program_bpu", as_bpu),),
            "Program yang dibayar",
        ),
        Step(
            "wadah",
            pl.when(pl.col("kind") == "pu").then(pl.lit("PU")).otherwise(law[f"funding.{source}.wadah"]),
            (Cite(f"funding.{source}.wadah", pl.col("kind") == "bpu"),),
            "Wadah",
        ),
        Step(
            "terendah",
            law[f"funding.{source}.dasar"] == "terendah",
            (Cite(f"funding.{source}.dasar", pl.col("kind") == "bpu"),),
            "Dasar iuran",
        ),
    ]
