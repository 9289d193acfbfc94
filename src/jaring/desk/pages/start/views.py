"""What waits for this officer today."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jaring.desk.areas import todos
from jaring.desk.frame import page, units
from jaring.officers.access import public
from jaring.officers.models import Officer
from jaring.officers.roles import ROLES
from jaring.officers.scope import ALL
from jaring.tables.home import home

_YEAR = 365 * 86400


@public("jalan ke halaman masuk; yang sudah masuk melihat pekerjaannya sendiri")
def start(request: HttpRequest) -> HttpResponse:
    """The officer's own list of what waits; a visitor is led to the sign-in page."""
    officer = request.user
    if not isinstance(officer, Officer):
        if (home() / "REKAAN").exists():
            return redirect("tour")
        return redirect_to_login(request.get_full_path())
    scope = request.scope  # type: ignore[attr-defined]
    today = timezone.localdate()
    current = officer.assignments.filter(date_from__lte=today, date_to__gte=today).order_by("date_to")
    roles = [
        {"title": ROLES[held.role].title, "until": held.date_to, "place": _place(held.territory)}
        for held in current
        if held.role in ROLES
    ]
    return page(request, "start/home", roles=roles, todos=todos(scope), everywhere=ALL in scope.desa)


def _place(territory: list[str]) -> str:
    names = {unit["kecamatan_code"]: unit["kecamatan"] for unit in units().values()}
    names |= {code: unit["name"] for code, unit in units().items()}
    return ", ".join(names.get(code, code) for code in territory)


@require_POST
@public("memilih bahasa tidak membuka apa pun")
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            _YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
