"""A file on its way in: chosen, screened, its headers taught, sent."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jaring.cycle import work
from jaring.cycle.models import Work
from jaring.desk.frame import XLSX, attachment, page
from jaring.desk.pages.lists import offices
from jaring.desk.pages.lists.forms import Upload
from jaring.desk.pages.lists.views import found_list, office_words
from jaring.facts.reason import refuse
from jaring.officers.access import fresh, requires
from jaring.officers.scope import ALL
from jaring.rosters import keeping
from jaring.rosters import lists as reads
from jaring.rosters.actions_mapping import MEANINGS, taught
from jaring.rosters.actions_mapping import teach as teach_headers


@requires("roster.receive")
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; ``periksa`` examines it without storing a row, ``kirim`` receives it."""
    scope = request.scope  # type: ignore[attr-defined]
    given: dict[str, Any] = {
        "offices": offices.choices(request),
        "kinds": offices.kind_choices(scope),
        "dated": ALL in scope.desa,
    }
    if request.method != "POST":
        return page(request, "lists/upload", form=Upload(**given))
    form = Upload(request.POST, request.FILES, **given)
    if not form.is_valid():
        return page(request, "lists/upload", form=form, status=422)
    said = form.cleaned_data
    data, sha256, name = said["file"]
    keeping.keep(data, sha256)
    arguments = {
        "sha256": sha256,
        "file_name": name,
        "office": said["office"],
        "kind": said["kind"] or None,
        "desa_code": offices.desa_of(said["office"]),
        "as_of": said["as_of"].isoformat() if said.get("as_of") else None,
    }
    kind = "screen" if "periksa" in request.POST else "receive"
    # Another file from the same form, gone back to in the browser, is another work.
    return _begun(request, kind, arguments, f"{said['key']}-{sha256[:12]}")


def _begun(request: HttpRequest, kind: str, arguments: Mapping[str, Any], key: str) -> HttpResponse:
    by = request.user.get_username()
    begun = work.start(kind, {**arguments, "by": by}, key=key, by=by)
    return redirect("job", key=begun.key)


def _screening(request: HttpRequest, key: str) -> Work:
    """A screening of this officer's own that has ended well; any other is none."""
    mine = Work.objects.filter(key=key, kind="screen", state="done", by=request.user.get_username()).first()
    if mine is None:
        raise Http404
    return mine


@requires("roster.receive")
def screened(request: HttpRequest, key: str) -> HttpResponse:
    """What a file would give if it were sent, and which of its headers nobody understood."""
    mine = _screening(request, key)
    result, arguments = mine.result, mine.arguments
    return page(
        request,
        "lists/screened",
        work=mine,
        file_name=arguments["file_name"],
        office=office_words(arguments["office"]),
        result=result,
        counts=result["counts"],
        groups=reads.of_summary(result["by_code"]),
        used=[(head, MEANINGS.get(name, name)) for head, name in result["used"].items()],
        unused=list(enumerate(result["unused"])),
        meanings=list(MEANINGS.items()),
        taught=taught(arguments["office"]),
        again=arguments.get("roster"),
    )


@require_POST
@requires("roster.receive")
def teach(request: HttpRequest, key: str) -> HttpResponse:
    """Remember what the headers mean at this office, and examine the same file again."""
    mine = _screening(request, key)
    chosen = {
        head: request.POST.get(f"arti-{place}", "")
        for place, head in enumerate(mine.result["unused"])
        if request.POST.get(f"arti-{place}", "") in MEANINGS
    }
    count = teach_headers(mine.arguments["office"], chosen, by=request.user.get_username())
    messages.success(request, _("%(count)d arti kolom diingat untuk kantor ini.") % {"count": count})
    return _begun(request, "screen", mine.arguments, f"{key[:36]}-{uuid.uuid4().hex[:12]}")


@require_POST
@requires("roster.receive")
def send(request: HttpRequest, key: str) -> HttpResponse:
    """Receive the file that was screened; pressed twice it is received once."""
    mine = _screening(request, key)
    arguments = dict(mine.arguments)
    roster = arguments.pop("roster", None)
    if roster is not None:
        found_list(roster)
        return _begun(request, "reread", {"roster": roster}, f"{key}-ulang")
    if not keeping.is_kept(arguments["sha256"]):
        raise refuse(
            "berkas-kedaluwarsa", "Berkas yang diperiksa sudah tidak disimpan.", "Unggah lagi berkasnya."
        )
    return _begun(request, "receive", {**arguments, "kind": mine.result["kind"]}, f"{key}-kirim")


@require_POST
@requires("roster.receive")
@fresh
def screened_file(request: HttpRequest, key: str) -> HttpResponse:
    """The screened file back with the reasons beside its rows."""
    arguments = _screening(request, key).arguments
    if arguments.get("roster") and not offices.own(request, found_list(arguments["roster"])):
        raise Http404
    examination = reads.examined(
        arguments["sha256"],
        arguments["file_name"],
        office=arguments["office"],
        kind=arguments.get("kind"),
        desa_code=arguments.get("desa_code"),
    )
    return attachment(f"diperiksa-{key[:8]}.xlsx", reads.answer(examination), XLSX)


@require_POST
@requires("roster.receive")
def headers(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at the headers of a list that was received, to teach some and read it again."""
    roster = found_list(pk)
    arguments = {
        "sha256": roster.sha256,
        "file_name": roster.file_name,
        "office": roster.office,
        "kind": roster.kind,
        "desa_code": offices.desa_of(roster.office),
        "roster": roster.pk,
    }
    return _begun(request, "screen", arguments, uuid.uuid4().hex)
