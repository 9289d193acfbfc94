"""Django's settings. Everything an office sets comes from the environment or from JARING_HOME."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from jaring.tables import faults
from jaring.tables.home import folder, home
from jaring.tables.server import databases


def _secret_key() -> str:
    """Sessions are signed with it; no stored evidence depends on it, so it may be replaced."""
    path = home() / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = os.environ.get("JARING_SECRET_KEY") or _secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("JARING_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "jaring.tables",
    "jaring.journal",
    # Before allauth: its templates are found first.
    "jaring.officers",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "jaring.decide",
    "jaring.rosters",
    "jaring.people",
    "jaring.ledger",
    "jaring.funding",
    "jaring.enrolment",
    "jaring.coverage",
    "jaring.cycle",
    "jaring.desk",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    # Its own templates of forms are replaced by the desk's, through the renderer below.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "jaring.officers.headers.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jaring.desk.language.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # The view and its template run inside the officer's territory.
    "jaring.officers.gate.gate",
    "jaring.desk.refusals.Refusals",
]

ROOT_URLCONF = "jaring.desk.urls"
WSGI_APPLICATION = "jaring.desk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "jaring.officers.context.site",
                "jaring.desk.frame.site",
            ]
        },
    }
]

FORM_RENDERER = "jaring.desk.forms.Renderer"

DATABASES = databases()
DATABASE_ROUTERS = ["jaring.tables.routing.Owner"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "officers.Officer"
# The default of Django costs 195 ms a sign-in; this one, of the OWASP list, 21 ms on the same core.
PASSWORD_HASHERS = ["jaring.officers.passwords.Argon2id", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "jaring.officers.passwords.LongForMoney"},
    {"NAME": "jaring.officers.passwords.NotOfThisPlace"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Signing in (see jaring.officers). Counts of failed tries stand where every worker process sees them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "officers_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "jaring.officers.signing.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# "key" is account and address together; a whole network behind one address may make many mistakes.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "100/m/ip,5/15m/key"}
MFA_ADAPTER = "jaring.officers.signing.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Jaring"
MFA_TOTP_TOLERANCE = 1  # clocks of phones
# How many proxies of the office stand before this server; their word on the client's address is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("JARING_PROXIES", "0"))

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Makassar"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = str(folder("static"))
STATICFILES_DIRS: list[str | Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# JARING_HTTPS=1 wherever the site is reached by https: cookies then never travel without it.
_HTTPS = os.environ.get("JARING_HTTPS") == "1"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-sesi" if _HTTPS else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 365 * 86400 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Long work waits in PostgreSQL, in the transaction that asks for it (see jaring.cycle.work).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LOGGING = faults.LOGGING

REGION = os.environ.get("JARING_REGION", "lotim")
# How telephones reach the site, as cards carry it: https://…; empty: as the printing browser reached it.
PUBLIC_ADDRESS = os.environ.get("JARING_ADDRESS", "")
