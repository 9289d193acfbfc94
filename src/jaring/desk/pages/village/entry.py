"""Rows typed by hand: one at a time, with or without a line.

With script the rows wait in the browser until the line is back, each with its own key; without script
the same form is sent as any other.
"""

from __future__ import annotations

import json
import uuid
from functools import cache
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from jaring.cycle import work
from jaring.desk.frame import page
from jaring.desk.pages.village.forms import Type
from jaring.desk.pages.village.place import desa_of, shown
from jaring.desk.saying import said
from jaring.facts.reason import Refused
from jaring.officers.access import public, requires
from jaring.rosters.actions_type import MOST, Line
from jaring.rosters.actions_type import type_rows as store
from jaring.rosters.models import Roster

#: Fields of a row as the browser keeps it.
_FIELDS = ("name", "nik", "birth_date", "sex", "work", "phone")
_LONGEST = 120


def _mark(request: HttpRequest) -> str:
    """Whose rows a browser keeps: not a name, and of no use elsewhere."""
    return salted_hmac("village.entry", request.user.get_username()).hexdigest()[:16]


def _stored(request: HttpRequest, lines: list[Line], desa: str) -> Roster | None:
    by = request.user.get_username()
    roster = store(lines, desa_code=desa, by=by)
    if roster is not None:
        work.recognise_soon(by=by)
    return roster


@requires("roster.receive")
def type_rows(request: HttpRequest) -> HttpResponse:
    """The form; a row that is sent is stored at once."""
    desa = desa_of(request)
    about = {**shown(request, desa), "mark": _mark(request)}
    if request.method != "POST":
        return page(request, "village/type", form=Type(), **about)
    form = Type(request.POST)
    if form.is_valid():
        roster = _stored(request, [form.line()], desa)
        if roster is None:
            messages.info(request, _("Baris ini sudah tersimpan sebelumnya."))
        elif roster.quarantined:
            messages.warning(
                request, _("Baris tersimpan tetapi tertahan; perbaiki lewat halaman Baris tertahan.")
            )
        else:
            messages.success(request, _("Baris %(name)s tersimpan.") % {"name": form.cleaned_data["name"]})
        return redirect("village_type")
    return page(request, "village/type", form=form, status=422, **about)


@requires("roster.receive")
def send(request: HttpRequest) -> HttpResponse:
    """The browser's own door. GET: a token for sending, for whom. POST: rows in, their keys out.

    A row whose key is known is confirmed and not stored again. A row that nothing can be made of is
    named with its fault; the browser keeps it.
    """
    desa = desa_of(request)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "mark": _mark(request)})
    lines, wrong = _read(request.body)
    try:
        roster = _stored(request, lines, desa) if lines else None
    except Refused as fault:
        return JsonResponse(
            {"sentence": said(fault.reason.sentence), "mend": said(fault.reason.mend)}, status=409
        )
    return JsonResponse(
        {
            "stored": [str(line.key) for line in lines],
            "wrong": wrong,
            "held": roster.quarantined if roster else 0,
        }
    )


def _read(body: bytes) -> tuple[list[Line], list[str]]:
    """Rows that can be stored, and the keys of those that cannot: no name, or longer than any."""
    try:
        rows: Any = json.loads(body or b"[]")
    except ValueError:
        return [], []
    lines, wrong = [], []
    for row in rows[:MOST] if isinstance(rows, list) else []:
        if not isinstance(row, dict):
            continue
        said = {name: str(row.get(name) or "").strip() for name in _FIELDS}
        try:
            key = uuid.UUID(str(row.get("key")))
        except ValueError:
            continue
        if not said["name"] or any(len(text) > _LONGEST for text in said.values()):
            wrong.append(str(key))
        else:
            lines.append(Line(key, **said))
    return lines, wrong


@requires("roster.receive")
def shell(request: HttpRequest) -> HttpResponse:
    """The form alone, for when there is no line: no name of anybody, no menu, no token."""
    return page(request, "village/shell", form=Type())


@cache
def _worker_text() -> str:
    path = finders.find("desk/isian-layanan.js")
    if not isinstance(path, str):
        raise FileNotFoundError("desk/isian-layanan.js")
    with open(path, encoding="utf-8") as file:
        return file.read()


@public("berkas program yang sama bagi semua orang; tidak memuat data")
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, served here so that its reach is this form and nothing else."""
    response = HttpResponse(_worker_text(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
