"""Sign-in as this house wants it, where allauth lets one say so."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jaring.officers.passwords import needs_second_factor
from jaring.tables.secrets import decrypt, encrypt

_CONTEXT = "officers.authenticator"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an admin; failed tries are counted per account and address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Nama akun atau kata sandi tidak cocok."),
        "too_many_login_attempts": _("Terlalu banyak percobaan dari alamat ini. Coba lagi 15 menit lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth counts per account alone, so that any stranger could lock out any officer.
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are sealed like NIKs; a role that needs one keeps one."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(encrypt(text, _CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(base64.b64decode(encrypted_text), _CONTEXT)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not needs_second_factor(authenticator.user):
            return True
        strong = Authenticator.objects.filter(
            user=authenticator.user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        )
        return strong.exclude(pk=authenticator.pk).exists()
