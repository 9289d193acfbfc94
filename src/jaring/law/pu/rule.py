"""PU: rates on the monthly wage; JP on the wage up to its ceiling (PP 44, 45 and 46 of 2015)."""

from __future__ import annotations

import polars as pl

from jaring.facts.rupiah import RATE_PARTS
from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded, share_of
from jaring.law.steps import Cite, Step, Test

RISK_CLASSES = ("very_low", "low", "medium", "high", "very_high")


def ceiling_after(ceiling: int, growth: int, multiple: int) -> int:
    """Next year's JP ceiling: this one grown by last year's growth (parts), cut down to a multiple."""
    return ceiling * (RATE_PARTS + growth) // RATE_PARTS // multiple * multiple


def tests(law: Law) -> list[Test]:
    """A wage there must be, and a risk class of Annex I."""
    return [
        Test("upah-tidak-ada", pl.col("wage_idr").is_null()),
        Test("upah-negatif", pl.col("wage_idr") < 0),
        Test("kelas-risiko-tidak-dikenal", ~pl.col("risk_class").is_in(RISK_CLASSES)),
    ]


def steps(law: Law) -> list[Step]:
    """One line per programme and payer: each share is owed by someone else, so each is whole rupiah."""
    wage, capped, named = pl.col("wage_idr"), pl.col("jp_dasar_idr"), pl.col("risk_class")
    risk = named.fill_null(law["pu.kelas_risiko_bila_kosong"])
    ceiling = law["pu.jp_upah_tertinggi"]
    return [
        Step(
            "jkk_bagian",
            pl.coalesce(pl.when(risk == one).then(law[f"pu.jkk_{one}"]) for one in RISK_CLASSES),
            (
                *(Cite(f"pu.jkk_{one}", risk == one) for one in RISK_CLASSES),
                Cite("pu.kelas_risiko_bila_kosong", named.is_null()),
            ),
            "Tarif JKK kelas risikonya",
        ),
        rounded("jkk_penuh_idr", wage, pl.col("jkk_bagian"), law, "JKK sebelum keringanan"),
        share_of("jkm_penuh_idr", wage, "pu.jkm", law, "JKM sebelum keringanan"),
        share_of("jht_pemberi_kerja_idr", wage, "pu.jht_pemberi_kerja", law, "JHT, bagian pemberi kerja"),
        share_of("jht_pekerja_idr", wage, "pu.jht_pekerja", law, "JHT, bagian pekerja"),
        Step("jht_idr", pl.col("jht_pemberi_kerja_idr") + pl.col("jht_pekerja_idr"), (), "JHT"),
        Step(
            "jp_dasar_idr",
            pl.min_horizontal(wage, ceiling),
            (Cite("pu.jp_upah_tertinggi", wage > ceiling),),
            "Dasar JP",
        ),
        share_of("jp_pemberi_kerja_idr", capped, "pu.jp_pemberi_kerja", law, "JP, bagian pemberi kerja"),
        share_of("jp_pekerja_idr", capped, "pu.jp_pekerja", law, "JP, bagian pekerja"),
        Step("jp_idr", pl.col("jp_pemberi_kerja_idr") + pl.col("jp_pekerja_idr"), (), "JP"),
    ]
