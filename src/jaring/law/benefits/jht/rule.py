"""JHT: all at retirement, death or total disability; a part after ten years (PP 46/2015 Art. 22)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.rounding.rule import rounded
from jaring.law.steps import Cite, Step, Test

#: Events that pay all, and events that pay a part after long membership.
WHOLE, PART = ("pensiun", "meninggal", "cacat_total", "berhenti"), ("sebagian", "perumahan")
_HERE = "benefits.jht"


def tests(law: Law) -> list[Test]:
    """Too early for what is asked."""
    event, months = pl.col("event"), pl.col("member_months")
    part = event.is_in(PART)
    retires, long = f"{_HERE}.usia_pensiun", f"{_HERE}.masa_sebagian"
    early = (event == "pensiun") & (pl.col("age_years") < law[retires])
    return [
        Test("jht-sebab-tidak-dikenal", ~event.is_in([*WHOLE, *PART]).fill_null(False)),
        Test("jht-belum-pensiun", early, (Cite(retires),)),
        Test("jht-masa-kurang", part & (months.is_null() | (months < law[long])), (Cite(long),)),
    ]


def steps(law: Law) -> list[Step]:
    """The share of the event, then the sum."""
    event = pl.col("event")
    refused = pl.any_horizontal(test.strikes.fill_null(False) for test in tests(law))
    whole = event.is_in(WHOLE)
    open_ = (event != "berhenti") | law[f"{_HERE}.berhenti_bekerja"].fill_null(False)
    housing = pl.when(event == "perumahan").then(law[f"{_HERE}.bagian_perumahan"])
    general = pl.when(event == "sebagian").then(law[f"{_HERE}.bagian_umum"])
    whole_share = pl.when(whole & open_).then(law[f"{_HERE}.bagian_seluruh"])
    return [
        Step(
            "bagian",
            pl.when(~refused).then(pl.coalesce(housing, general, whole_share)),
            (
                Cite(f"{_HERE}.bagian_seluruh", whole),
                Cite(f"{_HERE}.berhenti_bekerja", event == "berhenti"),
                Cite(f"{_HERE}.bagian_perumahan", event == "perumahan"),
                Cite(f"{_HERE}.bagian_umum", event == "sebagian"),
            ),
            "Bagian saldo yang dapat dibayar",
        ),
        rounded("dibayar_idr", pl.col("balance_idr"), pl.col("bagian"), law, "Paling banyak dibayar"),
    ]
