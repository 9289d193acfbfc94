"""BPU: JKK and JHT from the base of the income bracket, JKM flat (PP 44/2015 Art. 20, PP 46/2015 Art. 18)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import share_of
from jaring.law.steps import Cite, Step, Test


def tests(law: Law) -> list[Test]:
    """Cases that BPU cannot be: JP needs an employment relation (PP 45/2015)."""
    return [
        Test("bpu-tanpa-jp", pl.col("minta_jp")),
        Test("penghasilan-negatif", pl.col("income_idr") < 0),
    ]


def steps(law: Law) -> list[Step]:
    """Bracket, then one line per programme; JKK and JKM before any discount."""
    income, base = pl.col("income_idr"), pl.col("dasar_idr")
    said, floor = income.fill_null(law["bpu.penghasilan_tak_disebut"]), law["bpu.penghasilan_terendah"]
    stated = pl.max_horizontal(said, floor)
    # Brackets are printed in whole thousands; what falls between two goes where the setting says.
    gap = law["bpu.lebar_sela"]
    raised = pl.when(law["bpu.sela_golongan"] == "atas").then(stated + gap - 1).otherwise(stated)
    below, above = law.look_up("bpu.golongan", stated), law.look_up("bpu.golongan", stated + gap - 1)
    return [
        Step(
            "dasar_idr",
            law.look_up("bpu.golongan", raised),
            (
                Cite("bpu.golongan"),
                Cite("bpu.penghasilan_tak_disebut", income.is_null()),
                Cite("bpu.sela_golongan", below != above),
                Cite("bpu.penghasilan_terendah", said < floor),
            ),
            "Dasar golongan penghasilan",
        ),
        share_of("jkk_penuh_idr", base, "bpu.jkk", law, "JKK dari dasar golongan"),
        Step("jkm_penuh_idr", law["bpu.jkm"], (Cite("bpu.jkm"),), "JKM, sama bagi semua"),
        share_of("jht_idr", base, "bpu.jht", law, "JHT dari dasar golongan"),
    ]


def turns(law: Law) -> list[int]:
    """Every income from which some answer of this rule can be another than just below it, on any date."""
    found = {0}
    widths = [dated.value for dated in law.periods("bpu.lebar_sela")]
    for table in law.periods("bpu.golongan"):
        for start, *_ in table.value:
            found |= {start, *(start - width + 1 for width in widths)}
    for name in ("penghasilan_terendah", "penghasilan_tak_disebut"):
        found |= {dated.value + more for dated in law.periods(f"bpu.{name}") for more in (0, 1)}
    return sorted(found)
