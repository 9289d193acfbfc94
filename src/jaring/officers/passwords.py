"""Argon2id as OWASP lists it: 19 MiB, two passes, one lane."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """500 operators signing in within a minute on two cores stay under a second each."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
