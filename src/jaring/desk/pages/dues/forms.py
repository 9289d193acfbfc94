"""What the board of dues is narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form
from jaring.desk.saying import choices
from jaring.enrolment.dues import STANDINGS
from jaring.facts.region import region


class Filters(Form):
    """``due`` and ``last`` are about letters, the others are how a desa stands."""

    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    standing = forms.ChoiceField(label=_("Keadaan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(region(settings.REGION).kecamatan.iter_rows())
        self.fields["kecamatan"].choices = [("", _("Semua")), *places]  # type: ignore[attr-defined]
        self.fields["standing"].choices = [  # type: ignore[attr-defined]
            ("", _("Semua")),
            ("due", _("dapat disurati hari ini")),
            ("last", _("sudah teguran terakhir")),
            *choices(STANDINGS),
        ]

    def given(self) -> dict[str, Any]:
        """What was said and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
