"""Officers, their roles for a time, and whose NIK they opened."""

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
            )
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
