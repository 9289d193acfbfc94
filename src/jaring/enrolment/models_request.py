"""Requests for payment (SPP) over whole bills: asked for, and not yet paid."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PaymentRequest(models.Model):
    """An SPP as the treasury took it in. Its SP2D is that of its bills; until then they wait."""

    number = models.CharField(max_length=80, unique=True)
    date = models.DateField()
    amount_idr = models.BigIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=150, default="")
    withdrawn_reason = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="enrolment_request_amount"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | (~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
                name="enrolment_request_withdrawn_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RequestLine(models.Model):
    """One bill of a request. A bill stands in one request at a time."""

    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="lines")
    bill = models.ForeignKey("enrolment.Bill", on_delete=models.PROTECT, related_name="requests")
    stands = models.BooleanField(db_default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bill"], condition=Q(stands=True), name="enrolment_request_bill_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.bill_id}"
