"""The law on a frame of workers: what is decided on each, from the worker's own columns alone."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law import columns, eligibility
from jaring.law.settings import LocalSetting

#: What a decision says, beside the worker columns it was made from.
OUTCOME = (
    *("eligible", "reason", "reasons", "carried_on", "segment", "kind", "programmes"),
    *("wage_base_idr", "risk_used", "articles", "warnings"),
)


def decide(workers: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """Each worker (``law.columns.WORKER``, and whatever else the frame has) with the columns ``OUTCOME``.

    ``wage_base_idr`` and ``risk_used`` are what PU contributions are priced on. Row order kept.
    """
    answer = eligibility.test(workers, settings).rename(
        {"wage_idr": "wage_base_idr", "risk_class": "risk_used"}
    )
    facts = columns.workers(workers).get_columns()
    return workers.with_columns(facts).with_columns(answer.select(OUTCOME).get_columns())
