"""What people say of one person by hand: a pause that holds back every batch, a report from the village."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from jaring.officers.seeing import Seen

#: What a village reports, in the words of a mutation file.
KINDS = ("MENINGGAL", "PINDAH", "PMI", "MANDIRI", "BEKERJA", "BERHENTI")


class Pause(models.Model):
    """From a month on no batch touches this person, until somebody lets them go again."""

    person_id = models.BigIntegerField()
    from_month = models.DateField()
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    resumed_by = models.CharField(max_length=150, default="")
    resumed_at = models.DateTimeField(null=True)
    resumed_reason = models.CharField(max_length=200, default="")

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"], condition=Q(resumed_at__isnull=True), name="enrolment_pause_one_open"
            ),
            models.CheckConstraint(condition=Q(from_month__day=1), name="enrolment_pause_first_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="enrolment_pause_has_reason"),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True) | (~Q(resumed_by="") & ~Q(resumed_reason="")),
                name="enrolment_pause_resumed_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.from_month:%Y-%m}"


class Report(models.Model):
    """A village's word that somebody died or left; it moves months only once a second person accepts it.

    ``public_id`` is made where the report is written, so that a form sent twice is one report.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    person_id = models.BigIntegerField()
    desa_code = models.CharField(max_length=13)
    kind = models.CharField(max_length=9, choices=[(kind, kind) for kind in KINDS])
    event_date = models.DateField()
    note = models.CharField(max_length=200, default="")
    #: SHA-256 of the kept photo (``enrolment.photos``).
    photo = models.CharField(max_length=64, null=True)  # noqa: DJ001 -- null: no photo was sent
    state = models.CharField(max_length=8, default="reported")
    reason = models.CharField(max_length=200, default="")
    reported_by = models.CharField(max_length=150)
    reported_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=150, default="")
    decided_at = models.DateTimeField(null=True)

    objects = models.Manager()
    seen = Seen(desa="desa_code")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["reported", "accepted", "refused"]), name="enrolment_report_state"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="enrolment_report_kind"),
            models.CheckConstraint(
                condition=Q(state="reported") | (~Q(decided_by="") & ~Q(decided_by=F("reported_by"))),
                name="enrolment_report_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="enrolment_report_refused_why"
            ),
            # Two phones tell the same death once while it waits or after it was taken over.
            models.UniqueConstraint(
                fields=["person_id", "kind", "event_date"],
                condition=~Q(state="refused"),
                name="enrolment_report_once",
            ),
        ]
        indexes = [models.Index(fields=["desa_code", "state"], name="enrolment_report_of_desa")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"
