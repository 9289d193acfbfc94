"""A file that an officer sends: taken within limits, lent to a room as a path, gone afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form
from jaring.rosters.limits import LIMITS

_ENDINGS = (".xlsx", ".xls", ".ods", ".csv")


class Upload(Form):
    """One table as a file."""

    file = forms.FileField(
        label=_("Berkas"),
        help_text=_("Excel (.xlsx, .xls), .ods, atau .csv; paling besar 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(_ENDINGS)}),
    )

    def clean_file(self) -> Any:
        sent: UploadedFile = self.cleaned_data["file"]
        if not (sent.name or "").lower().endswith(_ENDINGS):
            raise forms.ValidationError(_("Berkas ini bukan tabel. Kirim .xlsx, .xls, .ods, atau .csv."))
        if (sent.size or 0) > LIMITS.file_bytes:
            raise forms.ValidationError(_("Berkas lebih besar dari 20 MB. Kirim dalam beberapa bagian."))
        return sent


@contextmanager
def lent(sent: UploadedFile) -> Iterator[Path]:
    """The file under its own name, in a folder that is gone when the block ends."""
    plain = re.sub(r"[^\w.-]+", "_", Path(sent.name or "berkas").name)[-120:]
    with TemporaryDirectory(prefix="jaring-masuk-") as folder:
        path = Path(folder) / plain
        with path.open("wb") as file:
            for part in sent.chunks():
                file.write(part)
        yield path
