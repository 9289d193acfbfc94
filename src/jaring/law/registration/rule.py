"""Registration of BPU: cover runs from the number on, after form and first payment (PP 44/2015)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jaring.law.dated import Law
from jaring.law.steps import Cite, Step

_HERE = "registration"


def steps(law: Law, holidays: Sequence[dt.date] = ()) -> list[Step]:
    """The number falls due when both form and first payment are in."""
    form, paid, changed = (pl.col(one) for one in ("form_complete_on", "first_paid_on", "changed_on"))
    complete = pl.when(form.is_not_null() & paid.is_not_null()).then(pl.max_horizontal(form, paid))
    number, change = "bpu.nomor_terbit", "bpu.lapor_perubahan"

    def later(start: pl.Expr, key: str) -> pl.Expr:
        return start.dt.add_business_days(law[key], roll="backward", holidays=holidays)

    return [
        Step(
            "lengkap_pada",
            complete,
            (Cite(f"{_HERE}.pelindungan_mulai"),),
            "Formulir lengkap dan iuran pertama lunas",
        ),
        Step(
            "nomor_sampai",
            later(pl.col("lengkap_pada"), number),
            (Cite(number, complete.is_not_null()),),
            "Nomor terbit paling lambat",
        ),
        Step(
            "terlindungi",
            (pl.col("numbered_on") <= pl.col("day")).fill_null(False),
            (Cite(f"{_HERE}.pelindungan_mulai"),),
            "Terlindungi pada hari itu",
        ),
        Step(
            "perubahan_sampai",
            later(changed, change),
            (Cite(change, changed.is_not_null()),),
            "Perubahan dilaporkan sampai",
        ),
    ]
