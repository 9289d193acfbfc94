"""Lists in, and what was found in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated

from django.http import HttpRequest
from ninja import File, Form, Path, Query, Router, Schema, Status, UploadedFile
from ninja.errors import HttpError
from pydantic import StringConstraints

from jaring.api.door import requires
from jaring.api.shapes import Problems, Refusal, RosterOut
from jaring.officers.models import Officer
from jaring.officers.scope import Scope, village_office
from jaring.rosters.actions import receive
from jaring.rosters.limits import LIMITS
from jaring.rosters.models import Problem, Roster

router = Router(tags=["daftar"])
PAGE = 500
_Id = Annotated[int, Path(ge=1, le=2**62)]


class Sending(Schema):
    """What is said of a file besides its content. ``kind``: found by its headings when not said."""

    kind: Annotated[str, StringConstraints(max_length=20, pattern=r"^[a-z_]*$")] = ""
    desa_code: Annotated[str, StringConstraints(max_length=13, pattern=r"^[0-9.]*$")] = ""
    as_of: dt.date | None = None


@router.post("/rosters", response={201: RosterOut, 200: RosterOut, 403: Refusal, 409: Refusal})
@requires("roster.receive")
def send(request: HttpRequest, said: Form[Sending], file: File[UploadedFile]) -> Status:
    """Send one list. The same bytes from the same office are one list: 200 instead of 201."""
    if (file.size or 0) > LIMITS.file_bytes:
        raise HttpError(413, "Berkas lebih besar daripada 20 MB. Bagi daftarnya.")
    scope: Scope = request.auth  # type: ignore[attr-defined]
    office = _office(scope, said.desa_code)
    with TemporaryDirectory() as folder:
        path = FilePath(folder) / _plain_name(file.name or "daftar")
        path.write_bytes(file.read())
        before = Roster.seen.order_by("-id").values_list("id", flat=True).first() or 0
        roster = receive(
            path,
            office=office,
            kind=said.kind or None,
            desa_code=said.desa_code or None,
            as_of=said.as_of,
            by=scope.actor,
        )
    return Status(201 if roster.pk > before else 200, roster)


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
