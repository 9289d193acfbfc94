"""Every operation of the door by every role's token, at its own place and at those beyond it.

A new operation fails here until OPERATIONS says how it is asked for, and whose the object is that it names:
beyond reach it answers exactly as none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.unit.desk.routes import Actor, said
from tests.unit.desk.things import Things
from tests.unit.desk.walking import Outcome, World, from_nowhere, written

from jaring.api.urls import api
from jaring.cycle.models import Work
from jaring.enrolment.models import Batch, BatchLine
from jaring.officers.actions_token import issue
from jaring.officers.scope import WHOLE, scoped
from jaring.rosters import keeping
from jaring.rosters.models import Roster

#: Whose an object is: of a desa; of the regency; of the one who sent it, and of nobody else.
WITHIN, REGENCY, SENDER = "desa", "regency", "sender"


@dataclass(frozen=True)
class Operation:
    """``ids``: what of a place stands in the address or the form; ``ask``: the request made of them."""

    ids: Callable[[Things], dict[str, Any]]
    ask: Callable[[Client, dict[str, Any]], Any]
    whose: str


def _batch(here: Things) -> dict[str, Any]:
    """Approved, its number as the door takes it."""
    number = f"B-UJI-{here.number}"
    approved = {"number": number, "state": "approved", "approved_by": "sekda", "approved_at": timezone.now()}
    Batch.objects.filter(pk=here.batch.pk).update(**approved)
    BatchLine.objects.filter(pk=here.batch_line.pk).update(action="TAMBAH")
    return {"number": number}


def _answered(here: Things) -> dict[str, Any]:
    """A list that the village sent as a file, which is still kept."""
    data = f"NIK;NAMA;TANGGAL LAHIR\n123;{here.mark};01-01-1980\n".encode()
    sha256 = hashlib.sha256(data).hexdigest()
    keeping.keep(data, sha256)
    sent = copy(here.roster)
    sent.pk, sent.sha256, sent.file_name = None, sha256, "daftar.csv"
    known = Roster.objects.filter(sha256=sha256).first()
    if known is None:
        sent.save(force_insert=True)
    return {"roster_id": (known or sent).pk}


def _work(here: Things) -> dict[str, Any]:
    made, _ = Work.objects.get_or_create(
        key=f"uji-{here.number}", defaults={"kind": "receive", "by": "uji", "started_at": timezone.now()}
    )
    return {"key": made.key}


def _draft(here: Things) -> dict[str, Any]:
    number = f"B-KONSEP-{here.number}"
    Batch.objects.filter(pk=here.batch.pk).update(number=number, state="draft")
    return {"number": number}


def _send(client: Client, ids: dict[str, Any]) -> Any:
    rows = b"NIK;NAMA;TANGGAL LAHIR\n5203010101850001;INAQ UJI;01-01-1985\n"
    return client.post(
        "/api/v1/rosters", {"file": SimpleUploadedFile("a.csv", rows), "kind": "petani", **ids}
    )


def _on_enrol(client: Client, ids: dict[str, Any]) -> Any:
    """An answer about a line of a batch, by the reference that only its reader was given."""
    told = {
        "header": {
            "message_id": "jawaban",
            "message_ts": "2026-04-20T08:00:00+08:00",
            "action": "on-enrol",
            "sender_id": "bpjs-ketenagakerjaan",
            "total_count": 1,
        },
        "message": {
            "transaction_id": ids["number"],
            "outcomes": [{"reference_id": str(ids["reference"]), "status": "succ", "start_month": "2026-04"}],
        },
    }
    return client.post("/api/v1/on-enrol", told, content_type="application/json")


def _get(path: str) -> Callable[[Client, dict[str, Any]], Any]:
    return lambda client, ids: client.get(f"/api/v1{path.format(**ids)}")


def _none(here: Things) -> dict[str, Any]:
    return {}


def _roster(here: Things) -> dict[str, Any]:
    here.problem  # noqa: B018 -- made, so that there is something to read
    return {"roster_id": here.roster.pk}


OPERATIONS = {
    ("GET", "/rosters/{roster_id}"): Operation(_roster, _get("/rosters/{roster_id}"), WITHIN),
    ("GET", "/rosters/{roster_id}/problems"): Operation(
        _roster, _get("/rosters/{roster_id}/problems"), WITHIN
    ),
    ("POST", "/rosters"): Operation(lambda here: {"desa_code": here.desa_code}, _send, WITHIN),
    ("GET", "/rosters/{roster_id}/answered"): Operation(
        _answered, _get("/rosters/{roster_id}/answered"), WITHIN
    ),
    ("GET", "/works/{key}"): Operation(_work, _get("/works/{key}"), SENDER),
    ("GET", "/batches"): Operation(_none, _get("/batches?month=2026-04"), REGENCY),
    ("GET", "/batches/{number}"): Operation(_batch, _get("/batches/{number}"), REGENCY),
    ("GET", "/batches/{number}/file"): Operation(_batch, _get("/batches/{number}/file"), REGENCY),
    ("GET", "/batches/{number}/envelope"): Operation(_batch, _get("/batches/{number}/envelope"), REGENCY),
    ("POST", "/answers"): Operation(
        _none,
        lambda client, ids: client.post(
            "/api/v1/answers", {"file": SimpleUploadedFile("jawaban.xlsx", b"bukan buku kerja")}
        ),
        REGENCY,
    ),
    ("POST", "/on-enrol"): Operation(
        lambda here: {**_batch(here), "reference": here.batch_line.reference}, _on_enrol, REGENCY
    ),
    ("GET", "/coverage"): Operation(_none, _get("/coverage?month=2026-04"), REGENCY),
}
#: The batch is the one paper that names persons with their NIK: to the insurer, by that right alone.
CARRIES_NIK = "batch.fetch"


def _operations() -> dict[tuple[str, str], Any]:
    return {
        (method, path): operation.view_func
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    """Everybody's program, by the label of its officer."""
    until = timezone.localdate() + dt.timedelta(days=30)
    found = {}
    for actor in world.actors:
        if actor.officer is not None:
            token = issue(actor.officer, "uji", until, by="uji")
            found[actor.label] = Client(headers={"authorization": f"Bearer {token}"})
    return found


