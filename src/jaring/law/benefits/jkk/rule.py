"""JKK in money: STMB by month, disability and death as shares of 80 wages, transport (PP 82/2019)."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from jaring.law.bpu import rule as bpu
from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test

OUTCOMES = ("sembuh", "cacat_anatomis", "cacat_fungsi", "cacat_total", "meninggal")
_TRANSPORT = (
    ("land", "darat", "darat, sungai atau danau"),
    ("sea", "laut", "laut"),
    ("air", "udara", "udara"),
)


def tests(law: Law) -> list[Test]:
    """What keeps a sum from being known."""
    base, outcome = pl.col("dasar_manfaat_idr"), pl.col("outcome")
    partial = outcome.is_in(["cacat_anatomis", "cacat_fungsi"])
    function_unknown = (outcome == "cacat_fungsi") & pl.col("function_parts").is_null()
    return [
        Test("jkk-akibat-tidak-dikenal", outcome.is_not_null() & ~outcome.is_in(OUTCOMES)),
        Test("jkk-belum-tercatat", (outcome != "sembuh") & law["benefits.jkk.kali_upah"].is_null()),
        Test("jkk-dasar-jakon", (pl.col("kind") == "jakon") & base.is_null()),
        Test("jkk-dasar-tidak-ada", (pl.col("kind") != "jakon") & base.is_null()),
        Test("jkk-persen-tabel", partial & (pl.col("table_parts").is_null() | function_unknown)),
    ]


def steps(law: Law) -> list[Step]:
    """The base, then each sum, then all of them."""
    base, eighty = pl.col("dasar_manfaat_idr"), pl.col("delapan_puluh_upah_idr")
    died, total = (pl.col("outcome") == one for one in ("meninggal", "cacat_total"))
    partial = pl.col("outcome").is_in(["cacat_anatomis", "cacat_fungsi"])
    self_employed = pl.col("kind") == "bpu"
    bracket = bpu.steps(law)[0]
    own = tuple(
        Cite(c.key, self_employed if c.where is None else self_employed & c.where) for c in bracket.cites
    )
    lasting = died | total
    return [
        replace(bracket, cites=own),
        Step(
            "dasar_manfaat_idr",
            pl.when(self_employed).then(bracket.column).otherwise("wage_idr"),
            (Cite("benefits.jkk.dasar_bpu", self_employed), Cite("benefits.jkk.dasar_pu", ~self_employed)),
            "Upah atau dasar golongan yang menjadi dasar manfaat",
        ),
        Step(
            "stmb_bagian",
            law.marginal("benefits.jkk.stmb", pl.col("stmb_months")),
            (Cite("benefits.jkk.stmb", pl.col("stmb_months") > 0),),
            "Jumlah bagian upah selama tidak mampu bekerja",
        ),
        rounded("stmb_idr", base, pl.col("stmb_bagian"), law, "Santunan sementara tidak mampu bekerja"),
        Step(
            "delapan_puluh_upah_idr",
            base * law["benefits.jkk.kali_upah"],
            (Cite("benefits.jkk.kali_upah", lasting | partial),),
            "Upah dikalikan pengalinya",
        ),
        *_disability(law, eighty, total, partial),
        *_death(law, eighty, died),
        Step(
            "berkala_idr",
            pl.when(lasting).then(law["benefits.jkk.berkala"]).otherwise(0),
            (Cite("benefits.jkk.berkala", lasting),),
            "Santunan berkala, dibayar sekaligus",
        ),
        *_transport(law),
        Step(
            "jumlah_idr",
            pl.sum_horizontal(
                *("stmb_idr", "cacat_idr", "kematian_idr", "pemakaman_idr", "berkala_idr", "transport_idr"),
                ignore_nulls=False,
            ),
            (),
            "Jumlah manfaat uang",
        ),
    ]


def _disability(law: Law, eighty: pl.Expr, total: pl.Expr, partial: pl.Expr) -> list[Step]:
    by_table = rounded("menurut_tabel_idr", eighty, pl.col("table_parts"), law, "Menurut tabel cacat")
    of_function = rounded(
        "menurut_fungsi_idr", pl.col("menurut_tabel_idr"), pl.col("function_parts"), law, "Menurut fungsi"
    )
    whole = rounded(
        *("cacat_total_idr", eighty, pl.when(total).then(law["benefits.jkk.bagian_cacat_total"]), law),
        "Cacat total tetap",
        Cite("benefits.jkk.bagian_cacat_total", total),
    )
    sum_ = (
        pl.when(total)
        .then("cacat_total_idr")
        .when(pl.col("outcome") == "cacat_anatomis")
        .then("menurut_tabel_idr")
        .when(pl.col("outcome") == "cacat_fungsi")
        .then("menurut_fungsi_idr")
        .otherwise(0)
    )
    cites = (Cite("benefits.jkk.cacat_sebagian", partial),)
    return [by_table, of_function, whole, Step("cacat_idr", sum_, cites, "Santunan cacat")]


def _death(law: Law, eighty: pl.Expr, died: pl.Expr) -> list[Step]:
    """Never less than the lump sum that JKM pays for a death without an accident."""
    least = law["jkm.sekaligus"]
    by_wage = pl.col("kematian_menurut_upah_idr")
    return [
        rounded(
            *(
                "kematian_menurut_upah_idr",
                eighty,
                pl.when(died).then(law["benefits.jkk.bagian_meninggal"]),
                law,
            ),
            "Santunan kematian menurut upah",
            Cite("benefits.jkk.bagian_meninggal", died),
        ),
        Step(
            "kematian_idr",
            pl.when(died).then(pl.when(by_wage < least).then(least).otherwise(by_wage)).otherwise(0),
            (Cite("jkm.sekaligus", died & (by_wage < least)),),
            "Santunan kematian karena kecelakaan kerja",
        ),
        Step(
            "pemakaman_idr",
            pl.when(died).then(law["benefits.jkk.pemakaman"]).otherwise(0),
            (Cite("benefits.jkk.pemakaman", died),),
            "Biaya pemakaman",
        ),
    ]


def _transport(law: Law) -> list[Step]:
    """Each way of travel to its own limit; several are added up."""
    ways = [
        Step(
            f"transport_{name}_idr",
            pl.min_horizontal(f"{column}_idr", law[f"benefits.jkk.transport_{name}"]),
            (Cite(f"benefits.jkk.transport_{name}", pl.col(f"{column}_idr") > 0),),
            f"Pengangkutan {words}",
        )
        for column, name, words in _TRANSPORT
    ]
    whole = pl.sum_horizontal(step.column for step in ways)
    return [*ways, Step("transport_idr", whole, (), "Biaya pengangkutan")]
