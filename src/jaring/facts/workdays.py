"""National holidays as the joint decree of three ministers sets them, for the years that it is known of."""

from __future__ import annotations

import datetime as dt
from functools import cache

from jaring.facts.lokal_part import lokal_part

holidays = lokal_part("holidays")


@cache
def national() -> tuple[dt.date, ...]:
    """Every national holiday that is known; cuti bersama is none: no rule read lets a payment wait for it."""
    return tuple(
        dt.date.fromisoformat(day.date)
        for year in holidays.HOLIDAY_YEARS
        for day in holidays.get_holidays(year).holidays
        if day.type == "libur_nasional"
    )


def known(year: int) -> bool:
    """Whether the holidays of a year are known; of another only Saturdays and Sundays are."""
    return year in holidays.HOLIDAY_YEARS
