"""What papers of two people have in common: who made it, who approved it, who sent it back and why."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Checked(models.Model):
    """Made by one, approved or refused by another. A maker may withdraw their own draft."""

    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.CharField(max_length=150, default="")
    approved_at = models.DateTimeField(null=True)
    #: Who refused or withdrew it; ``refusal`` is their reason.
    refused_by = models.CharField(max_length=150, default="")
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=200, default="")

    class Meta:
        abstract = True


def refused_by_another(name: str) -> models.CheckConstraint:
    """A paper that was refused says by whom and why, and it was not its maker."""
    return models.CheckConstraint(
        condition=~Q(state="refused") | (~Q(refused_by="") & ~Q(refusal="") & ~Q(refused_by=F("made_by"))),
        name=name,
    )
