"""Whose token it is. A token opens what its officer may do, for as long as the officer may."""

from __future__ import annotations

from django.utils import timezone

from jaring.officers.actions_token import PREFIX, digest, used
from jaring.officers.models import Officer, Token


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
        used(token, today)
    return token.officer
