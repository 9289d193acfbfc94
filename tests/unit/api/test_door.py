"""The door for machines: its token, its rights, lists in, batches out, answers in."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.unit.rosters.samples import nik

from jaring.api.urls import api
from jaring.cycle.models import Work
from jaring.journal.models import Entry
from jaring.officers.actions import disable
from jaring.officers.actions_token import revoke
from jaring.officers.models import Token
from jaring.rosters.models import Roster

pytestmark = pytest.mark.django_db
DESA, SIBLING = "52.03.01.2001", "52.03.01.2002"


def _list(name: str = "INAQ SARI") -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["NIK", "Nama", "Tanggal Lahir", "Jenis Kelamin", "Pekerjaan"])
    sheet.append([nik(), name, "05-02-1985", "P", "Petani"])
    sheet.append(["0", "AMAQ TANPA NIK", "01-01-1980", "L", "Petani"])
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("daftar petani.xlsx", out.getvalue())


def test_without_a_live_token_the_door_stays_shut(door: Callable[..., Any]) -> None:
    assert Client().get("/api/v1/batches?month=2026-04").status_code == 401
    client = door("bpjs")
    assert client.get("/api/v1/batches?month=2026-04").json() == []
    disable(client.officer, by="uji", reason="pindah tugas")
    assert client.get("/api/v1/batches?month=2026-04").status_code == 401


def test_a_revoked_and_an_expired_token_open_nothing(door: Callable[..., Any]) -> None:
    revoked, expired = door("bpjs"), door("bpjs")
    revoke(Token.objects.get(officer=revoked.officer), by="uji")
    Token.objects.filter(officer=expired.officer).update(until=timezone.localdate() - dt.timedelta(days=1))
    for client in (revoked, expired):
        assert client.get("/api/v1/batches?month=2026-04").status_code == 401


def test_the_secret_is_kept_nowhere(door: Callable[..., Any]) -> None:
    client = door("bpjs")
    secret = client.secret
    assert secret.encode() not in bytes(Token.objects.get().digest)
    assert secret not in "".join(bytes(entry.body).decode() for entry in Entry.objects.all())


def test_a_session_of_the_site_does_not_open_the_door(acting: Callable[..., Any]) -> None:
    assert acting("bpjs").get("/api/v1/batches?month=2026-04").status_code == 401


def test_every_operation_asks_for_a_right() -> None:
    assert len(api._routers) > 3
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                assert getattr(operation.view_func, "rights", None), f"{path} asks for no right"


def test_a_right_that_is_not_held_is_403(door: Callable[..., Any]) -> None:
    assert door("bpjs").get("/api/v1/coverage?month=2026-04").status_code == 403
    assert door("dpmd").get("/api/v1/batches?month=2026-04").status_code == 403


def test_a_list_sent_twice_is_one_and_its_counts_add_up(
    door: Callable[..., Any], ended: Callable[..., Any]
) -> None:
    client = door("operator_desa", territory=[DESA])
    content = _list().read()

    def sends() -> Any:
        given = {"file": SimpleUploadedFile("a.xlsx", content), "desa_code": DESA}
        return client.post("/api/v1/rosters", given)

    first = ended(client, sends())
    said = client.get(f"/api/v1/rosters/{first['roster']}").json()
    assert (said["rows_in"], said["accepted"] + said["quarantined"]) == (2, 2)
    assert said["office"] == f"desa {DESA}"
    assert first["counts"]["baris_masuk"] == 2
    assert ended(client, sends())["roster"] == said["id"]
    found = client.get(f"/api/v1/rosters/{said['id']}/problems").json()["problems"]
    assert {one["row_no"] for one in found} >= {3}
    assert nik() not in json.dumps(found)


def test_the_senders_own_file_comes_back_with_reasons_to_nobody_else(
    door: Callable[..., Any], ended: Callable[..., Any]
) -> None:
    own, office = door("operator_desa", territory=[DESA]), door("disnakertrans")
    roster = ended(own, own.post("/api/v1/rosters", {"file": _list(), "desa_code": DESA}))["roster"]
    answer = own.get(f"/api/v1/rosters/{roster}/answered")
    assert answer["Cache-Control"] == "no-store"
    sheets = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    head = next(row for row in rows if "STATUS PERIKSA" in row)
    doubtful = next(row for row in rows if "AMAQ TANPA NIK" in row)
    assert doubtful[head.index("STATUS PERIKSA")] == "DITERIMA, ADA CATATAN"
    entry = Entry.objects.get(action="rosters.answered")
    assert entry.actor == own.officer.username
    # Who reads the list's counts may not yet take a file full of NIKs.
    assert office.get(f"/api/v1/rosters/{roster}").status_code == 200
    assert office.get(f"/api/v1/rosters/{roster}/answered").status_code == 404


def test_a_village_sends_for_itself_and_sees_no_list_of_another(
    door: Callable[..., Any], ended: Callable[..., Any]
) -> None:
    own, sibling = door("operator_desa", territory=[DESA]), door("operator_desa", territory=[SIBLING])
    assert own.post("/api/v1/rosters", {"file": _list(), "desa_code": SIBLING}).status_code == 403
    assert Work.objects.count() == 0
    roster = ended(own, own.post("/api/v1/rosters", {"file": _list(), "desa_code": DESA}))["roster"]
    assert own.get(f"/api/v1/rosters/{roster}").status_code == 200
    missing = sibling.get(f"/api/v1/rosters/{roster + 1000}")
    hidden = sibling.get(f"/api/v1/rosters/{roster}")
    assert (
        (hidden.status_code, hidden.content)
        == (missing.status_code, missing.content)
        == (404, hidden.content)
    )


def test_an_office_sends_its_own_kinds_of_list_alone(
    door: Callable[..., Any], ended: Callable[..., Any]
) -> None:
    farm = door("dinas", kinds=["petani"], office="pertanian")
    for kind in ("", "umkm"):
        assert farm.post("/api/v1/rosters", {"file": _list(), "kind": kind}).status_code == 403
    done = ended(farm, farm.post("/api/v1/rosters", {"file": _list(), "kind": "petani"}))
    assert Roster.objects.get(pk=done["roster"]).office == "pertanian"


def test_a_file_that_is_no_list_is_refused_with_what_to_do(
    door: Callable[..., Any], ended: Callable[..., Any]
) -> None:
    client = door("disnakertrans")
    broken = {"file": SimpleUploadedFile("x.xlsx", b"not a workbook")}
    told = ended(client, client.post("/api/v1/rosters", broken))
    assert told["state"] == "failed"
    assert told["code"]
    assert told["mend"]
    assert Roster.objects.count() == 0


def test_the_description_is_openapi_3_1_and_open_to_read() -> None:
    answer = Client().get("/api/openapi.json")
    assert answer.status_code == 200
    described = answer.json()
    assert described["openapi"].startswith("3.1")
    assert "/api/v1/on-enrol" in described["paths"]
