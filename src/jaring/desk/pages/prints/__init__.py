"""Papers of a desa to print: the list for its meeting, cards, their hand-over list, the leaflet for heirs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jaring.desk.areas import Item

MENU = (Item(_("Cetak"), "prints", "document.print", 60),)
