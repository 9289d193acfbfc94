"""A village's pages: its own people, held rows mended, rows typed once, deaths reported."""

from __future__ import annotations

import datetime as dt
import io
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from jaring.cycle.models import Work
from jaring.enrolment.models import Report
from jaring.people.models import Person
from jaring.rosters.actions_type import Line, type_rows
from jaring.rosters.models import Mended, Row, Typed

pytestmark = pytest.mark.django_db
DESA, OTHER = "52.03.01.2001", "52.03.01.2002"


def _person(name: str, desa: str) -> Person:
    return Person.objects.create(
        name=name, desa_code=desa, kecamatan_code=desa[:8], first_seen=timezone.now(), sex="L"
    )


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "JPEG")
    return out.getvalue()


def test_a_village_finds_its_own_people_by_name_and_no_name_stands_in_an_address(
    acting: Callable[..., Any],
) -> None:
    _person("SAHRAM AHMAD", DESA)
    _person("SAHRAM TETANGGA", OTHER)
    operator = acting("operator_desa", territory=[DESA])
    answer = operator.post("/desa/warga/", {"name": "sahram"})
    assert answer["Location"] == "/desa/warga/"
    page = operator.get("/desa/warga/").content.decode()
    assert "SAHRAM AHMAD" in page
    assert "TETANGGA" not in page
    assert acting("bpkad").get("/desa/warga/").status_code == 403


def test_a_held_row_shows_only_its_wrong_field_and_is_mended(acting: Callable[..., Any]) -> None:
    line = Line(uuid.uuid4(), "Inaq Sari", nik="520301", birth_date="02-03-1985")
    type_rows([line], desa_code=DESA, by="x")
    row = Row.objects.get()
    operator = acting("operator_desa", territory=[DESA])
    assert "Inaq Sari" in operator.get("/desa/tertahan/").content.decode()
    form = operator.get(f"/desa/perbaiki/{row.pk}/").content.decode()
    assert 'name="nik"' in form
    assert 'name="birth_date"' not in form
    assert "520301<" not in form
    wrong = operator.post(f"/desa/perbaiki/{row.pk}/", {"nik": "5203019999999999"})
    assert wrong.status_code == 422
    assert "NIK tidak mungkin benar" in wrong.content.decode()
    assert operator.post(f"/desa/perbaiki/{row.pk}/", {"nik": "5203014203850001"}).status_code == 302
    assert Mended.objects.get().by_row.accepted
    assert Work.objects.get().kind == "recognise"
    assert operator.get(f"/desa/perbaiki/{row.pk}/").status_code == 404
    assert acting("operator_desa", territory=[OTHER]).get(f"/desa/perbaiki/{row.pk}/").status_code == 404


def test_the_form_works_without_script_and_once(acting: Callable[..., Any]) -> None:
    operator = acting("operator_desa", territory=[DESA])
    given = {
        "key": str(uuid.uuid4()),
        "name": "Amaq Jayadi",
        "nik": "5203 0112 0180 0011",
        "work": "Ketua RT",
    }
    assert operator.post("/desa/isian/", {**given, "nik": "123"}).status_code == 422
    assert operator.post("/desa/isian/", {**given, "nik": ""}).status_code == 422
    for _ in range(2):
        assert operator.post("/desa/isian/", given).status_code == 302
    row = Row.objects.get()
    assert (row.name, row.segment, row.desa_code) == ("Amaq Jayadi", "rt_rw", DESA)


def test_the_browsers_door_confirms_what_is_stored_and_names_what_cannot_be(
    acting: Callable[..., Any],
) -> None:
    operator = acting("operator_desa", territory=[DESA])
    good, bad = str(uuid.uuid4()), str(uuid.uuid4())
    rows = [
        {"key": good, "name": "Amaq Jayadi", "nik": "5203011201800011", "mark": "x"},
        {"key": bad, "name": "", "nik": "5203011201800012"},
        {"key": "bukan-uuid", "name": "X"},
        "bukan baris",
    ]
    for _ in range(2):
        answer = operator.post("/desa/isian/kirim/", json.dumps(rows), content_type="application/json")
        assert answer.json() == {"stored": [good], "wrong": [bad], "held": 0}
    assert Typed.objects.count() == Row.objects.count() == 1
    assert operator.post("/desa/isian/kirim/", b"{rusak", content_type="application/json").status_code == 200
    door = operator.get("/desa/isian/kirim/").json()
    assert set(door) == {"token", "mark"}
    assert operator.officer.username not in json.dumps(door)
    # The shell that a browser keeps names nobody and holds no token.
    shell = operator.get("/desa/isian/luring/").content.decode()
    assert operator.officer.username.title() not in shell
    assert "csrfmiddlewaretoken" not in shell
    assert acting("dinas", kinds=["petani"]).get("/desa/isian/").status_code == 404


def test_signing_out_clears_what_the_browser_kept(acting: Callable[..., Any]) -> None:
    operator = acting("operator_desa", territory=[DESA])
    assert "Clear-Site-Data" not in operator.get("/desa/isian/").headers
    answer = operator.post("/keluar/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_death_is_reported_with_its_paper_once(acting: Callable[..., Any]) -> None:
    person = _person("AMAQ ALMARHUM", DESA)
    operator = acting("operator_desa", territory=[DESA])
    address = f"/desa/lapor/{person.public_id}/"
    given = {"key": str(uuid.uuid4()), "kind": "MENINGGAL", "event_date": "01-04-2026", "note": "Surat 12"}
    broken = operator.post(address, {**given, "photo": SimpleUploadedFile("a.jpg", b"bukan gambar")})
    assert broken.status_code == 422
    assert Report.objects.count() == 0
    for _ in range(2):
        answer = operator.post(address, {**given, "photo": SimpleUploadedFile("a.jpg", _picture())})
        assert answer.status_code == 302
    told = Report.objects.get()
    assert (told.kind, told.event_date, told.state) == ("MENINGGAL", dt.date(2026, 4, 1), "reported")
    page = operator.get(answer["Location"]).content.decode()
    assert "menunggu Disnakertrans" in page
    assert operator.post(f"/desa/laporan/{told.public_id}/foto/").content[:3] == b"\xff\xd8\xff"
    other = acting("operator_desa", territory=[OTHER])
    assert other.get(f"/desa/laporan/{told.public_id}/").status_code == 404
    assert other.post(address, given).status_code == 404


def test_the_first_page_of_a_village_counts_its_month(acting: Callable[..., Any]) -> None:
    operator = acting("operator_desa", territory=[DESA, OTHER])
    page = operator.get("/desa/").content.decode()
    assert "Ganti desa" in page
    operator.post("/desa/", {"desa": OTHER})
    assert f'value="{OTHER}"' in operator.get("/desa/").content.decode()
    operator.post("/desa/", {"desa": "52.03.02.2001"})
    assert operator.get("/desa/").status_code == 200
