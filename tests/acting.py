"""Officers ready to work: what a test needs of an account besides the signing in itself."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cache
from typing import Any

#: The password of every ready account, and the secret in its telephone.
WORD = "kuda-lumping-di-pantai-surga"
FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@cache
def _handler() -> Any:
    from django.test.client import ClientHandler

    return ClientHandler(enforce_csrf_checks=False)


def client_of(session: str = "") -> Any:
    """A test client, signed in by the key of a session.

    All of them share one chain of middlewares: building it anew for each took a third of the walks.
    """
    from django.test import Client

    client = Client(raise_request_exception=True)
    client.handler = _handler()
    if session:
        client.cookies["sesi"] = session
    return client


def ready_officer(
    username: str, role: str, territory: Iterable[str] = (), kinds: Iterable[str] = (), **given: Any
) -> Any:
    """An account past its first duties: own password, second factor where the role wants one."""
    from allauth.mfa.totp.internal.auth import TOTP
    from django.utils import timezone

    from jaring.officers.actions import assign, changed_own_password, make_officer
    from jaring.officers.passwords import needs_second_factor

    officer, _ = make_officer(username, username.title(), given.pop("office", role), by="uji", password=WORD)
    day = timezone.localdate()
    span = {"date_from": day, "date_to": day.replace(year=day.year + 1, day=1)}
    assign(officer, role, by="uji", territory=tuple(territory), kinds=tuple(kinds), **{**span, **given})
    if needs_second_factor(officer):
        TOTP.activate(officer, FACTOR)
    changed_own_password(officer, by=username)
    officer.refresh_from_db()
    return officer


def ready_session(officer: Any) -> str:
    """The key of a session as it stands after a full sign-in and the page that follows it."""
    from allauth.account.internal.flows.login import record_authentication
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import RequestFactory

    from jaring.officers.gate import _SEEN, _SINCE

    request = RequestFactory().get("/")
    request.session = SessionStore()  # type: ignore[assignment]
    login(request, officer, "allauth.account.auth_backends.AuthenticationBackend")
    for method in ("password", "mfa"):
        record_authentication(request, officer, method)
    # Noted by the first page; a walk that takes everything back would note it at each of its pages.
    for mark in (_SINCE, _SEEN):
        request.session[mark] = int(time.time())
    request.session.save()
    return str(request.session.session_key)
