"""What a village reported: accepted it ends the months after it, refused it moves nothing."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.unit.desk.things import Things
from tests.unit.enrolment.offices import (
    APRIL,
    DESA,
    accepted,
    decreed,
    delivered,
)

from jaring.enrolment import actions_report
from jaring.enrolment.models import PersonMonth, Report
from jaring.journal.models import Entry
from jaring.officers.scope import WHOLE, scoped

pytestmark = pytest.mark.django_db
Acting = Callable[..., Any]
WHY = "daftar nama belum diperiksa di desa"


def _text(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def _reported(person_id: int) -> Report:
    with scoped(WHOLE):
        return actions_report.report(
            uuid.uuid4(),
            person_id,
            "MENINGGAL",
            dt.date(2026, 4, 9),
            by="desa.1",
            note="Akta kematian nomor 12",
        )


def test_an_accepted_report_ends_the_months_after_it(tmp_path: Path, acting: Acting) -> None:
    people = decreed(tmp_path, 2)
    accepted(delivered(APRIL, tmp_path / "keluar"), tmp_path / "masuk", APRIL)
    told = _reported(people["person_id"][0])
    client = acting("disnakertrans")
    assert "laporan desa menunggu keputusan" in _text(client.get("/"))
    body = _text(client.get(f"/mutasi/laporan/{told.public_id}/"))
    assert "Meninggal dunia" in body
    assert "Akta kematian nomor 12" in body
    assert client.post(f"/mutasi/laporan/{told.public_id}/", {"accept": "1"}).status_code == 302
    own = PersonMonth.objects.filter(person_id=told.person_id).order_by("month")
    assert [m.state for m in own[:2]] == ["enrolled", "stopped"]
    assert "Laporan desa" in _text(client.get("/mutasi/tercatat/"))
    assert "Meninggal dunia" in _text(client.get("/mutasi/tempat/"))


def test_a_refused_report_keeps_its_reason_and_moves_nothing(tmp_path: Path, acting: Acting) -> None:
    people = decreed(tmp_path, 1)
    told = _reported(people["person_id"][0])
    client = acting("disnakertrans")
    empty = client.post(f"/mutasi/laporan/{told.public_id}/", {"refuse": "1", "reason": ""})
    assert empty.status_code == 200
    client.post(f"/mutasi/laporan/{told.public_id}/", {"refuse": "1", "reason": "akta milik orang lain"})
    told.refresh_from_db()
    assert (told.state, told.reason) == ("refused", "akta milik orang lain")
    assert not PersonMonth.objects.filter(state="stopped").exists()


def test_the_photo_of_a_paper_is_opened_and_the_journal_knows(acting: Acting) -> None:
    told = _reported(Things(DESA, "SUMIATI SENDIRI").person.pk)
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "JPEG")
    with scoped(WHOLE):
        actions_report.attach(told, drawn.getvalue(), by="desa.1")
    client = acting("disnakertrans")
    address = f"/mutasi/laporan/{told.public_id}/foto/"
    assert client.get(address).status_code == 405
    answer_ = client.post(address)
    assert (answer_["Content-Type"], answer_["Cache-Control"]) == ("image/jpeg", "no-store")
    assert answer_.content[:3] == b"\xff\xd8\xff"
    assert Entry.objects.filter(action="enrolment.open_photo").count() == 1
    assert acting("disnakertrans", territory=["52.03.01"]).post(address).status_code == 404


def test_names_of_a_report_stay_within_reach(acting: Acting) -> None:
    here = Things(DESA, "SUMIATI SENDIRI")
    told = _reported(here.person.pk)
    elsewhere = acting("disnakertrans", territory=["52.03.01"])
    assert "SUMIATI SENDIRI" not in _text(elsewhere.get("/mutasi/"))
    assert elsewhere.get(f"/mutasi/laporan/{told.public_id}/").status_code == 404
