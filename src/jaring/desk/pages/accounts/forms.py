"""Making an account; giving a role for a time, somewhere, for some lists, up to a sum."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form
from jaring.desk.frame import units
from jaring.desk.saying import later
from jaring.officers.approving import BY_AMOUNT
from jaring.officers.listing import STATES
from jaring.officers.roles import ROLES, Reach, Role

_DATE_FORM = "%Y-%m-%d"
_STATES = {
    "active": _("aktif"),
    "disabled": _("nonaktif"),
    "without": _("aktif tanpa peran"),
    "ending": _("peran berakhir dalam 30 hari"),
    "first": _("kata sandi pertama belum diganti"),
}
#: Lists as people call them, for the roles that are given kinds of list.
KINDS = {
    "petani": _("petani dan buruh tani tembakau"),
    "umkm": _("pelaku usaha mikro"),
    "hibah": _("penerima hibah"),
    "keagamaan": _("marbot dan guru ngaji"),
    "pmi": _("pekerja migran"),
    "dtsen": _("keluarga miskin (DTSEN)"),
}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format=_DATE_FORM)


class Filters(Form):
    named = forms.CharField(label=_("Nama, akun, atau kantor"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Peran"),
        required=False,
        choices=[("", _("Semua")), *((r.code, later(r.title)) for r in ROLES.values())],
    )
    state = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[("", _("Semua")), *((s, _STATES[s]) for s in STATES)]
    )

    def given(self) -> dict[str, Any]:
        """What was said and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class NewAccount(Form):
    username = forms.CharField(
        label=_("Nama akun"),
        help_text=_(
            "Huruf kecil, angka, titik, atau tanda hubung; tidak berubah lagi. Contoh: operator.lenek"
        ),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    name = forms.CharField(label=_("Nama orangnya"), max_length=150)
    office = forms.CharField(
        label=_("Kantor"), max_length=120, help_text=_("Contoh: Dinas Pertanian, atau Kantor Desa Lenek")
    )


class Territory(forms.CheckboxSelectMultiple):
    """Desa under their kecamatan, each kecamatan folded until it is opened: no script, small on a phone."""

    template_name = "desk/accounts/territory.html"


class Give(Form):
    """Only what the role knows is asked."""

    date_from = forms.DateField(label=_("Mulai tanggal"), widget=_day())
    date_to = forms.DateField(
        label=_("Sampai tanggal"),
        help_text=_("Hari terakhirnya. Setiap peran punya akhir, paling lama lima tahun."),
        widget=_day(),
    )
    territory = forms.MultipleChoiceField(label=_("Wilayah"), required=False, widget=Territory)
    kinds = forms.MultipleChoiceField(
        label=_("Jenis daftar"), required=False, widget=forms.CheckboxSelectMultiple
    )
    limit_idr = forms.CharField(
        label=_("Batas persetujuan (rupiah)"),
        help_text=_(
            "Nilai terbesar yang boleh disetujuinya. Kosongkan bila tanpa batas. Contoh: 500.000.000"
        ),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, role: Role, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs.setdefault("initial", {"date_from": today, "date_to": dt.date(today.year, 12, 31)})
        super().__init__(*args, **kwargs)
        if role.reach in {Reach.BATCHES, Reach.ACCOUNTS}:
            del self.fields["territory"]
        else:
            field = self.fields["territory"]
            field.choices = _places(whole=role.reach is not Reach.DESA)  # type: ignore[attr-defined]
            field.help_text = (
                _("Buka kecamatannya, lalu tandai desa atau kelurahannya.")
                if role.reach is Reach.DESA
                else _("Kosongkan untuk seluruh kabupaten.")
            )
        if role.reach is Reach.LIST:
            named = [(kind, KINDS.get(kind, kind)) for kind in sorted(role.kinds)]
            self.fields["kinds"].choices = named  # type: ignore[attr-defined]
        else:
            del self.fields["kinds"]
        if not role.rights & set(BY_AMOUNT):
            del self.fields["limit_idr"]

    def clean_limit_idr(self) -> int | None:
        text = self.cleaned_data["limit_idr"].removeprefix("Rp").replace(".", "").replace(" ", "")
        if not text:
            return None
        if not text.isascii() or not text.isdigit():
            raise forms.ValidationError(_("Tulis rupiah dengan angka saja, misalnya 500.000.000."))
        return int(text)


def _places(*, whole: bool) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Desa by kecamatan; ``whole``: each kecamatan may also be taken as one."""
    above: dict[str, list[tuple[str, Any]]] = {}
    for code, unit in units().items():
        group = above.setdefault(unit["kecamatan"], [])
        if whole and not group:
            group.append((unit["kecamatan_code"], _("Seluruh kecamatan")))
        group.append((code, unit["name"]))
    return list(above.items())
