"""Eligibility: whether each worker may be enrolled this month, as what, and why not.

For: one row per worker with every reason, its segment, programmes, kind and base.
Never: asks who pays or what money there is; stores anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.law import columns, segments
from jaring.law.dated import Law
from jaring.law.eligibility.rule import carried_on, tests, warnings
from jaring.law.segments.rule import ON, chosen, terms
from jaring.law.settings import LocalSetting
from jaring.law.steps import first, noted, once, run, with_codes

#: What ``test`` gives for each worker.
ANSWER = (
    *("person_id", "month", "eligible", "reason", "reasons", "carried_on", "segment", "kind", "programmes"),
    *("income_idr", "wage_idr", "sector", "risk_class", "articles", "warnings"),
)


def test(workers: pl.DataFrame, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:  # noqa: PT028
    """The columns ``ANSWER`` for each worker, in row order.

    ``reasons``: every code that applies, refusals before warnings; ``reason``: the first refusal,
    null where eligible; ``carried_on``: covered now by a payer whose members are carried on.
    ``wage_idr`` and ``risk_class`` are completed from the segment. ``articles`` and ``warnings``
    (text, parted by "; ") are those of the segment's terms; each reason has its own.
    """
    law = Law(settings)
    frame = columns.workers(workers).with_columns(segments.claims(law))
    frame = run(frame, chosen(law))
    frame = once(frame, ON, lambda cases: noted(run(cases, steps := terms(law)), steps, law))
    refusals = tests(law)
    frame = with_codes(frame, [*refusals, *warnings(law)], "reasons")
    return (
        frame.with_columns(
            reason=first(refusals),
            carried_on=carried_on(law),
            kind="jenis",
            programmes="program",
            wage_idr=segments.base_wage(),
            risk_class=pl.coalesce("risk_class", "kelas_segmen"),
        )
        .with_columns(eligible=pl.col("reason").is_null())
        .select(ANSWER)
    )


test.__test__ = False  # type: ignore[attr-defined]  # not one of pytest's
