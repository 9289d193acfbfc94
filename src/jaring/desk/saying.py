"""What the rooms below say, in the reader's language; numbers and months as that language writes them.

The rooms speak Indonesian alone, as the record and the law do: what they store, sign, print and send is
the same whoever reads a page. The desk alone says it in English, here, when a page is drawn. A sentence
that was put together from values ("12 orang diusulkan") is recognised by its pattern in the catalogue
("{funded} orang diusulkan"), also when it was stored long ago.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation.trans_real import translation

from jaring.facts import rupiah
from jaring.facts.month import NAMES, Month

_ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = re.compile(rf"\b({'|'.join(NAMES)})\b(?=[ –-]|$)")
#: A count in groups of three, but no decree number, place code or version.
_GROUPED = re.compile(r"(?<![\w./-])((?:-?Rp)?\d{1,3}(?:\.\d{3})+)(?![\w/-]|\.\d)")
_SHARE = re.compile(r"(?<![\d.])(\d+),(\d+) ?%")
_FIELD = re.compile(r"\{(\w*)\}")
#: "{rows} [row is|rows are] known": the words for one and for more, after their count.
_COUNTED = re.compile(r"\{(\w+)\}([^\[{]*)\[([^|\]]*)\|([^\]]*)\]")
#: Where several sentences or labels were put side by side.
_SEAMS = (re.compile(r"(?<=[.!?]) "), re.compile("; "), re.compile(" · "), re.compile(", "), re.compile(": "))
_DEPTH = 4


def said(text: object) -> str:
    """A room's text for the reader of this page."""
    plain = "" if text is None else str(text)
    return plain if not plain or not english() else _english(plain)


def choices(titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """A room's codes and their words, as a form asks for them."""
    return [(code, said(title)) for code, title in titles.items()]


def english() -> bool:
    return get_language() == "en"


def dotted(number: int) -> str:
    """A count: ``17.172``, in English ``17,172``."""
    return f"{number:,}" if english() else rupiah.dotted(number)


def written(amount: int) -> str:
    """An amount: ``Rp288.489.600``, in English ``Rp288,489,600``."""
    return rupiah.written(amount).replace(".", ",") if english() else rupiah.written(amount)


def share(tenths: int) -> str:
    """Tenths of a percent: ``32,7 %``, in English ``32.7%``."""
    whole, part = divmod(tenths, 10)
    return f"{whole}.{part}%" if english() else f"{whole},{part} %"


def month_name(month: Month) -> str:
    """``Mei 2026``, in English ``May 2026``."""
    return f"{_ENGLISH[month.number - 1]} {month.year}" if english() else month.name


#: ``said`` for what is made before the reader is known: titles and choices of forms.
later = lazy(said, str)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One sentence with values, as it is recognised. ``part`` stands in every text that it fits."""

    text: str
    fits: re.Pattern[str]
    part: str


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """From the catalogue, the one with the most words of its own first."""
    found = []
    for text in translation("en")._catalog.keys():  # type: ignore[attr-defined]  # noqa: SIM118
        if not isinstance(text, str) or not _FIELD.search(text):
            continue
        parts = _FIELD.split(text)
        fits = "".join(f"(?P<{one}>.+?)" if n % 2 else re.escape(one) for n, one in enumerate(parts))
        found.append(_Pattern(text, re.compile(fits, re.DOTALL), max(parts[::2], key=len)))
    return tuple(sorted(found, key=lambda one: -len(_FIELD.sub("", one.text))))


@lru_cache(maxsize=4096)
def _english(text: str, depth: int = 0) -> str:
    """By its whole; by its pattern; by its parts; else as it stands, with numbers and months rewritten."""
    whole = _whole(text)
    if whole is not None:
        return whole
    if depth < _DEPTH:
        fitted = _fitted(text, depth)
        if fitted is not None:
            return fitted
        for seam in _SEAMS:
            parts = seam.split(text)
            if len(parts) > 1:
                headed = _headed(parts, seam.findall(text), depth)
                if headed is not None:
                    return headed
                told = [_english(part, depth + 1) for part in parts]
                pairs = zip(told, parts, strict=True)
                # A comma also stands within a sentence: half of one is said in no language.
                halves = seam.pattern == ", " and any(a == b and b[:1].islower() for a, b in pairs)
                if told != parts and not halves:
                    return "".join(_woven(told, seam.findall(text)))
    return _figures(text)


def _headed(parts: list[str], seams: list[str], depth: int) -> str | None:
    """A text that begins with a sentence of the catalogue, which may hold a seam itself."""
    for end in range(len(parts) - 1, 1, -1):
        told = _whole("".join(_woven(parts[:end], seams[: end - 1])))
        if told is not None:
            rest = "".join(_woven(parts[end:], seams[end:]))
            return f"{told}{seams[end - 1]}{_english(rest, depth + 1)}"
    return None


def _fitted(text: str, depth: int) -> str | None:
    """A sentence with values, perhaps with its first letter raised."""
    for asked in dict.fromkeys((text, text[:1].lower() + text[1:])):
        for pattern in _patterns():
            if pattern.part in asked and (found := pattern.fits.fullmatch(asked)):
                values = found.groupdict()
                told = _COUNTED.sub(partial(_numbered, values), gettext(pattern.text))
                for name, value in values.items():
                    told = told.replace(f"{{{name}}}", _value(value, depth))
                return told if asked == text else told[:1].upper() + told[1:]
    return None


def _numbered(values: Mapping[str, str], found: re.Match[str]) -> str:
    name, between, one, more = found.groups()
    return f"{{{name}}}{between}{one if values[name] == '1' else more}"


def _whole(text: str) -> str | None:
    """A text of the catalogue, perhaps with its first letter raised or without its full stop."""
    for asked, ending in ((text, ""), (text.removesuffix("."), "."), (f"{text}.", "")):
        for first in (asked, asked[:1].lower() + asked[1:]):
            told = gettext(first)
            if told != first:
                told = told if asked == first else told[:1].upper() + told[1:]
                return (
                    told.removesuffix(".") if asked.endswith(".") and not text.endswith(".") else told
                ) + (ending if ending and not asked.endswith(".") and text != asked else "")
    return None


def _woven(parts: list[str], seams: list[str]) -> list[str]:
    return [piece for pair in zip(parts, [*seams, ""], strict=True) for piece in pair]


def _value(text: str, depth: int) -> str:
    """What stood in a sentence: a state or a sentence is said in English; a name, a code or a file is not."""
    return _english(text, depth + 1) if text[:1].islower() or " " in text else _figures(text)


def _figures(text: str) -> str:
    text = _GROUPED.sub(lambda found: found[0].replace(".", ","), text)
    text = _SHARE.sub(r"\1.\2%", text)
    return _MONTH.sub(lambda found: _ENGLISH[NAMES.index(found[0])], text)
