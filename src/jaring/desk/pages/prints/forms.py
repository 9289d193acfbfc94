"""Whose papers are to be printed."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form
from jaring.desk.frame import units


class Village(Form):
    """One of the desa and kelurahan that the officer reaches, under their kecamatan."""

    desa = forms.ChoiceField(label=_("Desa atau kelurahan"))

    def __init__(self, reached: Iterable[str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        grouped: dict[str, list[tuple[str, str]]] = {}
        names = units()
        for code in sorted(reached):
            grouped.setdefault(names[code]["kecamatan"], []).append((code, names[code]["name"]))
        field = self.fields["desa"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Pilih …")), *sorted(grouped.items())]
