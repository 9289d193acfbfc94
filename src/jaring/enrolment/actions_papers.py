"""The month's letters printed for the office: numbered by their content, the same list the same letter."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from jaring.enrolment import paperwork, paperwork_annex, series
from jaring.enrolment.actions_letter import numbered
from jaring.enrolment.models import Batch, Bill, Decree
from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.facts.region import Region
from jaring.journal.actions import record


@transaction.atomic
def print_annex(decree: Decree, region: Region, *, by: str) -> tuple[str, bytes]:
    """As ``annex``; that the names of the whole regency left with somebody stands in the journal."""
    made = annex(decree, region)
    record("enrolment.print", f"lampiran {decree.number}"[:200], by=by, rows=decree.people)
    return made


def annex(decree: Decree, region: Region) -> tuple[str, bytes]:
    """Name and content of a decree's annex: one PDF, or an archive of one for each kecamatan."""
    about = f"Penerima bantuan iuran jaminan sosial ketenagakerjaan mulai {Month.of(decree.month).name}"
    with TemporaryDirectory() as folder:
        name = f"lampiran-sk-{decree.pk}"
        paths = paperwork_annex.annex(decree, region, Path(folder) / f"{name}.pdf", about=about)
        if len(paths) == 1:
            return f"{name}.pdf", paths[0].read_bytes()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for path in paths:
                # Dated alike, so that the same papers are the same archive.
                file.writestr(zipfile.ZipInfo(path.name, (1980, 1, 1, 0, 0, 0)), path.read_bytes())
        return f"{name}.zip", packed.getvalue()


@transaction.atomic
def print_cover(month: Month, region: Region, *, by: str) -> bytes:
    """The letter that goes with the approved batches of a month."""
    sent = Batch.objects.filter(month=month.first, state="approved").order_by("number")
    numbers = list(sent.values_list("number", flat=True))
    if not numbers:
        raise refuse(
            "tanpa-batch", f"Belum ada berkas kirim {month.name} yang disetujui.", "Setujui berkasnya dahulu."
        )
    letter = numbered("pengantar", _subject(month, numbers), date=timezone.localdate(), by=by)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "surat.pdf"
        paperwork.cover(month, region, out, number=series.written(letter), date=letter.date)
        return out.read_bytes()


@transaction.atomic
def print_minutes(month: Month, region: Region, *, by: str) -> bytes:
    """The minutes of reconciliation of a month as it stands: another standing is another letter."""
    bills = Bill.objects.filter(month=month.first).exclude(state="withdrawn").order_by("number")
    held = [
        f"{b.number} {b.state} {b.people} {b.billed_idr} {b.own_people} {b.recomputed_idr}"
        + (f" {b.agreed_people} {b.agreed_idr}" if b.agreed_idr is not None else "")
        for b in bills
    ]
    if not held:
        raise refuse("tanpa-tagihan", f"Belum ada tagihan {month.name}.", "Masukkan tagihan BPJS dahulu.")
    letter = numbered("rekonsiliasi", _subject(month, held), date=timezone.localdate(), by=by)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "surat.pdf"
        paperwork.minutes(month, month, region, out, number=series.written(letter), date=letter.date)
        return out.read_bytes()


def _subject(month: Month, lines: list[str]) -> str:
    return f"{month} {hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:16]}"
