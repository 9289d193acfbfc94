"""A file that an officer sends: taken within limits, then kept sealed for its work."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jaring.cycle.models import Work
from jaring.cycle.taking import send
from jaring.desk.forms import Form
from jaring.enrolment.papers import Received
from jaring.rosters.limits import LIMITS

_ENDINGS = (".xlsx", ".xls", ".ods", ".csv")


class _Keyed(Form):
    """A form that is sent once however often its button is pressed."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)


class Upload(_Keyed):
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


class Uploads(_Keyed):
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


def begun(request: HttpRequest, form: _Keyed, kind: str, **given: Any) -> HttpResponse:
    """Keep what was sent and start its work; on to the page that shows how far it is."""
    sent = form.cleaned_data["file"]
    files = [Received(_plain(one), one.read()) for one in (sent if isinstance(sent, list) else [sent])]
    by = request.user.get_username()
    return follow(send(kind, files, by=by, key=form.cleaned_data.get("key"), **given))


def follow(begun: Work) -> HttpResponse:
    """To the page of a work, which goes on by itself to what it made."""
    return HttpResponseRedirect(f"{reverse('job', args=[begun.key])}?lanjut=1")


def _plain(sent: UploadedFile) -> str:
    return re.sub(r"[^\w.-]+", "_", Path(sent.name or "berkas").name)[-120:]
