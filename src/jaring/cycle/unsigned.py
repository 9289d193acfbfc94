"""Every paper that waits for a second person: what it is, how much, whose, since when. Reads only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Sum
from django.utils import timezone

from jaring.enrolment.models import Batch, Decree, Settlement
from jaring.facts.month import Month
from jaring.funding.models import Proposal
from jaring.officers.models import Export


@dataclass(frozen=True, slots=True)
class Paper:
    """``kind``: usulan, sk, berkas, selisih, unduhan; ``key``: its number, for batches their month."""

    kind: str
    key: str
    title: str
    right: str
    people: int
    amount_idr: int | None
    made_by: str
    made_at: dt.datetime

    @property
    def days(self) -> int:
        """Whole days since it was made."""
        return (timezone.now() - self.made_at).days


def papers() -> list[Paper]:
    """The oldest first."""
    found = [*_proposals(), *_decrees(), *_batches(), *_settlements(), *_exports()]
    return sorted(found, key=lambda paper: paper.made_at)


def _proposals() -> list[Paper]:
    return [
        Paper(
            "usulan",
            str(one.pk),
            f"Usulan dana {Month.of(one.month).name}, nomor {one.pk}",
            "fund.approve",
            one.funded,
            one.funded_idr,
            one.made_by,
            one.made_at,
        )
        for one in Proposal.objects.filter(state="proposed")
    ]


def _decrees() -> list[Paper]:
    return [
        Paper(
            "sk",
            str(one.pk),
            f"SK {one.number}" if not one.number.startswith("SK") else one.number,
            "decree.approve",
            one.people,
            one.total_idr,
            one.made_by,
            one.made_at,
        )
        for one in Decree.objects.filter(state="draft")
    ]


def _batches() -> list[Paper]:
    drafts = Batch.objects.filter(state="draft").values("month").order_by("month")
    sums = drafts.annotate(
        n=Count("pk"), who=Max("made_by"), heads=Sum("people"), idr=Sum("iuran_idr"), since=Min("made_at")
    )
    return [
        Paper(
            "berkas",
            str(Month.of(row["month"])),
            f"{row['n']} berkas kirim {Month.of(row['month']).name}",
            "batch.approve",
            row["heads"],
            row["idr"],
            row["who"],
            row["since"],
        )
        for row in sums
    ]


def _settlements() -> list[Paper]:
    return [
        Paper(
            "selisih",
            str(one.pk),
            f"Penyelesaian tagihan {one.bill.number}",
            "bill.approve",
            one.people,
            one.agreed_idr,
            one.made_by,
            one.made_at,
        )
        for one in Settlement.objects.filter(state="draft").select_related("bill")
    ]


def _exports() -> list[Paper]:
    return [
        Paper(
            "unduhan",
            str(one.pk),
            f"Unduhan daftar orang nomor {one.pk}",
            "export.approve",
            one.people,
            None,
            one.asked_by,
            one.asked_at,
        )
        for one in Export.objects.filter(state="asked")
    ]
