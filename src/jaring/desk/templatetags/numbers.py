"""Numbers as Indonesian readers write them."""

from __future__ import annotations

from django import template

from jaring.facts.rupiah import dotted, written

register = template.Library()


@register.filter
def rupiah(amount: int | str | None) -> str:
    """``Rp288.489.600``; a dash where there is none, or what would hold it is not there (empty text)."""
    return "–" if amount in (None, "") else written(int(amount))


@register.filter
def count(number: int | str | None) -> str:
    """``17.172``; a dash as for ``rupiah``."""
    return "–" if number in (None, "") else dotted(int(number))


@register.filter
def percent(share: int | None) -> str:
    """Tenths of a percent as ``32,7 %``; a dash where there is no denominator."""
    return "–" if share is None else f"{share // 10},{share % 10} %"
