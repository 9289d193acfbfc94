"""What changed in the law from one day to another: values, articles, and whom the change touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jaring.law.dated import InForce, Law, members
from jaring.law.loader import concept, group, keys, value
from jaring.law.settings import LocalSetting

#: Kinds of membership; a concept that names none of them touches all.
KINDS = ("bpu", "pu", "jakon", "pmi")
#: Concepts whose name is no kind, and the kinds that they are about.
_ABOUT = {
    **{"advance": ("bpu",), "conversion": ("bpu",), "discount": ("bpu",), "jakon_schedule": ("jakon",)},
    **{"jkp": ("pu",), "penalty": ("pu",), "retirement": ("pu",), "scale": ("pu",), "wage": ("pu",)},
    **{"funding": ("bpu", "pu"), "segments": (), "precedence": (), "eligibility": ("bpu", "pu")},
    **{"mandate": ("employers", *KINDS), "membership": ("bpu", "pu"), "arrears": ("bpu", "pu")},
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is another on the later day. None: none held on that day.

    ``days``: the days between the two on which it changed; ``kinds`` and ``segments``: whom it touches.
    """

    key: str
    title: str
    about: str
    before: InForce | None
    after: InForce | None
    days: tuple[dt.date, ...]
    kinds: tuple[str, ...]
    segments: tuple[str, ...]


def between(one: dt.date, other: dt.date, settings: Sequence[LocalSetting] = ()) -> list[Change]:
    """Every value whose content, article or certainty differs on the two days, in order of key."""
    first, last = sorted((one, other))
    law = Law(settings)
    found = []
    for key in keys():
        before, after = law.on(key, first), law.on(key, last)
        if _read(before) == _read(after):
            continue
        name = key.rpartition(".")[0]
        held = after or before
        assert held is not None
        days = tuple(day for day in _turns(key, settings) if first < day <= last)
        kinds = affected_kinds(name)
        touched = affected_segments(key, kinds, law, last)
        found.append(Change(key, concept(name).title, held.about, before, after, days, kinds, touched))
    return found


def affected_kinds(name: str) -> tuple[str, ...]:
    """The kinds of membership that a concept is about, or ``employers``, ``villages``, ``officers``."""
    if concept(name).affects:
        return concept(name).affects
    return next((_ABOUT.get(part, (part,)) for part in name.split(".") if part in {*_ABOUT, *KINDS}), KINDS)


def affected_segments(key: str, kinds: Sequence[str], law: Law, day: dt.date) -> tuple[str, ...]:
    """The segments that a value touches on a day: its own, its source's, or those of its kinds."""
    folder, _, rest = key.partition(".")
    if folder == "segments":
        return (rest.partition(".")[0],)
    if folder == "funding" and rest.partition(".")[0] in group("funding"):
        prefix = f"funding.{rest.partition('.')[0]}"
        lists = [law.on(f"{prefix}.{name}", day) for name in ("segmen", "segmen_setempat")]
        paid = {segment for held in lists if held for segment in held.value}
        paid |= {one for dated in value(key).dated if isinstance(dated.value, tuple) for one in dated.value}
        return tuple(one for one in group("segments") if one in paid)
    found = []
    for segment, own in members("segments", "jenis"):
        held = law.on(own, day)
        if held and held.value in kinds:
            found.append(segment)
    return tuple(found)


def _turns(key: str, settings: Sequence[LocalSetting]) -> list[dt.date]:
    """Every day on which a period of the value begins, or has just ended."""
    spans = [(dated.since, dated.until) for dated in value(key).dated]
    spans += [(one.date_from, one.date_to) for one in settings if one.key == key]
    ended = {until + dt.timedelta(days=1) for _, until in spans if until}
    return sorted(ended | {since for since, _ in spans})


def _read(held: InForce | None) -> tuple[object, ...] | None:
    """What makes two days differ: a value that is restated in the same words has not changed."""
    return (held.value, held.dated.article, held.dated.confidence, held.setting) if held else None
