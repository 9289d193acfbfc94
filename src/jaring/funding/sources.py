"""What funding needs to know of the law's sources, and the order in which they are asked."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.funding.budgets import Known
from jaring.law import funding as law_funding
from jaring.law.loader import group

#: The narrower the purse, the earlier it is asked: what may pay only few is used up on them, so that
#: the purse that may pay for anybody is left for those who have no other. Donors come last: they pay
#: for a few months only, and whoever has a purse for the whole year should have that. No regulation
#: orders the sources; another order is given to ``propose`` and stands in the proposal.
ORDER = ("add", "dana_desa", "dbhcht", "province", "apbd", "csr")
#: Sources that hold no budget of anybody else: the worker and the employer pay for themselves.
WITHOUT_FUND = ("self", "employer")


def order_of(month: Month) -> tuple[str, ...]:
    """The order of sources in a month; sources that the law gained since come last, by name."""
    later = sorted(set(law_funding.sources()) - set(ORDER) - set(WITHOUT_FUND))
    return (*ORDER, *later)


def known(day: dt.date) -> Known:
    """What the rows of a budget file are held against."""
    bound = {
        code: law_funding.source(code, day).village_bound
        for code in law_funding.sources()
        if code not in WITHOUT_FUND
    }
    return Known(bound, set(region(settings.REGION).units["code"].to_list()), set(group("segments")))
