"""Months as bars, drawn as SVG by the server: the number stands over each bar, so nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from operator import attrgetter

from jaring.facts.month import Month
from jaring.facts.rupiah import dotted

_HEIGHT, _BAR, _STEP = 190, 34, 52
_TOP, _FLOOR = 28, 150


def draw(
    points: Sequence[tuple[Month, int]],
    title: str,
    name: Callable[[Month], str] = attrgetter("name"),
    count: Callable[[int], str] = dotted,
) -> str:
    """One bar a month, oldest first, each with its number above and its month below."""
    most = max((number for _, number in points), default=0)
    said = "; ".join(f"{name(month)} {count(number)}" for month, number in points)
    width = max(len(points) * _STEP + 8, 4 * _STEP)
    body = [
        f'<svg viewBox="0 0 {width} {_HEIGHT}" width="{width}" role="img" class="trend" '
        'aria-labelledby="tren-judul tren-isi" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="tren-judul">{escape(title)}</title><desc id="tren-isi">{escape(said)}</desc>'
    ]
    for place, (month, number) in enumerate(points):
        x = 4 + place * _STEP
        # A month with anyone in it is never drawn as one with nobody.
        height = max(round((_FLOOR - _TOP) * number / most), 1 if number else 0) if most else 0
        middle = x + _BAR // 2 + 5
        newest = place == len(points) - 1
        body.append(
            f'<rect x="{x + 5}" y="{_FLOOR - height}" width="{_BAR}" height="{height}" '
            f'fill="{"#0f5c3f" if newest else "#86bfa5"}"/>'
            f'<text x="{middle}" y="{_FLOOR - height - 6}" text-anchor="middle" font-size="12" '
            f'font-weight="{600 if newest else 400}">{count(number)}</text>'
            f'<text x="{middle}" y="{_FLOOR + 17}" text-anchor="middle" font-size="12">'
            f"{escape(name(month)[:3])}</text>"
        )
        if place == 0 or month.number == 1:
            body.append(
                f'<text x="{middle}" y="{_FLOOR + 32}" text-anchor="middle" font-size="12" fill="#4b5b64">'
                f"{month.year}</text>"
            )
    body.append(f'<line x1="0" y1="{_FLOOR}" x2="{width}" y2="{_FLOOR}" stroke="#4b5b64"/></svg>')
    return "".join(body)
