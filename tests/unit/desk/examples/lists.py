"""What stands in the addresses of the lists."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.unit.desk.routes import Said
from tests.unit.desk.things import KIND, Things

from jaring.cycle.models import Work
from jaring.rosters import keeping


def _file(here: Things) -> bytes:
    return f"NIK;NAMA;TANGGAL LAHIR\n123;{here.mark};01-01-1980\n".encode()


def _one(here: Things) -> dict[str, Any]:
    keeping.keep(_file(here), here.roster.sha256)
    return {"pk": here.roster.pk}


def _screening(here: Things) -> dict[str, Any]:
    """A screening is its officer's own: that of the one operator in the walk, at their own desa."""
    data = _file(here)
    sha256 = hashlib.sha256(data).hexdigest()
    keeping.keep(data, sha256)
    made, _ = Work.objects.get_or_create(
        key=f"periksa-{here.number}",
        defaults={
            "kind": "screen",
            "state": "done",
            "by": "operator_desa.own-desa" if here.mark.endswith("KANDANGAN") else "uji",
            "started_at": timezone.now(),
            "ended_at": timezone.now(),
            "arguments": {"sha256": sha256, "file_name": f"{here.mark}.csv", "office": here.roster.office},
            "result": {
                "kind": KIND,
                "kind_label": "Petani",
                "by_code": {"nik-pendek": 1},
                "used": {"NIK": "nik"},
                "unused": ["KELOMPOK"],
                "counts": {"baris_masuk": 1, "diterima": 0, "ditahan": 1},
            },
        },
    )
    return {"key": made.key}


WITHIN = {
    "lists_one": _one,
    "lists_answer": _one,
    "lists_headers": _one,
    "lists_withdraw": _one,
    "lists_screened": _screening,
    "lists_teach": _screening,
    "lists_send": _screening,
    "lists_screened_file": _screening,
}


def _sent(here: Things) -> dict[str, Any]:
    file = SimpleUploadedFile("daftar.csv", _file(here))
    return {
        "key": str(uuid.uuid5(uuid.NAMESPACE_OID, here.mark)),
        "kind": KIND,
        "as_of": "01-04-2026",
        "file": file,
    }


WORDS = {"kind", "month", "as_of", "periksa"}
SAID = {
    "lists": (Said({"office": lambda here: here.roster.office}, method="GET"),),
    "lists_upload": (
        Said({"office": lambda here: here.roster.office}, _sent),
        Said({"office": lambda here: here.roster.office}, lambda here: {**_sent(here), "periksa": ""}),
    ),
}
