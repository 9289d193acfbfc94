"""Approved batches out, as workbooks or as messages; the insurer's answers in, either way."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import File, Path, Query, Router, Status, UploadedFile
from ninja.errors import HttpError

from jaring.api import envelope, works
from jaring.api.door import requires
from jaring.api.shapes import (
    BatchOut,
    EnrolmentEnvelope,
    MonthText,
    OutcomeEnvelope,
    Refusal,
    WorkOut,
)
from jaring.cycle.taking import send
from jaring.enrolment import sending, workbook
from jaring.enrolment.models import Batch
from jaring.enrolment.papers import Received
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.journal.actions import record
from jaring.rosters.limits import LIMITS

router = Router(tags=["berkas kirim"])
_Number = Annotated[str, Path(max_length=120, pattern=r"^[A-Za-z0-9._\-]+$")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _approved() -> QuerySet[Batch]:
    answered = Count("lines", filter=Q(lines__state__in=["succ", "rjct", "pdng"]))
    return Batch.objects.filter(state="approved").annotate(answered=answered)


def _one(number: str) -> Batch:
    batch = _approved().filter(number=number).first()
    if batch is None:
        raise HttpError(404, "Tidak ada.")
    return batch


def _shown(batch: Any) -> dict[str, Any]:
    return {
        "number": batch.number,
        "month": str(Month.of(batch.month)),
        "wadah": batch.wadah,
        "source": batch.source,
        "follows": batch.follows,
        "people": batch.people,
        "iuran_idr": batch.iuran_idr,
        "answered": batch.answered,
    }


@router.get("/batches", response={200: list[BatchOut], 403: Refusal})
@requires("batch.fetch", persons=False)
def batches(request: HttpRequest, month: Annotated[MonthText, Query()]) -> list[dict[str, Any]]:
    """The approved batches of a month; drafts are nobody's business yet."""
    return [_shown(batch) for batch in _approved().filter(month=Month.parse(month).first)]


@router.get("/batches/{number}", response={200: BatchOut, 403: Refusal, 404: Refusal})
@requires("batch.fetch", persons=False)
def batch(request: HttpRequest, number: _Number) -> dict[str, Any]:
    """One batch without its people."""
    return _shown(_one(number))


@router.get(
    "/batches/{number}/file",
    response={403: Refusal, 404: Refusal},
    openapi_extra={
        "responses": {
            200: {
                "description": "Buku kerja; beberapa berkas menjadi satu ZIP",
                "content": {XLSX: {}, "application/zip": {}},
            }
        }
    },
)
@requires("batch.fetch", persons=False)
def file(request: HttpRequest, number: _Number) -> HttpResponse:
    """The workbook of a batch; several (above 10,000 rows) come as one ZIP."""
    _one(number)
    made = sending.files(number, region(settings.REGION))
    record("api.fetch_batch", number, by=request.auth.actor, files=len(made))  # type: ignore[attr-defined]
    if len(made) == 1:
        name, content = made[0]
        return _download(name, content, XLSX)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in made:
            archive.writestr(name, content)
    return _download(f"batch-{number}.zip", packed.getvalue(), "application/zip")


def _download(name: str, content: bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get(
    "/batches/{number}/envelope",
    response={200: EnrolmentEnvelope, 403: Refusal, 404: Refusal},
    exclude_none=False,
)
@requires("batch.fetch", persons=False)
def as_envelope(request: HttpRequest, number: _Number, answer: HttpResponse) -> EnrolmentEnvelope:
    """The same batch as one G2P Connect message, a ``reference_id`` per person."""
    found = _one(number)
    totals, people = sending.rows(number, region(settings.REGION))
    record("api.fetch_batch", number, by=request.auth.actor, files=0)  # type: ignore[attr-defined]
    answer.headers["Cache-Control"] = "no-store"
    return envelope.of_batch(totals, people, f"jaring-{settings.REGION}", found.approved_at or found.made_at)


@router.post("/answers", response={202: WorkOut, 403: Refusal, 409: Refusal})
@requires("answer.give", persons=False)
def give(request: HttpRequest, file: File[UploadedFile], answer: HttpResponse) -> Status:
    """An answer as a workbook (sheets ``jawaban`` and ``kendali``). Known content changes nothing."""
    if (file.size or 0) > LIMITS.file_bytes:
        raise HttpError(413, "Berkas lebih besar daripada 20 MB.")
    ending = FilePath(file.name or "").suffix.lower()
    name = f"jawaban{ending if ending in {'.xlsx', '.xls', '.ods'} else '.xlsx'}"
    return _begun(request, answer, Received(name, file.read()))


@router.post("/on-enrol", response={202: WorkOut, 403: Refusal, 409: Refusal})
@requires("answer.give", persons=False)
def on_enrol(request: HttpRequest, told: OutcomeEnvelope, answer: HttpResponse) -> Status:
    """The answer to a batch as a G2P Connect message; read by the same reader as the workbook."""
    sheets = envelope.answer_sheets(told)
    with TemporaryDirectory() as folder:
        path = FilePath(folder) / "jawaban.xlsx"
        workbook.write(path, sheets)
        return _begun(request, answer, Received(path.name, path.read_bytes()))


def _begun(request: HttpRequest, answer: HttpResponse, file: Received) -> Status:
    by = request.auth.actor  # type: ignore[attr-defined]
    return Status(202, works.begun(send("answers", [file], by=by, place="insurer"), answer))
