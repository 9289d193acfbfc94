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

from jaring.api.door import api
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
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                assert getattr(operation.view_func, "right", None), f"{path} asks for no right"


def test_a_right_that_is_not_held_is_403(door: Callable[..., Any]) -> None:
    assert door("bpjs").get("/api/v1/coverage?month=2026-04").status_code == 403
    assert door("dpmd").get("/api/v1/batches?month=2026-04").status_code == 403


def test_a_list_sent_twice_is_one_and_its_counts_add_up(door: Callable[..., Any]) -> None:
    client = door("operator_desa", territory=[DESA])
    file = _list()
    content = file.read()
    first = client.post("/api/v1/rosters", {"file": SimpleUploadedFile("a.xlsx", content), "desa_code": DESA})
    assert first.status_code == 201, first.content
    said = first.json()
    assert (said["rows_in"], said["accepted"] + said["quarantined"]) == (2, 2)
    assert said["office"] == f"desa {DESA}"
    again = client.post("/api/v1/rosters", {"file": SimpleUploadedFile("a.xlsx", content), "desa_code": DESA})
    assert (again.status_code, again.json()["id"]) == (200, said["id"])
    found = client.get(f"/api/v1/rosters/{said['id']}/problems").json()["problems"]
    assert {one["row_no"] for one in found} >= {3}
    assert nik() not in json.dumps(found)


def test_a_village_sends_for_itself_and_sees_no_list_of_another(door: Callable[..., Any]) -> None:
    own, sibling = door("operator_desa", territory=[DESA]), door("operator_desa", territory=[SIBLING])
    assert own.post("/api/v1/rosters", {"file": _list(), "desa_code": SIBLING}).status_code == 403
    assert Roster.objects.count() == 0
    roster = own.post("/api/v1/rosters", {"file": _list(), "desa_code": DESA}).json()["id"]
    assert own.get(f"/api/v1/rosters/{roster}").status_code == 200
    missing = sibling.get(f"/api/v1/rosters/{roster + 1000}")
    hidden = sibling.get(f"/api/v1/rosters/{roster}")
    assert (
        (hidden.status_code, hidden.content)
        == (missing.status_code, missing.content)
        == (404, hidden.content)
    )


def test_a_file_that_is_no_list_is_refused_with_what_to_do(door: Callable[..., Any]) -> None:
    answer = door("disnakertrans").post(
        "/api/v1/rosters", {"file": SimpleUploadedFile("x.xlsx", b"not a workbook")}
    )
    assert answer.status_code == 409
    assert answer.json()["code"]
    assert answer.json()["mend"]


def test_the_description_is_openapi_3_1_and_open_to_read() -> None:
    answer = Client().get("/api/openapi.json")
    assert answer.status_code == 200
    described = answer.json()
    assert described["openapi"].startswith("3.1")
    assert "/api/v1/on-enrol" in described["paths"]
