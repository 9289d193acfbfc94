"""What stands in the addresses of the papers to print."""

from __future__ import annotations

from typing import Any

from tests.unit.desk.routes import Said
from tests.unit.desk.things import Things


def _village(here: Things) -> dict[str, Any]:
    return {"desa": here.desa_code}


def _leaflet(here: Things) -> dict[str, Any]:
    return {"desa": here.desa_code, "paper": "selebaran"}


def _card(here: Things) -> dict[str, Any]:
    return {"desa": here.desa_code, "card": here.card.pk}


WITHIN = {
    "prints_village": _village,
    "prints_make_cards": _village,
    "prints_download": _leaflet,
    "prints_cards": _village,
    "prints_replace_card": _card,
}

SAID = {"prints": (Said({"desa": lambda here: here.desa_code}, method="GET"),)}
