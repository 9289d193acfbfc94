"""What stands in the addresses of the treasury."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone
from tests.unit.desk.routes import Said
from tests.unit.desk.things import MONTH, Things

from jaring.enrolment.models import Bill, Payment, PaymentRequest, RequestLine

_SHA = "f" * 64


def _bill(here: Things) -> Bill:
    """A bill that matches, of a payer whose wadah has its usual form."""
    Bill.objects.filter(pk=here.bill.pk).update(state="matched", wadah=f"SG-UJI{here.number}")
    here.bill.refresh_from_db()
    return here.bill


def _request(here: Things) -> dict[str, Any]:
    found, fresh = PaymentRequest.objects.get_or_create(
        number=f"SPP/{here.number}", defaults={"date": MONTH, "amount_idr": 16_800, "by": "uji"}
    )
    if fresh:
        RequestLine.objects.create(request=found, bill=_bill(here))
    return {"pk": found.pk}


def _payment(here: Things) -> dict[str, Any]:
    document = f"SP2D {here.number}, sha256 {_SHA[:16]}"
    given = {"date": MONTH, "amount_idr": 16_800, "document": document, "by": "uji"}
    found, _ = Payment.objects.get_or_create(kind="sp2d", number=f"SP2D/{here.number}", defaults=given)
    return {"pk": found.pk}


def _file(here: Things) -> dict[str, Any]:
    _payment(here)
    return {"sha256": _SHA}


def _payer(here: Things) -> dict[str, Any]:
    _bill(here)
    return {"month": f"{MONTH:%Y-%m}", "payer": f"UJI{here.number}"}


EVERYWHERE = {
    "treasury_request": _request,
    "treasury_request_paper": _request,
    "treasury_request_withdraw": _request,
    "treasury_pay_request": _request,
    "treasury_payment": _payment,
    "treasury_file_result": _file,
    "treasury_record_request": _payer,
    "treasury_record_payment": _payer,
}


def _paper(here: Things, step: str) -> dict[str, Any]:
    return {"number": "1/UJI", "date": f"{timezone.localdate()}", "amount_idr": "16800", "langkah": step}


WORDS = {"number", "date", "amount_idr", "langkah", "cari"}
SAID = {
    name: tuple(
        Said({"bills": lambda here: _bill(here).number}, partial(_paper, step=step), whose="address")
        for step in ("", "bukukan")
    )
    for name in ("treasury_record_request", "treasury_record_payment", "treasury_pay_request")
}
