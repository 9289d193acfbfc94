"""Funding sources: whom each may pay for, on what ground and on what terms, found by listing the folder.

For: the lawful test of every worker against a source, and what a source is (months, wadah, village bound).
Never: spends, ranks or looks at a budget; that is the room ``funding``.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from jaring.facts.month import Month
from jaring.law import columns, segments
from jaring.law.dated import Law
from jaring.law.funding.rule import may_pay, terms, tests
from jaring.law.loader import LawError, concept, group
from jaring.law.segments.rule import ON, chosen
from jaring.law.settings import LocalSetting
from jaring.law.steps import first, noted, once, run

#: What ``lawful`` gives for each worker: who, whether, why not, and the case to price.
LAWFUL = (
    *("person_id", "month", "source", "allowed", "reason", "segment", "kind", "programmes"),
    *("income_idr", "wage_idr", "sector", "risk_class", "wadah", "articles", "warnings"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a source of money is. ``first_month`` (1 to 12) and ``months``: the span in a budget year that
    it pays by law or practice; ``warnings``: codes of its uncertain values.
    """

    code: str
    name: str
    about: str
    wadah: str
    village_bound: bool
    discounted: bool
    first_month: int
    months: int
    warnings: tuple[str, ...]


def sources() -> tuple[str, ...]:
    """The code of every source."""
    return group("funding")


def source(code: str, on: dt.date | Month | None = None, settings: Sequence[LocalSetting] = ()) -> Source:
    """The description of a source on a day, or as it stands last. LawError when there is none."""
    if code not in sources():
        raise LawError(f"sumber dana {code!r} tidak dikenal; yang ada: {', '.join(sources())}")
    day = on.first if isinstance(on, Month) else on or dt.date.max
    about = concept(f"funding.{code}")
    law = Law(settings)
    own = {name: found for name, value in about.values.items() if (found := law.on(value.key, day))}
    return Source(
        code,
        about.title,
        about.about,
        own["wadah"].value,
        own["terikat_desa"].value,
        not own["uang_negara"].value,
        own["bulan_mulai"].value,
        own["lama"].value,
        tuple(found.warning for found in own.values() if found.warning),
    )


def lawful(workers: pl.DataFrame, source: str, settings: Sequence[LocalSetting] = ()) -> pl.DataFrame:
    """Whether ``source`` may pay for each worker, and the case that it would pay; row order kept.

    Gives the columns ``LAWFUL``. ``reason`` is the code of the first ground of refusal, null where
    allowed. The case (kind, programmes, incomes, risk class) can go to ``price.monthly`` as it is:
    a source that pays the lowest contribution only has its income replaced by the lowest.
    ``workers`` need not be eligible; that is asked apart.
    """
    if source not in sources():
        raise LawError(f"sumber dana {source!r} tidak dikenal; yang ada: {', '.join(sources())}")
    law = Law(settings)
    own = importlib.import_module(f"{__name__}.{source}.rule").tests(law)
    frame = columns.workers(workers).with_columns(segments.claims(law))
    frame = run(frame, chosen(law, lambda one: may_pay(source, one, law)))
    frame = once(frame, ON, lambda cases: noted(run(cases, steps := terms(source, law)), steps, law))
    refused = first([*own, *tests(source, law)])
    lowest = law["bpu.penghasilan_tak_disebut"]
    return frame.with_columns(
        source=pl.lit(source),
        reason=refused,
        allowed=refused.is_null(),
        income_idr=pl.when("terendah").then(lowest).otherwise("income_idr"),
        wage_idr=segments.base_wage(),
        risk_class=pl.coalesce("risk_class", "kelas_segmen"),
    ).select(LAWFUL)
