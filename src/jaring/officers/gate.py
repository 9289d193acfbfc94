"""What stands before every page: the session's age, duties of a new account, and the territory."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from jaring.officers.models import Officer
from jaring.officers.passwords import needs_second_factor
from jaring.officers.scope import NOTHING, Scope, of, process_is_whole, scoped

IDLE_SECONDS = 30 * 60
WHOLE_SECONDS = 12 * 3600
_SINCE, _SEEN = "officers.since", "officers.seen"
_STRONG = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
#: Written at most once a minute, so that reading pages does not write a session each time.
_STEP = 60


def gate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Last of the middleware, so that the view and its template run inside the scope.

    One request is one transaction. What streams after the view has returned runs outside it and sees
    no protected row: a download is made whole first.
    """

    def before(request: HttpRequest) -> HttpResponse:
        request.scope = NOTHING  # type: ignore[attr-defined]
        officer = request.user
        if isinstance(officer, Officer) and _too_old(request):
            logout(request)
            return HttpResponseRedirect(f"{reverse('account_login')}?habis=1")
        if not isinstance(officer, Officer):
            return _inside(NOTHING, request)
        duty = _duty(officer)
        if duty and not _allowed(request, duty):
            return HttpResponseRedirect(reverse(duty))
        scope = NOTHING if duty else of(officer, timezone.localdate())
        request.scope = scope  # type: ignore[attr-defined]
        return _inside(scope, request)

    def _inside(scope: Scope, request: HttpRequest) -> HttpResponse:
        if scope is NOTHING and not process_is_whole():
            # No setting is no row: nothing to set, and no transaction around a sign-in, whose counts
            # of failed tries must stay whatever becomes of the request.
            return get_response(request)
        with scoped(scope):
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    return before


def _too_old(request: HttpRequest) -> bool:
    """Half an hour without a request, or twelve hours in all."""
    now = int(time.time())
    session = request.session
    since, seen = session.setdefault(_SINCE, now), session.get(_SEEN, now)
    if now - seen > IDLE_SECONDS or now - since > WHOLE_SECONDS:
        return True
    if now - seen >= _STEP or _SEEN not in session:
        session[_SEEN] = now
    return False


def _duty(officer: Officer) -> str | None:
    """The page an account must pass before any other: its own password, then its second factor."""
    if officer.password_temporary:
        return "account_change_password"
    if needs_second_factor(officer) and not is_mfa_enabled(officer, _STRONG):
        return "mfa_activate_totp"
    return None


def _allowed(request: HttpRequest, duty: str) -> bool:
    open_ = {"account_logout", "account_reauthenticate", duty}
    if duty == "mfa_activate_totp":
        open_ |= {"mfa_add_webauthn", "mfa_index", "account_change_password"}
    return request.path in {reverse(name) for name in open_}


__all__ = ["IDLE_SECONDS", "WHOLE_SECONDS", "gate"]
