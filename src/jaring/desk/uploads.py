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
        _sound(sent)
        return sent


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    """One or more files of one field, each held to the same rules."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(_Files, self).clean(one, initial) for one in sent or [None]]


class Uploads(Form):
    """Several tables at once: an office's answers come in many small files."""

    file = _Files(
        label=_("Berkas"),
        help_text=_("Excel (.xlsx, .xls), .ods, atau .csv; boleh beberapa sekaligus, sampai 100."),
        widget=_Several(attrs={"accept": ",".join(_ENDINGS)}),
    )

    def clean_file(self) -> list[UploadedFile]:
        sent: list[UploadedFile] = self.cleaned_data["file"]
        for one in sent:
            _sound(one)
        return sent


def _sound(sent: UploadedFile) -> None:
    if not (sent.name or "").lower().endswith(_ENDINGS):
        raise forms.ValidationError(_("Berkas ini bukan tabel. Kirim .xlsx, .xls, .ods, atau .csv."))
    if (sent.size or 0) > LIMITS.file_bytes:
        raise forms.ValidationError(_("Berkas lebih besar dari 20 MB. Kirim dalam beberapa bagian."))


@contextmanager
def lent_all(sent: list[UploadedFile], prefix: str) -> Iterator[Path]:
    """The files in one folder, each under a name that begins with ``prefix``, which tells a room its kind."""
    with TemporaryDirectory(prefix="jaring-masuk-") as folder:
        for number, one in enumerate(sent):
            name = _plain(one)
            first = name if name.lower().startswith(prefix) else f"{prefix}{name}"
            place = Path(folder) / first
            # Two files of one name are two files.
            _written(one, place if not place.exists() else place.with_stem(f"{place.stem}-{number}"))
        yield Path(folder)


def _plain(sent: UploadedFile) -> str:
    return re.sub(r"[^\w.-]+", "_", Path(sent.name or "berkas").name)[-120:]


def _written(sent: UploadedFile, path: Path) -> Path:
    with path.open("wb") as file:
        for part in sent.chunks():
            file.write(part)
    return path


@contextmanager
def lent(sent: UploadedFile) -> Iterator[Path]:
    """The file under its own name, in a folder that is gone when the block ends."""
    with TemporaryDirectory(prefix="jaring-masuk-") as folder:
        yield _written(sent, Path(folder) / _plain(sent))
