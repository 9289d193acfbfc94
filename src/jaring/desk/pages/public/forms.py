"""The one question of the public page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jaring.desk.forms import Form


class Code(Form):
    """The code as somebody reads it off the card; how it is written does not matter."""

    code = forms.CharField(
        label=_("Kode pada kartu"),
        help_text=_("Enam belas huruf dan angka. Tanda hubung, spasi, dan huruf kecil boleh."),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Ketik kode yang tercetak di kartu.")},
    )
