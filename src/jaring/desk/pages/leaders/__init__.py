"""One page for whoever answers for the programme: what matters today, in counts, made to be printed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item

MENU = (
    Item(
        _("Lembar pimpinan"),
        "leaders",
        "payment.read",
        5,
        frozenset({"pimpinan", "penyetuju", "disnakertrans", "pengawas"}),
    ),
)
