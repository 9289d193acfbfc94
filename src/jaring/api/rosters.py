"""Lists in, and what was found in them."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path as FilePath
from typing import Annotated
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path, Query, Router, Schema, Status, UploadedFile
from ninja.errors import HttpError
from pydantic import StringConstraints

from jaring.api import works
from jaring.api.door import requires
from jaring.api.shapes import Problems, Refusal, RosterOut, WorkOut
from jaring.cycle.actions_work import start
from jaring.officers.models import Officer
from jaring.officers.scope import Scope, village_office
from jaring.rosters import keeping, lists
from jaring.rosters.actions import downloaded
from jaring.rosters.limits import LIMITS
from jaring.rosters.models import Problem, Roster

router = Router(tags=["daftar"])
PAGE = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Id = Annotated[int, Path(ge=1, le=2**62)]


class Sending(Schema):
    """What is said of a file besides its content. ``kind``: found by its headings when not said."""

    kind: Annotated[str, StringConstraints(max_length=20, pattern=r"^[a-z_]*$")] = ""
    desa_code: Annotated[str, StringConstraints(max_length=13, pattern=r"^[0-9.]*$")] = ""
    as_of: dt.date | None = None


@router.post("/rosters", response={202: WorkOut, 403: Refusal, 409: Refusal})
@requires("roster.receive")
def send(request: HttpRequest, said: Form[Sending], file: File[UploadedFile], answer: HttpResponse) -> Status:
    """Send one list: it is read, checked and stored, and its people are recognised, after this answer.

    The same bytes from the same office are one list, whose number the work tells when it is done.
    """
    if (file.size or 0) > LIMITS.file_bytes:
        raise HttpError(413, "Berkas lebih besar daripada 20 MB. Bagi daftarnya.")
    scope: Scope = request.auth  # type: ignore[attr-defined]
    office = _office(scope, said.desa_code)
    if scope.kinds and said.kind not in scope.kinds:
        raise HttpError(
            403, f"kind harus satu dari yang dipegang token ini: {', '.join(sorted(scope.kinds))}."
        )
    data = file.read()
    sha256 = hashlib.sha256(data).hexdigest()
    keeping.keep(data, sha256)
    given = {
        "sha256": sha256,
        "file_name": _plain_name(file.name or "daftar"),
        "office": office,
        "kind": said.kind or None,
        "desa_code": said.desa_code or None,
        "as_of": said.as_of.isoformat() if said.as_of else None,
        "by": scope.actor,
    }
    begun = start("receive", given, key=uuid4().hex, by=scope.actor, alike=True)
    return Status(202, works.begun(begun, answer))


def _office(scope: Scope, desa_code: str) -> str:
    """A village sends as itself, whatever it says; a list of a department as the account's office."""
    if scope.offices:
        own = village_office(desa_code)
        if own not in scope.offices:
            raise HttpError(403, "desa_code harus desa yang menjadi wilayah token ini.")
        return own
    return Officer.objects.get(username=scope.actor).office or scope.actor


def _plain_name(name: str) -> str:
    """The last part of the name alone: no folder of the sender's choosing."""
    return FilePath(name.replace("\\", "/")).name[-120:] or "daftar"


def _seen(request: HttpRequest, roster_id: int) -> Roster:
    roster = Roster.seen.filter(pk=roster_id).first()
    if roster is None:
        raise HttpError(404, "Tidak ada.")
    return roster


@router.get("/rosters/{roster_id}", response={200: RosterOut, 404: Refusal})
@requires("roster.read")
def one(request: HttpRequest, roster_id: _Id) -> Roster:
    """One list: rows in = accepted + quarantined."""
    return _seen(request, roster_id)


@router.get("/rosters/{roster_id}/problems", response={200: Problems, 404: Refusal})
@requires("roster.read")
def problems(
    request: HttpRequest, roster_id: _Id, after: Annotated[int, Query(ge=0, le=2**62)] = 0
) -> dict[str, object]:
    """What was found in its rows, 500 at a time."""
    roster = _seen(request, roster_id)
    found = list(Problem.seen.filter(roster=roster, pk__gt=after).order_by("pk")[: PAGE + 1])
    return {"problems": found[:PAGE], "after": found[PAGE - 1].pk if len(found) > PAGE else None}


@router.get(
    "/rosters/{roster_id}/answered",
    response={403: Refusal, 404: Refusal, 409: Refusal},
    openapi_extra={
        "responses": {200: {"description": "Berkas pengirim dengan alasan", "content": {XLSX: {}}}}
    },
)
@requires("roster.receive")
def answered(request: HttpRequest, roster_id: _Id) -> HttpResponse:
    """The sender's own file back, the reasons beside its rows; nobody else's. That it left is journaled."""
    roster = _seen(request, roster_id)
    scope: Scope = request.auth  # type: ignore[attr-defined]
    if not _own(scope, roster) or lists.made_here(roster):
        raise HttpError(404, "Tidak ada.")
    desa = roster.office.removeprefix("desa ") if roster.office in scope.offices else None
    examination = lists.examined(
        roster.sha256, roster.file_name, office=roster.office, kind=roster.kind, desa_code=desa
    )
    content = lists.answer(examination)
    downloaded(roster, by=scope.actor)
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="daftar-{roster.pk}-diperiksa.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _own(scope: Scope, roster: Roster) -> bool:
    """A file holds NIKs: who may read a list's counts may not yet take its file."""
    office = Officer.objects.get(username=scope.actor).office
    of_office = roster.kind in scope.kinds and roster.office == office
    return roster.by == scope.actor or roster.office in scope.offices or of_office
