"""An SPP or SP2D as it lies on the desk: number, date, sum, and the bills it is for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form
from jaring.enrolment.models import Bill
from jaring.facts.rupiah import dotted


@dataclass(frozen=True)
class Line:
    """A bill as a choice. A mapping would be taken for a group of choices."""

    bill: Bill
    name: str


class Bills(forms.CheckboxSelectMultiple):
    """Bills to tick, each with its people and sum beside it."""

    template_name = "desk/treasury/bills.html"

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["line"] = option["label"]
        return option


class Paper(Form):
    """The choices of ``bills`` carry the bill itself, for the widget to draw."""

    number = forms.CharField(
        label=_("Nomor"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    date = forms.DateField(
        label=_("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount_idr = forms.CharField(
        label=_("Nilai (rupiah)"),
        help_text=_("Seperti tertulis di dokumennya. Contoh: 288.489.600"),
        max_length=25,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    bills = forms.MultipleChoiceField(
        label=_("Tagihan yang dibayar"),
        widget=Bills,
        error_messages={
            "required": _("Tandai sedikitnya satu tagihan."),
            "invalid_choice": _("Tagihan itu tidak lagi menunggu pembayaran; muat ulang halaman ini."),
        },
    )

    def __init__(self, kind: str, bills: list[tuple[Bill, str]], *args: Any, **kwargs: Any) -> None:
        total = sum(bill.owed_idr for bill, _name in bills)
        kwargs["initial"] = {
            "date": timezone.localdate(),
            "amount_idr": dotted(total),
            "bills": [bill.number for bill, _name in bills],
        }
        super().__init__(*args, **kwargs)
        self.fields["number"].label = _("Nomor %s") % kind
        self.fields["date"].label = _("Tanggal %s") % kind
        self.fields["bills"].choices = [  # type: ignore[attr-defined]
            (bill.number, Line(bill, name)) for bill, name in bills
        ]

    def clean_amount_idr(self) -> int:
        text = self.cleaned_data["amount_idr"].strip().removeprefix("Rp").strip()
        text = text.removesuffix(",00").replace(".", "").replace(" ", "")
        if not text.isascii() or not text.isdigit() or not int(text):
            raise forms.ValidationError(_("Tulis rupiah dengan angka saja, misalnya 288.489.600."))
        return int(text)

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Tanggalnya belum tiba."))
        return day
