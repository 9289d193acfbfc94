"""What stands in the addresses of the review."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.unit.desk.routes import Said
from tests.unit.desk.things import Things

from jaring.people.models import Review


def _case(here: Things) -> dict[str, Any]:
    return {"pk": here.review.pk}


def _decided(here: Things) -> dict[str, Any]:
    decided = {"state": "different", "decided_by": "uji", "decided_at": timezone.now()}
    Review.objects.filter(pk=here.review.pk).update(**decided)
    return {"pk": here.review.pk}


def _asked(here: Things) -> dict[str, Any]:
    Review.objects.filter(pk=here.review.pk).update(state="asked", asked_desa=here.desa_code)
    return {"pk": here.review.pk}


WITHIN = {"review_case": _case, "review_undo": _decided, "review_question": _asked}

WORDS = {"says", "verdict", "keadaan", "bobot"}
SAID = {
    name: (Said({"kecamatan": lambda here: here.desa_code[:8]}, method="GET"),)
    for name in ("review_queue", "review_case")
}
