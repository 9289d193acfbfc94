"""The forms of a village: one person, what is wrong in a row, a report."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form
from jaring.enrolment.models_person import KINDS
from jaring.enrolment.photos import LARGEST_BYTES
from jaring.rosters.actions_type import Line

_SEXES = [("", _("Tidak diisi")), ("L", _("Laki-laki")), ("P", _("Perempuan"))]
_EVENTS = {
    "MENINGGAL": _("Meninggal dunia"),
    "PINDAH": _("Pindah ke luar kabupaten"),
    "PMI": _("Berangkat menjadi pekerja migran"),
    "MANDIRI": _("Membayar sendiri"),
    "BEKERJA": _("Bekerja pada perusahaan"),
    "BERHENTI": _("Berhenti dari jabatan atau pekerjaannya"),
}


class _Day(forms.DateField):
    """A day as people here write it, and as a phone's own picker gives it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"], **kwargs)


def _nik(**given: Any) -> forms.CharField:
    digits = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 24}
    return forms.CharField(
        label="NIK",
        help_text=_("16 angka sesuai KTP-el. Kosongkan bila belum ada."),
        widget=forms.TextInput(attrs=digits),
        **given,
    )


def _cleaned_nik(text: str) -> str:
    digits = "".join(text.split())
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) == 16):
        raise forms.ValidationError(
            _now("NIK harus 16 angka; yang diketik %(count)d tanda.") % {"count": len(digits)}
        )
    return digits


class Look(Form):
    """A name to look for."""

    name = forms.CharField(label=_("Nama"), required=False, max_length=80)


class Type(Form):
    """One person typed by hand."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    nik = _nik(required=False)
    birth_date = _Day(
        label=_("Tanggal lahir"),
        required=False,
        help_text=_("Misalnya 05-08-1980."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(label=_("Jenis kelamin"), required=False, choices=_SEXES)
    work = forms.CharField(
        label=_("Pekerjaan atau jabatan"),
        required=False,
        max_length=80,
        help_text=_("Misalnya Kepala Dusun, Kader Posyandu, Petani Tembakau."),
    )
    phone = forms.CharField(
        label=_("Nomor HP"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    def clean_nik(self) -> str:
        return _cleaned_nik(self.cleaned_data["nik"])

    def clean_birth_date(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["birth_date"]
        if day and not timezone.localdate().year - 115 <= day.year <= timezone.localdate().year:
            raise forms.ValidationError(_now("Periksa tahun lahirnya."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("nik") and not said.get("birth_date") and not self.errors:
            self.add_error("nik", _now("Isi NIK, atau tanggal lahir bila NIK belum ada."))
        return said

    def line(self) -> Line:
        """What was typed, as intake takes it."""
        said = self.cleaned_data
        born = said["birth_date"]
        return Line(
            said["key"],
            said["name"],
            said["nik"],
            f"{born:%d-%m-%Y}" if born else "",
            said["sex"],
            said["work"],
            said["phone"],
        )


class Mend(Form):
    """Only what is wrong in a held row."""

    nik = _nik(required=False)
    name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    birth_date = _Day(
        label=_("Tanggal lahir"),
        required=False,
        help_text=_("Misalnya 05-08-1980."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(label=_("Jenis kelamin"), required=False, choices=_SEXES)

    def __init__(self, *args: Any, wrong: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in wrong:
                del self.fields[name]

    def clean_nik(self) -> str:
        return _cleaned_nik(self.cleaned_data["nik"])

    def typed(self) -> dict[str, str]:
        """The fields of this form as a list writes them."""
        born = self.cleaned_data.get("birth_date")
        said = {name: str(value or "") for name, value in self.cleaned_data.items()}
        return said | ({"birth_date": f"{born:%d-%m-%Y}"} if born else {})


def _photo() -> forms.FileField:
    return forms.FileField(
        label=_("Foto surat"),
        required=False,
        help_text=_("Misalnya akta atau surat kematian dari desa. JPEG, PNG, atau WebP, paling besar 8 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )


def _bytes(file: Any) -> bytes | None:
    if file is None:
        return None
    if file.size > LARGEST_BYTES:
        raise forms.ValidationError(_now("Foto lebih dari 8 MB; ambil lagi dengan ukuran lebih kecil."))
    data: bytes = file.read()
    return data


class Report(Form):
    """Somebody died or left."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Apa yang terjadi"), widget=forms.RadioSelect)
    event_date = _Day(
        label=_("Tanggal kejadian"),
        help_text=_("Misalnya 05-08-2026."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Nomor surat atau keterangan"),
        required=False,
        max_length=200,
        help_text=_("Jangan menulis NIK di sini."),
    )
    photo = _photo()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, _EVENTS[kind]) for kind in KINDS]  # type: ignore[attr-defined]

    def clean_photo(self) -> bytes | None:
        return _bytes(self.cleaned_data["photo"])


class Attach(Form):
    """The photo that a report still lacks."""

    photo = _photo()

    def clean_photo(self) -> bytes:
        data = _bytes(self.cleaned_data["photo"])
        if data is None:
            raise forms.ValidationError(_now("Pilih atau ambil fotonya dahulu."))
        return data


def event_words(kind: str) -> str:
    """What a report says happened."""
    return str(_EVENTS.get(kind, kind))
