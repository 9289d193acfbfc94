"""What each stage of a month last did, and the background work that officers watch."""

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


class Work(models.Model):
    """One piece of background work: who started it, how far it is, how it ended. No personal data."""

    ENDED = ("done", "failed")

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=30)
    arguments = models.JSONField(default=dict)
    #: waiting, running, done, failed
    state = models.CharField(max_length=7, default="waiting")
    done = models.IntegerField(default=0)
    of = models.IntegerField(default=0)
    sentence = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    #: how often a worker began it
    tries = models.PositiveSmallIntegerField(default=0)
    #: its entry in the queue
    task = models.UUIDField(null=True)
    #: whether its officer has opened how it ended
    seen = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed"]),
                name="cycle_work_state_known",
            )
        ]
        indexes = [
            models.Index(fields=["by"], name="cycle_work_unseen", condition=models.Q(seen=False)),
        ]

    def __str__(self) -> str:
        return f"pekerjaan {self.pk}: {self.kind}, {self.state}"
