"""Jasa konstruksi, angsuran dan tenggat: when a project's contribution is paid and what must be reported."""

import polars as pl

from jaring.law.asking import Ask
from jaring.law.jakon_schedule.rule import steps

ASK = Ask(
    day="spk_on",
    inputs={
        "spk_on": pl.Date(),
        "iuran_idr": pl.Int64(),
        "replaced_on": pl.Date(),
    },
    steps=steps,
)
