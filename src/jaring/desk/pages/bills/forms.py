"""Forms of the bills."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form


class Propose(Form):
    """How a bill that differs shall end, and why."""

    way = forms.ChoiceField(
        label=_("Cara menyelesaikan"),
        choices=[
            ("accept", _("Bayar menurut kesepakatan: yang ada di kedua daftar")),
            ("ask", _("Minta BPJS menerbitkan tagihan yang dibetulkan")),
        ],
        widget=forms.RadioSelect,
    )
    codes = forms.CharField(
        label=_("Siapa yang tidak ditagih"),
        required=False,
        help_text=_(
            "Delapan huruf pertama kode orangnya, satu tiap baris. Perlu bila daftar kita lebih banyak "
            "daripada tagihan yang tanpa nama."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        max_length=20_000,
    )
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Masuk berita acara dan jurnal. Jangan menulis nama atau NIK di sini."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=200,
    )

    def __init__(self, *args: Any, named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if named:
            # The bill itself says whom it leaves out.
            del self.fields["codes"]

    def listed(self) -> list[str]:
        """The codes that were written, however they are parted."""
        return self.cleaned_data.get("codes", "").replace(",", " ").replace(";", " ").split()


class Signed(Form):
    """When both sides signed the minutes."""

    signed_on = forms.DateField(
        label=_("Tanggal ditandatangani kedua pihak"),
        help_text=_("hh-bb-tttt"),
        input_formats=["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
