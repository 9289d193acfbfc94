"""Whose token it is. A token opens what its officer may do, for as long as the officer may."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from jaring.officers.models import Officer, Token

PREFIX = "jaring_"


def digest(secret: str) -> bytes:
    """256 random bits need no slow hash; what is stored opens nothing."""
    return hashlib.sha256(secret.encode()).digest()


def holder(secret: str) -> Officer | None:
    """The officer a live token stands for. An account that still owes its first duties has none."""
    if not secret.startswith(PREFIX):
        return None
    today = timezone.localdate()
    token = (
        Token.objects.select_related("officer")
        .filter(digest=digest(secret), until__gte=today, revoked_at__isnull=True, officer__is_active=True)
        .first()
    )
    if token is None or token.officer.password_temporary:
        return None
    if token.used_on != today:
        Token.objects.filter(pk=token.pk).update(used_on=today)
    return token.officer
