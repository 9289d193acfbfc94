"""Forms of the approvals."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form


class Sign(Form):
    """Number and date of the paper that was signed by hand."""

    number = forms.CharField(
        label=_("Nomor SK yang ditandatangani"),
        required=False,
        max_length=80,
        help_text=_("Contoh: 188.45/210/NAKERTRANS/2026. Kosongkan bila memakai nomor rancangan."),
    )
    date = forms.DateField(
        label=_("Tanggal SK"),
        required=False,
        help_text=_("hh-bb-tttt; kosong berarti hari ini"),
        input_formats=["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
