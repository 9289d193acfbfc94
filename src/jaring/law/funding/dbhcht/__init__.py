"""Dana bagi hasil cukai hasil tembakau (DBHCHT); its question: how it is shared out."""

import polars as pl

from jaring.law.asking import Ask
from jaring.law.funding.dbhcht.rule import size, size_tests

ASK = Ask(
    "month",
    {
        "month": pl.Date(),
        "dbhcht_idr": pl.Int64(),
        "excise_idr": pl.Int64(),
        "contributions_idr": pl.Int64(),
    },
    size,
    size_tests,
)
