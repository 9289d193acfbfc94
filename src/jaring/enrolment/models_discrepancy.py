"""The table of what did not match between our papers and those of others."""

from __future__ import annotations

from django.db import models

from jaring.officers.seeing import Seen


class Discrepancy(models.Model):
    """What did not match: a line of an answer, a total, a bill. Told, never guessed away."""

    key = models.CharField(max_length=200, unique=True)
    code = models.CharField(max_length=40)
    paper = models.CharField(max_length=120)
    month = models.DateField(null=True)
    person_id = models.BigIntegerField(null=True)
    amount_idr = models.BigIntegerField(default=0)
    sentence = models.CharField(max_length=300)
    bill = models.ForeignKey(
        "enrolment.Bill", on_delete=models.PROTECT, null=True, related_name="differences"
    )
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.code} {self.paper}"
