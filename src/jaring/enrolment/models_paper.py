"""What goes out on paper: numbered letters, reminders to villages, participants' cards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jaring.officers.seeing import Seen


class Letter(models.Model):
    """One number of a series and year, given to one subject for ever: a second print is the same letter.

    Numbers of a series follow one another without a gap; the migrations hold every writer to it.
    """

    series = models.CharField(max_length=20)
    year = models.IntegerField()
    number = models.IntegerField()
    #: What the letter is about: codes, months, a digest of a list; no personal data.
    subject = models.CharField(max_length=200)
    date = models.DateField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["series", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="enrolment_letter_number"),
            models.UniqueConstraint(fields=["series", "subject"], name="enrolment_letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.number}/{self.year}"


class Reminder(models.Model):
    """A warning to a desa with the figures it named. ``owed``: sums and counts as printed, no person."""

    desa_code = models.CharField(max_length=13)
    year = models.IntegerField()
    level = models.IntegerField()
    date = models.DateField()
    deadline = models.DateField()
    owed = models.JSONField()
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=150, default="")
    withdrawn_reason = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["date", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["desa_code", "year", "level"],
                condition=Q(withdrawn_at__isnull=True),
                name="enrolment_reminder_level_once",
            ),
            models.UniqueConstraint(fields=["desa_code", "date"], name="enrolment_reminder_one_a_day"),
            models.CheckConstraint(condition=Q(level__gte=1), name="enrolment_reminder_level"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | (~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
                name="enrolment_reminder_withdrawn_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desa_code} {self.year} ke-{self.level}"


class Card(models.Model):
    """A participant's card. The code itself is never stored readable: its keyed hash finds the card,
    the sealed code prints it again."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    code_bi = models.BinaryField(max_length=16, unique=True)
    code_ct = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, db_default="")
    revoked_reason = models.CharField(max_length=200, db_default="")

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="enrolment_card_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"kartu {self.pk}"


__all__ = ["Card", "Letter", "Reminder"]
