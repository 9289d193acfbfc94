"""What stands in the addresses of the bills."""

from __future__ import annotations

import datetime as dt
from copy import copy
from typing import Any

from django.utils import timezone
from tests.unit.desk.routes import Said
from tests.unit.desk.things import Things

from jaring.enrolment.models import Bill, BillLine, Discrepancy, Letter, Pause, PersonMonth, Settlement
from jaring.enrolment.models_settlement import OPEN


def _month(here: Things) -> dict[str, Any]:
    return {"month": "2026-04"}


def _bill(here: Things) -> dict[str, Any]:
    """A bill that differs and names the person of this desa."""
    one = here.bill
    one.state = "different"
    one.save(update_fields=["state"])
    BillLine.objects.get_or_create(
        bill=one, row=2, defaults={"person_id": here.person.pk, "name": here.mark, "iuran_idr": 16_800}
    )
    return {"pk": one.pk}


def settlement(here: Things, state: str = "draft") -> dict[str, Any]:
    given: dict[str, Any] = {}
    if state == "approved":
        number = Letter.objects.filter(series="rekonsiliasi", year=2026).count() + 1
        letter = Letter.objects.create(
            series="rekonsiliasi",
            subject=f"uji {here.number} {number}",
            year=2026,
            number=number,
            date=timezone.localdate(),
            by="uji",
        )
        given = {"approved_by": "penyetuju", "approved_at": timezone.now(), "letter": letter}
    bill = _bill(here)["pk"]
    # A bill has one open settlement; that of the page before has ended.
    ended = {"state": "ended", "refused_by": "uji", "refused_at": timezone.now(), "refusal": "uji"}
    Settlement.objects.filter(bill_id=bill, state__in=OPEN).update(**ended)
    made = Settlement.objects.create(
        bill_id=bill,
        way="accept",
        reason="dicocokkan bersama cabang",
        people=1,
        agreed_idr=16_800,
        released_idr=0,
        unacknowledged_idr=0,
        figures={"own_people": 1, "own_idr": 16_800, "programmes": [], "done": [], "chased": []},
        digest=b"0" * 32,
        made_by="pengolah",
        state=state,
        **given,
    )
    return {"pk": made.pk}


def _approved(here: Things) -> dict[str, Any]:
    return settlement(here, "approved")


def _line(here: Things) -> dict[str, Any]:
    made, _ = Discrepancy.objects.get_or_create(
        key=f"uji-tagihan:{here.number}",
        defaults={
            "code": "henti-belum-dijawab",
            "paper": "UJI",
            "person_id": here.person.pk,
            "amount_idr": 16_800,
            "sentence": "Kode uji: masih ditagih.",
            "bill": here.bill,
        },
    )
    return {"pk": made.pk}


WITHIN = {"bills_chased": _line}
EVERYWHERE = {
    "bills_of": _month,
    "bills_minutes": _month,
    "bills_bill": _bill,
    "bills_propose": _bill,
    "bills_settlement": settlement,
    "bills_agreement": _approved,
    "bills_sign": _approved,
    "bills_withdraw": _approved,
}


def _nameless(here: Things) -> dict[str, Any]:
    """A bill of a sum alone, smaller than the list: whom it leaves out must be said by code."""
    wadah, may = f"TANPA {here.number}", dt.date(2026, 5, 1)
    known = Bill.objects.filter(wadah=wadah).first()
    if known is not None:
        return {"pk": known.pk}
    month, bill = copy(here.month), copy(here.bill)
    month.pk, month.month, month.wadah = None, may, wadah
    month.save(force_insert=True)
    let_go = {"resumed_by": "uji", "resumed_at": timezone.now(), "resumed_reason": "kabar sudah datang"}
    Pause.objects.filter(person_id=here.person.pk).update(**let_go)
    for state in ("decreed", "enrolled"):
        PersonMonth.objects.filter(pk=month.pk).update(state=state)
    bill.pk, bill.number, bill.code = None, f"T/TANPA/{here.number}", f"TANPA{here.number}"
    bill.month, bill.wadah, bill.state, bill.people = may, wadah, "different", 0
    bill.billed_idr = bill.jkk_idr = bill.jkm_idr = 0
    bill.save(force_insert=True)
    return {"pk": bill.pk}


WORDS = {"keadaan", "way", "sebab", "signed_on"}
SAID = {
    "bills_propose": (
        Said(
            {"codes": lambda here: str(here.person.public_id)[:8]},
            lambda here: {"way": "accept", "reason": "dicocokkan bersama cabang"},
            whose="address",
            at=_nameless,
        ),
    )
}
