"""Who stands on the insurer's bill, and how a bill that differs from our list was settled between the two."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jaring.enrolment.models_checked import Checked, refused_by_another
from jaring.officers.seeing import Seen

#: States in which a settlement still has something before it.
OPEN = ("draft", "approved")


class BillLine(models.Model):
    """One person on a bill, as the insurer names them. ``person_id``: of our register; null when unknown.

    The NIK of somebody unknown is kept as its keyed hash alone: enough to recognise them later.
    """

    bill = models.ForeignKey("enrolment.Bill", on_delete=models.PROTECT, related_name="lines")
    row = models.IntegerField()
    person_id = models.BigIntegerField(null=True)
    nik_bi = models.BinaryField(max_length=16, null=True)
    name = models.CharField(max_length=120)
    iuran_idr = models.BigIntegerField()

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill", "row"], name="enrolment_billline_once"),
            models.CheckConstraint(condition=Q(iuran_idr__gte=0), name="enrolment_billline_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.bill_id}/{self.row}"


class Settlement(Checked):
    """How a difference ends: ``accept``, the bill is paid at what both hold right; ``ask``, the branch
    sends another bill. ``digest``: of what it changes, so that what was read is what is signed.

    ``figures``: what its minutes show, counts and sums without a person.
    """

    bill = models.ForeignKey("enrolment.Bill", on_delete=models.PROTECT, related_name="settlements")
    way = models.CharField(max_length=6)
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="draft")
    people = models.IntegerField()
    agreed_idr = models.BigIntegerField()
    released_idr = models.BigIntegerField()
    unacknowledged_idr = models.BigIntegerField()
    figures = models.JSONField()
    digest = models.BinaryField(max_length=32)
    letter = models.OneToOneField("enrolment.Letter", on_delete=models.PROTECT, null=True)
    signed_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=150, default="")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bill"], condition=Q(state__in=OPEN), name="enrolment_settlement_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "signed"])
                | (~Q(approved_by="") & ~Q(approved_by=F("made_by")) & Q(letter__isnull=False)),
                name="enrolment_settlement_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | (Q(way="accept") & Q(signed_on__isnull=False) & ~Q(signed_by="")),
                name="enrolment_settlement_signed",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="enrolment_settlement_says_why"),
            refused_by_another("enrolment_settlement_refused"),
        ]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.way} {self.state}"


class SettlementLine(models.Model):
    """What a settlement does with one person's month: ``release``, ``lower`` or ``recognise``."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="lines")
    person_id = models.BigIntegerField(db_index=True)
    act = models.CharField(max_length=9)
    code = models.CharField(max_length=40)
    own_idr = models.BigIntegerField()
    agreed_idr = models.BigIntegerField()

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "person_id"], name="enrolment_settlementline_once"),
            models.CheckConstraint(
                condition=Q(agreed_idr__gte=0) & Q(agreed_idr__lte=F("own_idr")),
                name="enrolment_settlementline_never_more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id}/{self.person_id} {self.act}"


__all__ = ["OPEN", "BillLine", "Settlement", "SettlementLine"]
