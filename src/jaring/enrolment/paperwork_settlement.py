"""The minutes of one settlement, for both sides to sign: drawn from what was approved alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jaring.enrolment import letters, series, wadah
from jaring.enrolment.billcompare import CODES
from jaring.enrolment.models import Bill, Settlement
from jaring.enrolment.paperwork import head
from jaring.enrolment.settling import ACTS
from jaring.facts.reason import refuse
from jaring.facts.region import Region


def minutes(one: Settlement, region: Region, out: Path | None = None) -> bytes:
    """The PDF of an approved settlement: the same bytes before and after it was signed."""
    if one.letter is None:
        raise refuse(
            "belum-disetujui",
            "Berita acaranya terbit sesudah penyelesaian ini disetujui.",
            "Minta pemeriksa menyetujuinya.",
        )
    bill = one.bill
    name = wadah.names([bill.wadah], region)[bill.wadah]
    data = {
        **head(region, one.letter.date, series.written(one.letter)),
        **_sums(bill, one),
        "month_from": bill.month.isoformat(),
        "month_to": bill.month.isoformat(),
        "rows": [{**_sums(bill, one), "month": bill.month.isoformat(), "name": name, "state": "selisih"}],
        "mutations": [],
        "differences": [],
        "agreements": [],
        "settlement": _settlement(bill, one),
        "signers": [{"title": region.office}, {"title": region.branch}],
    }
    return letters.render("rekonsiliasi", data, out)


def _sums(bill: Bill, one: Settlement) -> dict[str, int]:
    own_idr = int(one.figures["own_idr"])
    return {
        "own_people": one.figures["own_people"],
        "own_idr": own_idr,
        "people": bill.people,
        "billed_idr": bill.billed_idr,
        "paid_idr": 0,
        "difference_idr": own_idr - bill.billed_idr,
    }


def _settlement(bill: Bill, one: Settlement) -> dict[str, Any]:
    done = [{**row, "why": CODES[row["code"]][1], "done": ACTS[row["act"]]} for row in one.figures["done"]]
    chased = [
        {
            "why": CODES[row["code"]][1],
            "done": "tidak dibayar, ditelusuri",
            "people": row["people"],
            "own_idr": row["billed_idr"],
            "agreed_idr": 0,
        }
        for row in one.figures["chased"]
    ]
    return {
        "number": bill.number,
        "way": one.way,
        "reason": one.reason.rstrip("."),
        "people": one.people,
        "agreed_idr": one.agreed_idr,
        "unacknowledged_idr": one.unacknowledged_idr,
        "words": letters.in_words(one.agreed_idr),
        "programmes": one.figures["programmes"],
        "lines": done + chased,
    }
