"""Jaminan kehilangan pekerjaan: paid out of what JKK and JKM already cost, and by the state.

For: how an employee's contributions are divided inside; never changes what the employer is billed.
"""

import polars as pl

from jaring.law.asking import Ask
from jaring.law.jkp.rule import steps

ASK = Ask(
    day="month",
    inputs={
        "month": pl.Date(),
        "wage_idr": pl.Int64(),
        "jkk_idr": pl.Int64(),
        "jkm_idr": pl.Int64(),
        "scale": pl.String(),
        "programmes": pl.String(),
    },
    steps=steps,
)
