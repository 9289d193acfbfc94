"""What an auditor asks by: month, actor, action, days, fund."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form
from jaring.desk.pages.audit.words import action_words

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Filters(Form):
    """Asked by GET: nothing here is required, and what cannot be read is left out."""

    def given(self) -> dict[str, Any]:
        """What was said and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class JournalFilters(Filters):
    actor = forms.CharField(label=_("Pelaku"), required=False, max_length=150)
    action = forms.ChoiceField(label=_("Perbuatan"), required=False)
    subject = forms.CharField(label=_("Tentang"), required=False, max_length=200)
    since = forms.DateField(label=_("Dari tanggal"), required=False, widget=_DATE)
    until = forms.DateField(label=_("Sampai tanggal"), required=False, widget=_DATE)

    def __init__(self, *args: Any, actions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(((code, action_words(code)) for code in actions), key=lambda one: str(one[1]))
        self.fields["action"].choices = [("", _("Semua")), *named]  # type: ignore[attr-defined]


class RevealFilters(Filters):
    officer = forms.CharField(label=_("Petugas"), required=False, max_length=150)
    since = forms.DateField(label=_("Dari tanggal"), required=False, widget=_DATE)
    until = forms.DateField(label=_("Sampai tanggal"), required=False, widget=_DATE)


class FigureFilters(Filters):
    month = forms.ChoiceField(label=_("Bulan"), required=False)
    measure = forms.ChoiceField(label=_("Ukuran"), required=False)
    dimension = forms.ChoiceField(label=_("Menurut"), required=False)

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in choices.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]


class LedgerFilters(Filters):
    fund = forms.CharField(label=_("Kode dana"), required=False, max_length=60)
    document = forms.CharField(label=_("Dokumen atau kunci"), required=False, max_length=200)
    since = forms.DateField(label=_("Dari tanggal"), required=False, widget=_DATE)
    until = forms.DateField(label=_("Sampai tanggal"), required=False, widget=_DATE)


class TrialFilters(Filters):
    until = forms.DateField(label=_("Sampai dengan tanggal"), required=False, widget=_DATE)


class OfMonth(Form):
    """One month of those that have decisions."""

    month = forms.ChoiceField(label=_("Bulan"))

    def __init__(self, *args: Any, months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = months  # type: ignore[attr-defined]
