"""A workbook that is given: one file, of a kind that is read, not too large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form
from jaring.rosters.limits import LIMITS

_ENDINGS = (".xlsx", ".xls", ".ods", ".csv")


class Workbook(Form):
    file = forms.FileField(
        label=_("Berkas"),
        help_text=_("Excel atau CSV, paling besar 20 MB."),
        max_length=150,
        allow_empty_file=False,
        widget=forms.FileInput(attrs={"accept": ",".join(_ENDINGS)}),
    )

    def clean_file(self) -> UploadedFile:
        given: UploadedFile = self.cleaned_data["file"]
        if not (given.name or "").lower().endswith(_ENDINGS):
            raise forms.ValidationError(_("Berkas ini bukan Excel atau CSV; pilih berkas .xlsx."))
        if (given.size or 0) > LIMITS.file_bytes:
            raise forms.ValidationError(_("Berkas ini lebih besar dari 20 MB; bagi menjadi beberapa."))
        return given


@contextmanager
def laid_down(given: UploadedFile) -> Iterator[Path]:
    """The file in a folder of its own while the block lasts, under a name that is safe anywhere."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(given.name or "berkas.xlsx").name).lstrip(".-")[-100:]
    with TemporaryDirectory() as folder:
        path = Path(folder) / (plain or "berkas.xlsx")
        with path.open("wb") as out:
            for chunk in given.chunks():
                out.write(chunk)
        yield path
