"""Papers of a desa printed: numbered by their content, so that the same list is the same letter for ever."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from jaring.enrolment import letters, series
from jaring.enrolment.actions_letter import numbered
from jaring.enrolment.claim_guide import guide
from jaring.enrolment.paperwork_village import card_sheet, hand_over, meeting, place, shown_address
from jaring.facts.month import Month
from jaring.facts.region import Region
from jaring.facts.rupiah import dotted
from jaring.journal.actions import record
from jaring.law.settings import LocalSetting
from jaring.officers.models import ALONE
from jaring.tables import secrets

#: Beyond it a list is set without the structure for screen readers: thirteen times as heavy with it.
_TAGGED = 300


@transaction.atomic
def print_meeting(desa_code: str, month: Month, region: Region, *, by: str) -> bytes:
    """The list for the village meeting of a month."""
    data = meeting(desa_code, month, region)
    rows = data["people"] + sum(len(one["names"]) for one in data["others"])
    return _print("musdes", f"{desa_code} {month}", data, region, rows=rows, by=by)


@transaction.atomic
def print_cards(
    desa_code: str,
    region: Region,
    *,
    address: str,
    by: str,
    newest: bool = False,
    settings: Sequence[LocalSetting] = (),
) -> bytes:
    """The sheets of every card in force of a desa, or of those made last. ``address``: with ``https://``."""
    on = Month.of(timezone.localdate())
    data = card_sheet(desa_code, region, address=address, on=on, newest=newest, settings=tuple(settings))
    return _print("kartu", desa_code, data, region, rows=len(data["cards"]), by=by)


@transaction.atomic
def print_hand_over(desa_code: str, region: Region, *, by: str) -> bytes:
    """The list to sign when the cards are handed out."""
    data = hand_over(desa_code, region)
    return _print("serah_terima", desa_code, data, region, rows=len(data["rows"]), by=by)


@transaction.atomic
def print_leaflet(
    region: Region,
    *,
    address: str,
    by: str,
    desa_code: str = "",
    on: dt.date | None = None,
    settings: Sequence[LocalSetting] = (),
) -> bytes:
    """The leaflet for heirs under the law of the day; with the name of a desa where one is given."""
    told = guide(on or timezone.localdate(), settings)
    data = {
        **(place(desa_code, region) if desa_code else {}),
        "branch": region.branch,
        "branch_address": region.branch_address,
        "branch_phone": region.branch_phone,
        "short": region.short,
        "address": shown_address(address),
        "death": [{"about": one.about, "idr": one.idr} for one in told.death],
        "death_idr": told.death_idr,
        "new_months": told.new_months,
        "new_idr": told.new_idr,
        "new_certain": told.new_certain,
        "accident": [{"about": one.about, "idr": one.idr} for one in told.accident_lines],
        "accident_idr": told.accident_idr,
        "school": [list(one) for one in told.school],
        "school_idr": told.school_idr,
        "school_children": told.school_children,
        "school_months": told.school_months,
        "papers": list(told.papers),
        "days": told.paid_within_days,
        "report_hours": told.report_hours,
        "claim_years": told.claim_years,
    }
    return _print("ahli_waris", desa_code or region.code, data, region, rows=0, by=by)


def _print(name: str, about: str, data: dict[str, Any], region: Region, *, rows: int, by: str) -> bytes:
    whole = {"region": region.name, "office": region.office, "place": region.seat, **data}
    # A keyed digest: the register of letters must not tell who stands in a list.
    content = secrets.blind(json.dumps(whole, ensure_ascii=False, sort_keys=True), f"enrolment.print.{name}")
    today = timezone.localdate()
    letter = numbered(name, f"{about} {content.hex()}", date=today, by=by)
    # Beside the content: the same list stays the same letter whoever prints it.
    mark = f"Dicetak {by} {today:%d-%m-%Y}: {dotted(rows)} orang, jangan disebarkan" if rows > ALONE else ""
    pdf = letters.render(
        name,
        {**whole, "number": series.written(letter), "date": letter.date.isoformat(), "mark": mark},
        tagged=rows <= _TAGGED,
    )
    record("enrolment.print", f"{name} {about}", by=by, number=letter.number, rows=rows)
    return pdf