def _ask(client: Client, operation: Operation, ids: dict[str, Any]) -> Outcome:
    """The answer and what it wrote, taken back."""
    with transaction.atomic():
        before = written()
        answer = said(operation.ask(client, ids))
        rows = written() - before
        transaction.set_rollback(True)
    return Outcome(*answer, (0, "", b""), tuple(sorted(rows.items())))


def _ids(operation: Operation, here: Things) -> dict[str, Any]:
    with scoped(WHOLE):
        return operation.ids(here)


def test_every_operation_is_walked() -> None:
    assert set(_operations()) == set(OPERATIONS)


@pytest.mark.parametrize("key", OPERATIONS, ids=" ".join)
def test_a_token_does_what_its_officer_may_where_its_officer_may(
    key: tuple[str, str], undone: World, clients: dict[str, Client]
) -> None:
    operation, rights = OPERATIONS[key], _operations()[key].rights
    nothing = from_nowhere(operation.ids)
    wrong, opened = [], 0
    for actor in (one for one in undone.actors if one.officer is not None):
        client = clients[actor.label]
        nowhere = _ask(client, operation, nothing)
        for place in (undone.own, undone.sibling, undone.elsewhere):
            ids = _ids(operation, place)
            told = _ask(client, operation, ids)
            wrong += [
                f"{actor.label} at {place.desa_code}: {fault}"
                for fault in _faults(actor, rights, place, told)
            ]
            if not any(map(actor.scope.may, rights)):
                wrong += (
                    [] if told.status in {401, 403} else [f"{actor.label}: {told.status} without {rights}"]
                )
            elif operation.whose == SENDER or (operation.whose == WITHIN and not actor.reaches(place)):
                both = (*ids.values(), *nothing.values())
                if told.without(*both) != nowhere.without(*both) or told.written:
                    wrong.append(f"{actor.label} at {place.desa_code}: {told.status}, none {nowhere.status}")
            else:
                opened += told.status < 400 or told.status == 409
    assert wrong == []
    assert opened or operation.whose == SENDER, f"no token does {key}; is its example real?"


def _faults(actor: Actor, rights: tuple[str, ...], place: Things, told: Outcome) -> list[str]:
    text = told.body.decode("utf-8", "replace")
    found = [f"{told.status}"] if told.status >= 500 else []
    if CARRIES_NIK not in rights:
        found += ["a NIK"] if place.nik in text else []
        found += ["a name"] if place.mark in text and not actor.reaches(place) else []
    return found


def test_a_batch_that_nobody_approved_is_none(undone: World, clients: dict[str, Client]) -> None:
    """Drafts and numbers that were never given answer alike, to each operation on one batch."""
    client = next(clients[one.label] for one in undone.actors if one.scope.may("batch.fetch"))
    for path in ("", "/file", "/envelope"):
        operation = Operation(_draft, _get(f"/batches/{{number}}{path}"), REGENCY)
        draft = _ask(client, operation, _ids(operation, undone.elsewhere))
        none = _ask(client, operation, {"number": "B-TIADA"})
        assert (draft.status, draft.body, draft.written) == (404, none.body, ())
