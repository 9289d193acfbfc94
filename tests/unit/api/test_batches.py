"""Given an approved batch, when the insurer's program fetches and answers it, then months are enrolled."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.unit.enrolment.offices import APRIL, answer, decreed, delivered, states

from jaring.enrolment import actions
from jaring.journal.models import Entry

pytestmark = pytest.mark.django_db
Door = Callable[..., Any]


def _batch(client: Any) -> dict[str, Any]:
    found = client.get("/api/v1/batches?month=2026-04").json()
    assert len(found) == 1
    return dict(found[0])


def _on_enrol(batch: str, outcomes: list[dict[str, Any]], total: int | None = None) -> dict[str, Any]:
    return {
        "header": {
            "message_id": f"jawaban-{batch}",
            "message_ts": "2026-04-20T08:00:00+08:00",
            "action": "on-enrol",
            "sender_id": "bpjs-ketenagakerjaan",
            "total_count": len(outcomes) if total is None else total,
        },
        "message": {"transaction_id": batch, "outcomes": outcomes},
    }


def test_a_draft_is_not_given_out(door: Door, tmp_path: Path) -> None:
    decreed(tmp_path, 3)
    actions.make_batches(APRIL, by="staf")
    assert door("bpjs").get("/api/v1/batches?month=2026-04").json() == []


def test_the_file_of_a_batch_is_as_it_was_sent_and_its_fetching_is_on_record(
    door: Door, tmp_path: Path
) -> None:
    decreed(tmp_path, 3)
    lines = delivered(APRIL, tmp_path)
    client = door("bpjs")
    batch = _batch(client)
    assert (batch["people"], batch["iuran_idr"], batch["answered"]) == (3, 3 * 16_800, 0)
    file = client.get(f"/api/v1/batches/{batch['number']}/file")
    assert file["Cache-Control"] == "no-store"
    sheet = openpyxl.load_workbook(io.BytesIO(file.content))["peserta"]
    niks = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert niks == lines["NIK"].to_list()
    fetched = Entry.objects.get(action="api.fetch_batch")
    assert (fetched.actor, fetched.subject) == (client.officer.username, batch["number"])


def test_a_batch_goes_out_and_comes_back_as_messages(door: Door, ended: Door, tmp_path: Path) -> None:
    decreed(tmp_path, 3)
    delivered(APRIL, tmp_path)
    client = door("bpjs")
    number = _batch(client)["number"]
    told = client.get(f"/api/v1/batches/{number}/envelope").json()
    people = told["message"]["enrolments"]
    assert told["header"]["total_count"] == len(people) == 3
    assert told["message"]["total_iuran_idr"] == 3 * 16_800
    assert all(len(one["nik"]) == 16 and one["action"] == "add" for one in people)
    outcomes: list[dict[str, Any]] = [
        {"reference_id": one["reference_id"], "status": "succ", "start_month": "2026-04"} for one in people
    ]
    outcomes[0] = {
        "reference_id": people[0]["reference_id"],
        "status": "rjct",
        "status_reason_code": "rjct.SUDAH-PU",
    }
    sent = json.dumps(_on_enrol(number, outcomes))
    told = ended(client, client.post("/api/v1/on-enrol", sent, content_type="application/json"))
    counts = told["counts"]
    assert (told["kind"], told["state"]) == ("answers", "done")
    assert (counts["accepted"], counts["rejected"], counts["held"]) == (2, 1, 0)
    assert states(APRIL)["enrolled"] == 2
    assert states(APRIL)["rejected"] == 1
    # The same message again is known by its content.
    again = ended(client, client.post("/api/v1/on-enrol", sent, content_type="application/json"))["counts"]
    assert (again["known"], again["accepted"]) == (1, 0)


def test_a_message_whose_count_is_wrong_moves_nothing(door: Door, tmp_path: Path) -> None:
    decreed(tmp_path, 2)
    delivered(APRIL, tmp_path)
    client = door("bpjs")
    number = _batch(client)["number"]
    people = client.get(f"/api/v1/batches/{number}/envelope").json()["message"]["enrolments"]
    outcomes = [{"reference_id": people[0]["reference_id"], "status": "succ", "start_month": "2026-04"}]
    sent = json.dumps(_on_enrol(number, outcomes, total=2))
    refused = client.post("/api/v1/on-enrol", sent, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "kendali-jawaban")
    assert "enrolled" not in states(APRIL)


def test_an_answer_as_a_workbook_is_one_work_however_often_it_is_sent_and_nobody_elses(
    door: Door, ended: Door, tmp_path: Path
) -> None:
    decreed(tmp_path, 2)
    lines = delivered(APRIL, tmp_path)
    client = door("bpjs")
    said = [(ref, "DITERIMA", None, None, "2026-04") for ref in lines["REFERENSI"]]
    content = answer(tmp_path / "jawaban.xlsx", lines["batch"][0], said).read_bytes()

    def sends() -> Any:
        return client.post("/api/v1/answers", {"file": SimpleUploadedFile("cabang.xlsx", content)})

    first, second = sends(), sends()
    assert first.json()["key"] == second.json()["key"]
    told = ended(client, first)
    assert (told["state"], told["counts"]["enrolled"], told["ended_at"] is None) == ("done", 2, False)
    assert states(APRIL) == {"enrolled": 2}
    missing = door("bpjs").get("/api/v1/works/tidak-ada")
    hidden = door("bpjs").get(first["Location"])
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    broken = client.post("/api/v1/answers", {"file": SimpleUploadedFile("x.xlsx", b"PK rusak")})
    refused = ended(client, broken)
    assert (refused["state"], bool(refused["code"]), bool(refused["mend"])) == ("failed", True, True)


def test_numbers_are_text_and_nothing_else(door: Door) -> None:
    client = door("bpjs")
    for number in ("../../etc/passwd", "a b", "%00"):
        assert client.get(f"/api/v1/batches/{number}/file").status_code in {404, 422}
    assert client.get("/api/v1/batches/tidak-ada/file").status_code == 404
    assert client.get("/api/v1/batches?month=2026-13").status_code == 422
