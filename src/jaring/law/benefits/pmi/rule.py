"""PMI: death during work, treatment abroad, sexual violence (Permenaker 4/2023); annex not read."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

PHASES = ("sebelum", "selama", "sesudah")
_HERE = "benefits.pmi"


def tests(law: Law) -> list[Test]:
    """Where the annex would have to be read."""
    event, known = pl.col("event"), ["meninggal", "perawatan", "kekerasan_seksual"]
    unread = (event == "meninggal") & (pl.col("phase") != "selama")
    return [
        Test("pmi-tahap-tidak-dikenal", ~pl.col("phase").is_in(PHASES).fill_null(False)),
        Test("pmi-manfaat-belum-dibaca", unread | ~event.is_in(known).fill_null(False)),
        Test("pmi-belum-tercatat", law[f"{_HERE}.meninggal_selama"].is_null()),
    ]


def steps(law: Law) -> list[Step]:
    """One line per event whose sum is known."""
    event, phase = pl.col("event"), pl.col("phase")
    died = (event == "meninggal") & (phase == "selama")
    treated, violated = event == "perawatan", event == "kekerasan_seksual"
    left = pl.max_horizontal(pl.col("medical_idr") - pl.col("host_insurance_idr"), 0)
    care = law[f"{_HERE}.perawatan_luar_negeri"]
    lines = [
        Step(
            "santunan_idr",
            pl.when(died).then(law[f"{_HERE}.meninggal_selama"]),
            (Cite(f"{_HERE}.meninggal_selama", died),),
            "Santunan meninggal selama bekerja",
        ),
        Step(
            "perawatan_idr",
            pl.when(treated & care.is_not_null()).then(pl.min_horizontal(left, care)),
            (Cite(f"{_HERE}.perawatan_luar_negeri", treated),),
            "Perawatan di luar negeri, sesudah asuransi setempat",
        ),
        Step(
            "kekerasan_idr",
            pl.when(violated).then(law[f"{_HERE}.kekerasan_seksual"]),
            (Cite(f"{_HERE}.kekerasan_seksual", violated),),
            "Santunan kekerasan seksual",
        ),
    ]
    return [*lines, Step("jumlah_idr", pl.coalesce(*(one.column for one in lines)), (), "Jumlah")]
