"""Yes or no for a card's code, and what heirs do. Every miss is the same answer at the same price."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from jaring.decide.local import settings
from jaring.desk.pages.public import throttle
from jaring.desk.pages.public.forms import Code
from jaring.enrolment import card_answer
from jaring.enrolment.claim_guide import guide
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.officers.access import public


# Nothing is changed and nobody is signed in: a token against forgery would only need a cookie.
@csrf_exempt
@public("menanyakan kode kartu; hanya ya atau tidak untuk satu bulan")
def ask(request: HttpRequest) -> HttpResponse:
    """The form to type a code, and its answer."""
    form = Code(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answered(request, form.cleaned_data["code"])
    return _page(request, "ask", status=400 if form.errors else 200, form=form)


@public("alamat pada kartu; hanya ya atau tidak untuk satu bulan")
def told(request: HttpRequest, code: str) -> HttpResponse:
    """The answer to the address that a card's QR code holds."""
    return _answered(request, code)


@public("panduan klaim bagi ahli waris")
def claim(request: HttpRequest) -> HttpResponse:
    """What heirs receive, bring and do; that nobody may ask for a share."""
    return _page(request, "claim", guide=guide(timezone.localdate(), settings()))


def _answered(request: HttpRequest, code: str) -> HttpResponse:
    month = card_answer.newest_month() or Month.of(timezone.localdate())
    answer = card_answer.answer(code, month)
    if answer is not None:
        return _page(request, "answer", answer=answer)
    if throttle.held_back(request):
        response = _page(request, "wait", status=429, form=Code(), minutes=-(-throttle.WINDOW_SECONDS // 60))
        response.headers["Retry-After"] = str(throttle.WINDOW_SECONDS)
        return response
    return _page(request, "miss", status=404, form=Code())


def _page(request: HttpRequest, name: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    """Drawn without the menu and the session: nothing here depends on who asks."""
    context = {"place": region(django_settings.REGION), **shown}
    response = render(request, f"desk/public/{name}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    # A code must not travel on in the address of the page before, nor into a search engine.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
