"""What happens around a session: a new key after each proof, a line in the journal at sign-in."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class OfficersConfig(AppConfig):
    name = "jaring.officers"
    label = "officers"

    def ready(self) -> None:
        from allauth.account.signals import authentication_step_completed, password_changed
        from django.contrib.auth.signals import user_logged_in

        user_logged_in.connect(_signed_in, dispatch_uid="jaring.officers.signed_in")
        password_changed.connect(_password_changed, dispatch_uid="jaring.officers.password")
        authentication_step_completed.connect(_shown_again, dispatch_uid="jaring.officers.shown")


def _signed_in(user: Any, **_: Any) -> None:
    from jaring.officers.actions import signed_in

    signed_in(user, by=user.username)


def _password_changed(user: Any, **_: Any) -> None:
    from jaring.officers.actions import changed_own_password

    changed_own_password(user, by=user.username)


def _shown_again(request: Any, **shown: Any) -> None:
    # A key that someone saw before the factor was shown is worth nothing after it.
    if shown.get("reauthenticated"):
        request.session.cycle_key()
