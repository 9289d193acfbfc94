"""Funds and their changes, proposals, awards, the waiting list, releases.

The constraints hold whoever writes: 0 ≤ spent ≤ committed ≤ budget, and one person-month has at most
one active award (an exclusion constraint in the migrations).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jaring.officers.seeing import Seen


class Fund(models.Model):
    """Money of one source and year, for one desa or the whole regency, for some segments or all."""

    code = models.CharField(max_length=60, unique=True)
    source = models.CharField(max_length=20)
    year = models.IntegerField()
    #: NULL: the whole regency.
    desa_code = models.CharField(max_length=13, null=True)  # noqa: DJ001
    segments = ArrayField(models.CharField(max_length=30), default=list)
    holder = models.CharField(max_length=120, default="")
    wadah = models.CharField(max_length=4, default="")
    budget_idr = models.BigIntegerField()
    committed_idr = models.BigIntegerField(default=0)
    spent_idr = models.BigIntegerField(default=0)
    month_from = models.DateField()
    month_to = models.DateField()
    document = models.CharField(max_length=200)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_idr__gte=0) & Q(committed_idr__lte=F("budget_idr")),
                name="funding_fund_committed_within_budget",
            ),
            models.CheckConstraint(
                condition=Q(spent_idr__gte=0) & Q(spent_idr__lte=F("committed_idr")),
                name="funding_fund_spent_within_committed",
            ),
            models.CheckConstraint(
                condition=Q(month_from__lte=F("month_to")) & Q(month_from__day=1) & Q(month_to__day=1),
                name="funding_fund_window",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Change(models.Model):
    """One version of a fund's budget: as first loaded (version 1), then each APBD-P or addendum."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="changes")
    version = models.IntegerField()
    before_idr = models.BigIntegerField()
    budget_idr = models.BigIntegerField()
    month_from = models.DateField()
    month_to = models.DateField()
    document = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "version"], name="funding_change_version")]

    def __str__(self) -> str:
        return f"{self.fund_id} v{self.version}"


class Proposal(models.Model):
    """The rule-based allocation of one month with the optimum beside it. ``digest``: of its inputs."""

    month = models.DateField()
    digest = models.BinaryField(max_length=32)
    state = models.CharField(max_length=10, default="proposed")
    sources = ArrayField(models.CharField(max_length=20))
    candidates = models.IntegerField()
    funded = models.IntegerField()
    funded_idr = models.BigIntegerField()
    waiting = models.IntegerField()
    rule_weighted = models.BigIntegerField()
    optimum_weighted = models.BigIntegerField()
    bound_weighted = models.BigIntegerField()
    optimum_people = models.IntegerField()
    optimum_idr = models.BigIntegerField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.CharField(max_length=150, default="")
    approved_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=150, default="")
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month"], condition=Q(state="proposed"), name="funding_proposal_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | (~Q(approved_by="") & ~Q(approved_by=F("made_by"))),
                name="funding_proposal_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused")
                | (~Q(refused_by="") & ~Q(refusal="") & ~Q(refused_by=F("made_by"))),
                name="funding_proposal_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.state}"


class Award(models.Model):
    """Months of one person that one fund pays; ``prices_idr`` holds one price a month."""

    # Few indexes: each costs again when a hundred thousand drafts become active.
    person_id = models.BigIntegerField()
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="awards", db_index=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="awards", db_index=False)
    state = models.CharField(max_length=8, default="draft")
    segment = models.CharField(max_length=30, default="")
    kind = models.CharField(max_length=5, default="")
    programmes = models.CharField(max_length=20, default="")
    base_idr = models.BigIntegerField(null=True)
    month_from = models.DateField()
    month_to = models.DateField()
    price_idr_month = models.BigIntegerField()
    prices_idr = ArrayField(models.BigIntegerField())
    total_idr = models.BigIntegerField()
    rank = models.IntegerField()

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month_from__lte=F("month_to")), name="funding_award_window"),
            models.CheckConstraint(condition=Q(total_idr__gte=0), name="funding_award_total"),
            models.UniqueConstraint(fields=["proposal", "person_id"], name="funding_award_once"),
        ]
        indexes = [models.Index(fields=["person_id"])]

    def __str__(self) -> str:
        return f"award {self.pk}"


class Waiting(models.Model):
    """A candidate of a proposal whom no fund takes: the rank, the reason, the fund that was full."""

    person_id = models.BigIntegerField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="waiters", db_index=False)
    rank = models.IntegerField()
    reason = models.CharField(max_length=40)
    source = models.CharField(max_length=20, default="")
    fund_code = models.CharField(max_length=60, default="")

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "person_id"], name="funding_waiting_once")]

    def __str__(self) -> str:
        return f"{self.rank} {self.reason}"


class Release(models.Model):
    """Months of an award given back to its fund, and why."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="releases")
    from_month = models.DateField()
    amount_idr = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    document = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager()
    seen = Seen(through={"award_id": "funding.Award"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["award", "from_month", "reason", "document"], name="funding_release_once_a_paper"
            ),
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="funding_release_amount"),
        ]

    def __str__(self) -> str:
        return f"release {self.award_id} {self.from_month:%Y-%m}"
