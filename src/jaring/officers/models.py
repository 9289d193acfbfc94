"""Officers and their offices."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

#: The actor of work that no person started: the monthly job, the demo.
SYSTEM = "sistem"


class Officer(AbstractUser):
    """A person with an account. ``territory`` holds codes of kecamatan or desa; empty = the regency."""

    office = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=40, blank=True)
    territory = models.JSONField(default=list, blank=True)
    role_until = models.DateField(null=True, blank=True)

    class Meta(AbstractUser.Meta):
        db_table = "officers_officer"

    def __str__(self) -> str:
        return f"{self.username} ({self.role or 'tanpa peran'})"
