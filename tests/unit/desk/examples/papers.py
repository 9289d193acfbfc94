"""What stands in the addresses of the papers."""

from __future__ import annotations

from typing import Any

from tests.unit.desk.things import Things

from jaring.enrolment.models import Batch, Decree


def _month(here: Things) -> dict[str, Any]:
    return {"month": "2026-04"}


def _decree(here: Things) -> dict[str, Any]:
    return {"pk": here.line.decree.pk}


def _own(here: Things) -> dict[str, Any]:
    Decree.objects.filter(pk=here.decree.pk).update(made_by="disnakertrans.regency")
    return {"pk": here.decree.pk}


def _batch(here: Things) -> dict[str, Any]:
    return {"pk": here.batch_line.batch.pk}


def _sent(here: Things) -> dict[str, Any]:
    Batch.objects.filter(pk=here.batch_line.batch.pk).update(state="approved", approved_by="sekda")
    return {"pk": here.batch.pk}


EVERYWHERE = {
    "papers_of": _month,
    "papers_cover": _month,
    "papers_decree": _decree,
    "papers_annex": _decree,
    "papers_withdraw": _own,
    "papers_batch": _batch,
    "papers_batch_file": _sent,
}
