"""Counted figures. A recount that differs is a new row; the old one stays, marked as superseded."""

from __future__ import annotations

from django.db import models


class Figure(models.Model):
    """One count: ``numerator`` of ``denominator``, each with its definition, for one group of one month."""

    measure = models.CharField(max_length=40)
    month = models.DateField()
    dimension = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    numerator = models.BigIntegerField()
    numerator_definition = models.TextField()
    denominator = models.BigIntegerField(null=True)
    denominator_definition = models.TextField(blank=True)
    as_of = models.DateField()
    source = models.TextField()
    counted_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["measure", "month", "dimension", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "month", "dimension", "code"],
                condition=models.Q(superseded_at__isnull=True),
                name="coverage_one_current_figure",
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__gte=0)
                & (models.Q(denominator__isnull=True) | models.Q(denominator__gte=0)),
                name="coverage_no_negative_count",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.month:%Y-%m} {self.code}: {self.numerator}/{self.denominator}"
