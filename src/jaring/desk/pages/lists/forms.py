"""The forms of lists: which to show, a file to send."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jaring.desk import saying
from jaring.desk.forms import Form
from jaring.rosters.inbox import SUFFIXES
from jaring.rosters.limits import LIMITS
from jaring.rosters.lists import kinds


class Filter(Form):
    """Which lists to show."""

    office = forms.ChoiceField(label=_("Kantor"), required=False)
    kind = forms.ChoiceField(label=_("Jenis"), required=False)
    month = forms.RegexField(
        r"^20[0-9]{2}-(0[1-9]|1[0-2])$",
        label=_("Bulan diterima"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2026-04", "inputmode": "numeric", "size": 8}),
    )

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _now("Semua")), *saying.choices(kinds())]  # type: ignore[attr-defined]
        self.fields["office"].choices = [("", _now("Semua")), *offices]  # type: ignore[attr-defined]
        if len(offices) < 2:
            del self.fields["office"]


class Upload(Form):
    """One file. The office is the officer's own unless there are several to choose from."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    office = forms.ChoiceField(label=_("Kantor pemilik daftar"))
    kind = forms.ChoiceField(label=_("Jenis daftar"), required=False)
    as_of = forms.DateField(
        label=_("Keadaan per tanggal"),
        required=False,
        input_formats=["%d-%m-%Y", "%Y-%m-%d"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "30-04-2026"}),
        help_text=_("Hanya untuk daftar peserta aktif BPJS dan data Dukcapil."),
    )
    file = forms.FileField(
        label=_("Berkas"),
        help_text=_(
            "Excel (.xlsx, .xls), LibreOffice (.ods), atau CSV; paling besar 20 MB. "
            "Judul kolom boleh apa saja; NIK ditulis sebagai teks."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(SUFFIXES))}),
    )

    def __init__(
        self,
        *args: Any,
        offices: list[tuple[str, str]],
        kinds: list[tuple[str, str]],
        dated: bool,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]
        blank = [(kind, words or _now("Kenali dari isinya")) for kind, words in kinds]
        self.fields["kind"].choices = blank  # type: ignore[attr-defined]
        for name, choices in (("office", offices), ("kind", kinds)):
            if len(choices) == 1:
                self.fields[name].widget = forms.HiddenInput()
                self.fields[name].initial = choices[0][0]
                self.initial[name] = choices[0][0]
        if not dated:
            del self.fields["as_of"]

    def clean_file(self) -> tuple[bytes, str, str]:
        """The bytes, their SHA-256, and the file's name without its folders."""
        file = self.cleaned_data["file"]
        name = str(file.name).replace("\\", "/").rsplit("/", 1)[-1][:120]
        suffix = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
        if suffix not in SUFFIXES:
            raise forms.ValidationError(
                _now(
                    "%(name)s bukan tabel. Buka dengan Excel atau LibreOffice, simpan sebagai Buku Kerja "
                    "Excel (.xlsx), lalu kirim lagi."
                )
                % {"name": name}
            )
        most = LIMITS.text_bytes if suffix in {".csv", ".tsv", ".txt"} else LIMITS.file_bytes
        if file.size > most:
            raise forms.ValidationError(
                _now(
                    "%(name)s berukuran %(size)d MB; paling besar %(most)d MB. Bagi daftar menjadi beberapa "
                    "berkas, misalnya per kecamatan."
                )
                % {"name": name, "size": file.size // 1_048_576, "most": most // 1_048_576}
            )
        data = file.read()
        return data, hashlib.sha256(data).hexdigest(), name
