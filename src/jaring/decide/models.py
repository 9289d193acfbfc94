"""Decisions: one per person and month that stands, and all that stood before it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from jaring.officers.seeing import Seen


def _text() -> models.TextField:
    # A fact that is not known is null in the frames and must come back as null.
    return models.TextField(null=True)


def _texts() -> ArrayField:
    return ArrayField(models.TextField())


class Decision(models.Model):
    """What the law gave for one person in one month, with every fact it was made from.

    Never changed but to be marked as superseded; ``version`` counts from 1.
    """

    person_id = models.BigIntegerField()
    month = models.DateField()
    version = models.IntegerField()
    law_digest = models.CharField(max_length=64)
    decided_at = models.DateTimeField(db_default=Now())
    superseded_at = models.DateTimeField(null=True)

    # The facts.
    birth_date = models.DateField(null=True)
    sex = _text()
    desa_code = _text()
    kecamatan_code = _text()
    age_years = models.BigIntegerField(null=True)
    alive = models.BooleanField()
    moved = models.BooleanField()
    asn = models.BooleanField()
    abroad = models.BooleanField()
    segments = _texts()
    wage_idr = models.BigIntegerField(null=True)
    income_idr = models.BigIntegerField(null=True)
    land_m2 = models.BigIntegerField(null=True)
    desil = models.BigIntegerField(null=True)
    sector = _text()
    risk_class = _text()
    covered_by = _text()
    covered_kind = _text()
    covered_segment = _text()
    covered_as_of = models.DateField(null=True)
    member_since = models.DateField(null=True)
    last_paid_month = models.DateField(null=True)
    last_paid_by = _text()
    occupations = _texts()
    facts_from = models.TextField()

    # What the law made of them.
    eligible = models.BooleanField()
    reason = _text()
    reasons = _texts()
    carried_on = models.BooleanField()
    segment = _text()
    kind = _text()
    programmes = _text()
    wage_base_idr = models.BigIntegerField(null=True)
    risk_used = _text()
    articles = models.TextField()
    warnings = models.TextField()

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "month"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_standing_decision",
            ),
            models.UniqueConstraint(fields=["person_id", "month", "version"], name="decision_versions"),
        ]
        indexes = [models.Index(fields=["month"], name="decision_month")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month} v{self.version}"
