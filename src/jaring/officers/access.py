"""What a view asks for: a right, and for what matters most a factor shown within ten minutes."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from jaring.officers.roles import RIGHTS

View = Callable[..., HttpResponseBase]
FRESH_SECONDS = 600
_STRONG = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def requires(right: str) -> Callable[[View], View]:
    """Only for those with ``right`` somewhere; where exactly, the view asks ``request.scope``."""
    if right not in RIGHTS:
        raise ValueError(f"hak {right} tidak ada di tabel peran")

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.scope.may(right):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        # The walk over every route reads it: a route without a declaration fails there.
        guarded.right = right  # type: ignore[attr-defined]
        return guarded

    return around


def public(why: str) -> Callable[[View], View]:
    """For anyone, signed in or not. ``why`` is said in the list of routes."""

    def around(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        opened.public = why  # type: ignore[attr-defined]
        return opened

    return around


def recently_shown(request: HttpRequest, seconds: int = FRESH_SECONDS) -> bool:
    """Whether this session's strongest factor was shown within ``seconds``."""
    if not request.user.is_authenticated:
        return False
    wanted = "mfa" if is_mfa_enabled(request.user, _STRONG) else "password"
    since = time.time() - seconds
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == wanted and record["at"] >= since for record in records)


def fresh(view: View) -> View:
    """For approving, paying, exporting, opening a NIK: show a factor again when the last is old.

    A form that was sent is not kept for later, since keeping it would put its content into the
    session: its page opens again, to be filled in and sent.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if recently_shown(request):
            return view(request, *args, **kwargs)
        strong = is_mfa_enabled(request.user, _STRONG)
        door = reverse("mfa_reauthenticate" if strong else "account_reauthenticate")
        return HttpResponseRedirect(f"{door}?{urlencode({'next': _back(request)})}")

    guarded.fresh = True  # type: ignore[attr-defined]
    return guarded


def _back(request: HttpRequest) -> str:
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came = urlsplit(request.headers.get("referer", ""))
    return came.path if came.netloc == request.get_host() and came.path else "/"
