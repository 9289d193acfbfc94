"""Officers, their roles for a time, whose NIK they opened, and which lists of people they took out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.crypto import salted_hmac

#: The actor of work that no person started: the monthly job, the demo.
SYSTEM = "sistem"


class Officer(AbstractUser):
    """A person with an account. What they may do stands in their assignments alone."""

    office = models.CharField(max_length=120, blank=True)
    #: Raised when rights are taken away: every session opened before it ends at its next request.
    session_epoch = models.PositiveIntegerField(default=0)
    #: A password that someone else has seen; it opens nothing but the page that replaces it.
    password_temporary = models.BooleanField(default=False)

    class Meta(AbstractUser.Meta):
        db_table = "officers_officer"

    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        salt = "jaring.officers.models.Officer.session"
        return salted_hmac(
            salt, f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Assignment(models.Model):
    """One role for one officer from one day to another, both included."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40)
    #: Codes of kecamatan or desa; empty = as far as the role reaches.
    territory = ArrayField(models.CharField(max_length=13), default=list, blank=True)
    #: Kinds of list, for roles that reach lists.
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    #: The largest sum that this assignment approves; null = no limit.
    limit_idr = models.BigIntegerField(null=True, blank=True)
    date_from = models.DateField()
    date_to = models.DateField()
    by = models.CharField(max_length=150)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # A role ended before its first day keeps its row, and is one day short of it.
            models.CheckConstraint(
                condition=models.Q(date_to__gte=models.F("date_from")) | ~models.Q(ended_by=""),
                name="officers_assignment_order",
            ),
            models.CheckConstraint(
                condition=models.Q(limit_idr__isnull=True) | models.Q(limit_idr__gte=0),
                name="officers_assignment_limit",
            ),
        ]
        indexes = [models.Index(fields=["officer", "date_to"], name="officers_assignment_current")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.role} {self.date_from}–{self.date_to}"


class Reveal(models.Model):
    """One NIK opened by one officer: who, whose, when, why."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="reveals")
    person = models.UUIDField()
    day = models.DateField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["officer", "day"], name="officers_reveal_budget"),
            models.Index(fields=["at"], name="officers_reveal_between"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.person} {self.at}"


#: Up to so many people one officer takes out alone in a day; more needs a second person. The house's
#: own rule (the desk's order: "over 500 people"); no regulation that was read names a number.
ALONE = 500


class Export(models.Model):
    """One list of people taken out: what, how many, why, who asked and who let it go."""

    kind = models.CharField(max_length=40)
    #: How the list was chosen: codes, months, states. Never a name or a number of a person.
    parameters = models.JSONField(default=dict)
    people = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default="asked")
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    #: Empty where the number of people asks for no second person.
    decided_by = models.CharField(max_length=150, default="")
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=200, default="")
    sha256 = models.CharField(max_length=64, default="")
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "approved", "refused", "made"]),
                name="officers_export_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "made"])
                | models.Q(people__lte=ALONE)
                | (~models.Q(decided_by="") & ~models.Q(decided_by=models.F("asked_by"))),
                name="officers_export_two_people",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="made") | ~models.Q(sha256=""), name="officers_export_made"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-asked_at"], name="officers_export_open"),
            models.Index(fields=["asked_by", "asked_at"], name="officers_export_day"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"


# Last: its table points at the officers above.
from jaring.officers.models_token import Token  # noqa: E402

__all__ = ["SYSTEM", "Assignment", "Export", "Officer", "Reveal", "Token"]
