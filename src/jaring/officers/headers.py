"""Headers of every answer: what a page may load, and that a signed-in page is kept nowhere.

Own lines instead of a package: one constant policy, and Django 6 brings its own.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

#: Only this site's own files; no inline script, no inline style. Drawings inside a page colour
#: themselves by attributes such as ``fill``, which no policy touches.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def after(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=()"
        )
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        if request.method == "POST" and request.path == reverse("account_logout"):
            # Rows that a village typed without a line wait in its browser: they go with the session.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return after
