"""What stands in the addresses of the approvals."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.unit.desk.examples.bills import settlement
from tests.unit.desk.things import Things

from jaring.officers.models import Export


def _proposal(here: Things) -> dict[str, Any]:
    return {"pk": here.proposal.pk}


def _decree(here: Things) -> dict[str, Any]:
    return {"pk": here.line.decree.pk}


def _month(here: Things) -> dict[str, Any]:
    return {"month": f"{here.batch.month:%Y-%m}"}


def _export(here: Things) -> dict[str, Any]:
    made = Export.objects.create(
        kind="orang",
        parameters={"month": "2026-04"},
        people=1200,
        reason="mencocokkan daftar dengan cabang",
        asked_by="pengolah",
        asked_at=timezone.now(),
    )
    return {"pk": made.pk}


EVERYWHERE = {
    "approvals_proposal": _proposal,
    "approvals_proposal_decide": _proposal,
    "approvals_decree": _decree,
    "approvals_decree_decide": _decree,
    "approvals_batches": _month,
    "approvals_batches_decide": _month,
    "approvals_settlement": settlement,
    "approvals_settlement_decide": settlement,
    "approvals_export": _export,
    "approvals_export_decide": _export,
}

WORDS = {"approve", "number", "date"}
