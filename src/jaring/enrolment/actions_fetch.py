"""The insurer fetches the files of an approved batch; who took them, and when, stands in the journal."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from jaring.enrolment import sending
from jaring.enrolment.models import Batch
from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.facts.region import Region
from jaring.journal.actions import record


@transaction.atomic
def fetch_batch(batch: Batch, region: Region, *, by: str) -> list[tuple[str, bytes]]:
    """Name and content of each file. Refused while no second person has approved the batch."""
    if batch.state != "approved":
        raise refuse(
            "batch-belum-disetujui",
            f"Berkas kirim {batch.number} belum disetujui.",
            "Tunggu persetujuan orang kedua.",
        )
    files = sending.files(batch.number, region)
    record("enrolment.fetch_batch", batch.number, by=by, files=len(files), orang=batch.people)
    return files


@transaction.atomic
def fetch_month(month: Month, region: Region, *, by: str) -> list[tuple[str, bytes]]:
    """Every file of the month's approved batches at once: an office's first month has hundreds."""
    approved = list(Batch.objects.filter(month=month.first, state="approved").order_by("number"))
    if not approved:
        raise refuse(
            "tanpa-batch", f"Belum ada berkas kirim {month.name} yang disetujui.", "Tunggu persetujuannya."
        )
    with TemporaryDirectory() as folder:
        sending.write(month, Path(folder), region)
        files = [
            (name, (Path(folder) / str(month) / name).read_bytes()) for one in approved for name in _of(one)
        ]
    record(
        "enrolment.fetch_month",
        str(month),
        by=by,
        berkas=len(files),
        orang=sum(one.people for one in approved),
    )
    return files


def _of(batch: Batch) -> list[str]:
    """The names of a batch's files, as ``sending`` writes them: one, or numbered parts."""
    count = -(-batch.people // sending.ROWS)
    tails = [""] if count <= 1 else [f"-{n}" for n in range(1, count + 1)]
    return [f"batch-{batch.number}{tail}.xlsx" for tail in tails]
