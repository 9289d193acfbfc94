"""How forms are drawn everywhere: the errors on top with links, then each field with its label and hint."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from jaring.desk.saying import said
from jaring.facts.reason import Refused


class Renderer(TemplatesSetting):
    form_template_name = "desk/parts/form.html"
    field_template_name = "desk/parts/field.html"


class Form(forms.Form):
    """A form of the desk: nothing of its own but the way it takes a room's refusal."""

    #: The browser's own bubbles hide after seconds and speak its language, not the reader's.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def refused(self, fault: Refused, field: str | None = None) -> None:
        """Show a room's refusal beside the field it is about, or on top."""
        sentence = " ".join(said(part) for part in (fault.reason.sentence, fault.reason.mend) if part)
        self.add_error(field, sentence)


class Because(Form):
    """One reason in words, for refusing, holding back, opening: it stays in the journal."""

    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Tercatat di jurnal dan dibaca pemeriksa. Jangan menulis NIK di sini."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=200,
    )
