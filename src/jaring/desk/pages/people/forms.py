"""Forms of the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Because, Form
from jaring.desk.frame import units
from jaring.desk.saying import choices, month_name
from jaring.enrolment.lifeline import ASKED
from jaring.facts.month import Month


def kecamatan(reach: frozenset[str]) -> list[tuple[str, str]]:
    """Each kecamatan of which some desa is within reach, and its code, by name."""
    within = (unit for code, unit in units().items() if reach & {"*", code})
    found = {unit["kecamatan_code"]: unit["kecamatan"] for unit in within}
    return sorted(found.items(), key=lambda pair: pair[1])


class Look(Form):
    """What is looked for. It travels in the session, never in an address: it may be a name."""

    name = forms.CharField(
        label=_("Nama"),
        required=False,
        max_length=80,
        help_text=_("Awal kata cukup; ejaan lama dan baru dianggap sama."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    place = forms.ChoiceField(label=_("Desa atau kecamatan"), required=False)
    state = forms.ChoiceField(label=_("Keadaan bulan ini"), required=False)

    def __init__(self, *args: Any, reach: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: list[Any] = [("", _("Semua"))]
        named = units()
        for code, title in kecamatan(reach):
            inside = [(u, row["name"]) for u, row in named.items() if row["kecamatan_code"] == code]
            inside = [pair for pair in inside if "*" in reach or pair[0] in reach]
            if inside:
                whole = [(code, _("Seluruh kecamatan %(name)s") % {"name": title})] if len(inside) > 1 else []
                every.append((title, [*whole, *sorted(inside, key=lambda pair: pair[1])]))
        self.fields["place"].choices = every  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", _("Semua")), *choices(ASKED)]  # type: ignore[attr-defined]


class Hold(Because):
    """Hold a person back from a month on."""

    field_order = ("month", "reason")
    month = forms.ChoiceField(label=_("Mulai bulan"))

    def __init__(self, *args: Any, first: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(str(first + n), month_name(first + n)) for n in range(4)]
        self.fields["month"].choices = months  # type: ignore[attr-defined]


class Take(Because):
    """Which people leave the house, and why."""

    field_order = ("month", "state", "kecamatan", "numbers", "reason")
    month = forms.ChoiceField(label=_("Bulan"))
    state = forms.ChoiceField(label=_("Keadaan"), required=False)
    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    numbers = forms.BooleanField(
        label=_("Dengan NIK"),
        required=False,
        help_text=_("Hanya bila penerimanya tidak dapat bekerja tanpa NIK; tercatat di jurnal."),
    )

    def __init__(
        self, *args: Any, months: list[Month], may_open: bool, reach: frozenset[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(str(one), month_name(one)) for one in months]  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", _("Semua")), *choices(ASKED)]  # type: ignore[attr-defined]
        self.fields["kecamatan"].choices = [("", _("Semua")), *kecamatan(reach)]  # type: ignore[attr-defined]
        if not may_open:
            del self.fields["numbers"]
