"""Numbers, months, officers and what rooms say, as the reader of the page writes them."""

from __future__ import annotations

from django import template

from jaring.desk import naming, saying
from jaring.facts.month import Month

register = template.Library()


@register.filter
def rupiah(amount: int | str | None) -> str:
    """``Rp288.489.600``; a dash where there is none, or what would hold it is not there (empty text)."""
    return "–" if amount in (None, "") else saying.written(int(amount))


@register.filter
def count(number: int | str | None) -> str:
    """``17.172``; a dash as for ``rupiah``."""
    return "–" if number in (None, "") else saying.dotted(int(number))


@register.filter
def percent(share: int | None) -> str:
    """Tenths of a percent as ``32,7 %``; a dash where there is no denominator."""
    return "–" if share is None else saying.share(share)


@register.filter
def month(one: Month | None) -> str:
    """``April 2026``."""
    return "" if one is None else saying.month_name(one)


@register.filter
def said(text: object) -> str | list[str]:
    """What a room below says, in the reader's language; several texts stay several."""
    return [saying.said(one) for one in text] if isinstance(text, list | tuple) else saying.said(text)


@register.filter
def officer(account: str | None) -> str:
    """The name of who holds the account that an act is recorded under."""
    return naming.officer(account)
