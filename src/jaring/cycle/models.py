"""What each stage of a month last did; for the summary and the site, never for deciding what to do."""

from __future__ import annotations

from django.db import models


class Step(models.Model):
    """The last result of one stage of one month."""

    month = models.DateField()
    name = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    done = models.BooleanField()
    waits_for = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    seconds = models.FloatField()
    finished_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ["month", "order"]
        constraints = [models.UniqueConstraint(fields=["month", "name"], name="cycle_one_step_per_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.name}"
