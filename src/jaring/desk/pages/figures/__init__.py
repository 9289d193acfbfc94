"""Counts and sums of the month, for whoever may read coverage; no page here names a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item

MENU = (
    Item(_("Ikhtisar"), "overview", "coverage.read", 10),
    Item(_("Cakupan"), "coverage", "coverage.read", 80),
    Item(_("Dana"), "funds", "fund.read", 82),
)
