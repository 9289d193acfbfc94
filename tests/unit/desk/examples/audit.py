"""What stands in the addresses of the audit."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.unit.desk.things import MONTH, Things

from jaring.coverage.models import Figure


def _figure(here: Things) -> dict[str, Any]:
    """A figure of the desa: published, while the rows behind it are not."""
    here.month  # noqa: B018 -- made, so that there is a row
    found, _ = Figure.objects.get_or_create(
        measure="protected",
        month=MONTH,
        dimension="desa",
        code=here.desa_code,
        defaults={
            "label": "Desa contoh",
            "numerator": 0,
            "numerator_definition": "uji",
            "denominator": 1,
            "denominator_definition": "uji",
            "as_of": MONTH,
            "source": "uji",
            "counted_at": timezone.now(),
        },
    )
    return {"pk": found.pk}


def _month(here: Things) -> dict[str, Any]:
    here.decision  # noqa: B018 -- made, so that the month was decided
    return {"month": f"{MONTH:%Y-%m}"}


EVERYWHERE = {"audit_figure": _figure, "audit_figure_rows": _figure, "audit_differences": _month}

#: ``subject``, ``fund`` and ``document`` are looked for in the regency's books, by who reads all of them.
WORDS = {"actor", "action", "subject", "since", "until", "officer", "month", "measure", "dimension"}
WORDS |= {"fund", "document", "sisi"}
