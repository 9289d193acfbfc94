"""Tokens: a program acts as one officer, until a day."""

from __future__ import annotations

from django.db import models


class Token(models.Model):
    """``digest``: SHA-256 of the secret; the secret itself is shown once and kept nowhere."""

    officer = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="tokens")
    digest = models.BinaryField(max_length=32, unique=True)
    purpose = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    until = models.DateField()
    used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.purpose
