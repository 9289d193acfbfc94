"""Membership: the new-member rule of JKM (Permenaker 1/2025), on the day of death."""

from __future__ import annotations

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step


def steps(law: Law) -> list[Step]:
    """Months that count, whether they suffice, and what the heirs then receive."""
    total, in_a_row = pl.col("months_total"), pl.col("months_in_a_row")
    again = law["membership.hitungan_diulang"].fill_null(False)
    enough = law["membership.bulan_penuh"]
    bound = pl.any_horizontal(
        (pl.col("kind") == one) & law.holds("membership.berlaku_bagi", one) for one in ("bpu", "pu")
    )
    new = pl.col("new_member")
    whole = pl.col("sekaligus_idr") + pl.col("berkala_idr") + pl.col("pemakaman_idr")
    restarts = Cite("membership.hitungan_diulang", (total >= enough) & (in_a_row < enough))
    return [
        Step(
            "months_counted",
            pl.when(again).then(in_a_row).otherwise(total),
            (restarts,),
            "Bulan yang dihitung",
        ),
        Step(
            "new_member",
            (bound & (pl.col("months_counted") < enough) & ~pl.col("by_accident")).fill_null(False),
            (Cite("membership.bulan_penuh"), Cite("membership.berlaku_bagi", new)),
            "Terhitung peserta baru",
        ),
        Step(
            "jkm_benefit_idr",
            pl.when(new).then(law["membership.santunan_peserta_baru"]).otherwise(whole),
            (Cite("membership.santunan_peserta_baru", new),),
            "Santunan kematian",
        ),
        Step(
            "funeral_idr",
            pl.when(new).then(law["membership.pemakaman_peserta_baru"]).otherwise("pemakaman_idr"),
            (Cite("membership.pemakaman_peserta_baru", new),),
            "Di dalamnya biaya pemakaman",
        ),
    ]
