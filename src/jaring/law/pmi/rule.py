"""Migrants: packages of 6, 12 or 24 months, each further month at one price (Permenaker 4/2023 Art. 18)."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step, Test

ROUTES = ("agency", "individual")


def tests(law: Law) -> list[Test]:
    """A length of contract and a route there must be; the two programmes are bought together."""
    months = pl.col("contract_months")
    shortest, choice = law["pmi.paket_terpendek"], pl.col("jht_choice_idr")
    single = law["pmi.tunggal"].is_not_null()
    return [
        Test("pmi-tanpa-jp", pl.col("minta_jp")),
        Test("pmi-jkk-jkm-bersama", ~(pl.col("minta_jkk") & pl.col("minta_jkm"))),
        Test("lama-kontrak-tidak-ada", months.is_null() | (months < 1)),
        Test("rute-tidak-dikenal", pl.col("route").is_null() | ~pl.col("route").is_in(ROUTES)),
        Test("pmi-terlalu-pendek", (months < shortest) & (law["pmi.kurang_dari_terpendek"] == "tolak")),
        Test("pmi-terlalu-lama", single & (months > law["pmi.tunggal_paling_lama"])),
        Test("pmi-jht-bukan-pilihan", pl.col("minta_jht") & ~_is_band(choice, law)),
    ]


def steps(law: Law) -> list[Step]:
    """Before departure, then the package and its excess months; JHT as chosen, for every month."""
    months, named = pl.col("contract_months"), pl.col("jht_choice_idr")
    agency = (pl.col("route") == "agency").fill_null(False)
    start, excess = pl.col("paket_bulan"), pl.col("bulan_lebih")
    shortest, single = law["pmi.paket_terpendek"], law["pmi.tunggal"].is_not_null()
    longest = law["pmi.paket_terlama"]
    # Between two packages the excess is counted from the shorter one.
    reached = pl.max_horizontal(months, shortest)
    chosen = pl.coalesce(named, law["pmi.jht_bila_tak_disebut"])
    wants_jht = pl.col("minta_jht")
    return [
        Step(
            "sebelum_idr",
            pl.when(agency).then(law["pmi.sebelum_bekerja"]).otherwise(0),
            (Cite("pmi.sebelum_bekerja", agency),),
            "Sebelum bekerja, melalui perusahaan penempatan",
        ),
        Step(
            "paket_bulan",
            pl.when(single).then(months).otherwise(law.look_up("pmi.paket", reached, 0)),
            (Cite("pmi.kurang_dari_terpendek", ~single & (months < shortest)),),
            "Bulan yang dicakup paketnya",
        ),
        Step(
            "paket_idr",
            pl.when(single).then(law["pmi.tunggal"]).otherwise(law.look_up("pmi.paket", reached)),
            (Cite("pmi.paket", ~single), Cite("pmi.tunggal", single)),
            "Selama dan sesudah bekerja, paketnya",
        ),
        Step(
            "bulan_lebih",
            pl.max_horizontal(months - start, 0),
            (Cite("pmi.di_antara_paket", (months > start) & (start < longest)),),
            "Bulan di luar paket",
        ),
        Step(
            "lebih_idr",
            pl.when(single).then(0).otherwise(excess * law["pmi.bulan_lebih"]),
            (Cite("pmi.bulan_lebih", ~single & (excess > 0)),),
            "Selama dan sesudah bekerja, bulan di luar paket",
        ),
        Step(
            "jkk_jkm_idr",
            pl.col("sebelum_idr") + pl.col("paket_idr") + pl.col("lebih_idr"),
            (),
            "JKK dan JKM bersama",
        ),
        Step(
            "jht_idr",
            chosen * months,
            (
                Cite("pmi.jht_pilihan", wants_jht),
                Cite("pmi.jht_bila_tak_disebut", wants_jht & named.is_null()),
            ),
            "JHT sebulan dikali lama kontrak",
        ),
    ]


def _is_band(choice: pl.Expr, law: Law) -> pl.Expr:
    """Whether the amount chosen is one that the list offers; silence is not a wrong choice."""
    return choice.is_null() | (law.look_up("pmi.jht_pilihan", choice, 0) == choice).fill_null(False)
