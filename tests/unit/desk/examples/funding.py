"""What stands in the addresses of the allocation."""

from __future__ import annotations

from typing import Any

from tests.unit.desk.things import Things

from jaring.funding.models import Proposal


def _month(here: Things) -> dict[str, Any]:
    return {"month": "2026-04"}


def _own(here: Things) -> dict[str, Any]:
    Proposal.objects.filter(pk=here.proposal.pk).update(
        state="proposed", made_by="disnakertrans.regency", approved_by=""
    )
    return {"pk": here.proposal.pk}


EVERYWHERE = {"funding_of": _month, "funding_waiting": _month, "funding_withdraw": _own}
