"""Rows about one person of one desa in every table that the pages open, for the walk over the routes."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl
from django.conf import settings
from django.utils import timezone
from tests.unit.desk.known import KIND, MONTH, Known

from jaring.enrolment.models import (
    Batch,
    BatchLine,
    Bill,
    BillLine,
    Card,
    Decree,
    DecreeLine,
    Discrepancy,
    Mutation,
    Pause,
    PersonMonth,
    Report,
    Settlement,
    SettlementLine,
    Vacancy,
)
from jaring.facts.region import region
from jaring.funding.models import Award, Fund, Proposal, Release, Waiting

__all__ = ["KIND", "MONTH", "Things", "places"]


@dataclass
class Things(Known):
    """What the month makes of that person: money, papers, bills, changes, a card."""

    @cached_property
    def fund(self) -> Fund:
        return Fund.objects.create(
            code=f"UJI-{self.number}",
            source="dbhcht",
            year=2026,
            budget_idr=1_000_000,
            month_from=MONTH,
            month_to=MONTH,
            document="DPA uji",
        )

    @cached_property
    def proposal(self) -> Proposal:
        return Proposal.objects.create(
            month=MONTH,
            digest=self._key("proposal"),
            state="approved",
            sources=["dbhcht"],
            candidates=1,
            funded=1,
            funded_idr=16_800,
            waiting=1,
            rule_weighted=1,
            optimum_weighted=1,
            bound_weighted=1,
            optimum_people=1,
            optimum_idr=16_800,
            made_by="pengusul",
            approved_by="sekda",
            approved_at=timezone.now(),
        )

    @cached_property
    def award(self) -> Award:
        return Award.objects.create(
            person_id=self.person.pk,
            fund=self.fund,
            proposal=self.proposal,
            state="active",
            month_from=MONTH,
            month_to=MONTH,
            price_idr_month=16_800,
            prices_idr=[16_800],
            total_idr=16_800,
            rank=1,
            **self._cover(),
        )

    @cached_property
    def release(self) -> Release:
        return Release.objects.create(
            award=self.award,
            from_month=MONTH,
            amount_idr=16_800,
            reason="meninggal",
            document="Surat kematian",
            by="uji",
        )

    @cached_property
    def waiting(self) -> Waiting:
        return Waiting.objects.create(
            person_id=self.person.pk, proposal=self.proposal, rank=2, reason="dana-penuh", source="dbhcht"
        )

    @cached_property
    def decree(self) -> Decree:
        return Decree.objects.create(
            number=f"SK/UJI/{self.number}",
            month=MONTH,
            digest=self._key("decree"),
            people=1,
            months=1,
            total_idr=16_800,
            made_by="pengolah",
        )

    @cached_property
    def line(self) -> DecreeLine:
        return DecreeLine.objects.create(
            decree=self.decree,
            person_id=self.person.pk,
            award_id=self.award.pk,
            fund=self.fund,
            source="dbhcht",
            wadah="UJI",
            month_from=MONTH,
            prices_idr=[16_800],
            **self._cover(),
        )

    @cached_property
    def batch(self) -> Batch:
        return Batch.objects.create(
            number=f"B/UJI/{self.number}",
            month=MONTH,
            wadah="UJI",
            source="dbhcht",
            people=1,
            iuran_idr=16_800,
            made_by="pengolah",
        )

    @cached_property
    def batch_line(self) -> BatchLine:
        return BatchLine.objects.create(
            reference=uuid.uuid4(),
            batch=self.batch,
            person_id=self.person.pk,
            wadah="UJI",
            action="enrol",
            month=MONTH,
            iuran_idr=16_800,
        )

    @cached_property
    def bill(self) -> Bill:
        return Bill.objects.create(
            number=f"T/UJI/{self.number}",
            code=f"UJI{self.number}",
            wadah=f"UJI {self.number}",
            month=MONTH,
            people=1,
            jkk_idr=10_000,
            jkm_idr=6_800,
            jht_idr=0,
            jp_idr=0,
            billed_idr=16_800,
            own_people=1,
            recomputed_idr=16_800,
            state="matched",
            due=dt.date(2026, 4, 15),
            file_sha256="0" * 64,
            by="uji",
        )

    @cached_property
    def bill_line(self) -> BillLine:
        return BillLine.objects.create(
            bill=self.bill, row=2, person_id=self.person.pk, name=self.mark, iuran_idr=16_800
        )

    @cached_property
    def settlement_line(self) -> SettlementLine:
        settlement = Settlement.objects.create(
            bill=self.bill,
            way="accept",
            reason="dicocokkan bersama cabang",
            people=1,
            agreed_idr=16_800,
            released_idr=0,
            unacknowledged_idr=0,
            figures={"own_people": 1, "own_idr": 16_800, "programmes": [], "done": [], "chased": []},
            digest=b"0" * 32,
            made_by="pengolah",
            state="withdrawn",
        )
        line = {"act": "keep", "code": "", "own_idr": 16_800, "agreed_idr": 16_800}
        return SettlementLine.objects.create(settlement=settlement, person_id=self.person.pk, **line)

    @cached_property
    def month(self) -> PersonMonth:
        return PersonMonth.objects.create(
            person_id=self.person.pk,
            month=MONTH,
            state="funded",
            source="dbhcht",
            wadah="UJI",
            iuran_idr=16_800,
            fund=self.fund,
            **{name: value for name, value in self._cover().items() if name != "base_idr"},
        )

    @cached_property
    def mutation(self) -> Mutation:
        return Mutation.objects.create(
            person_id=self.person.pk,
            kind="meninggal",
            event_date=dt.date(2026, 4, 10),
            from_month=dt.date(2026, 5, 1),
            proof="Surat kematian",
            by="uji",
        )

    @cached_property
    def vacancy(self) -> Vacancy:
        return Vacancy.objects.create(
            left_person_id=self.person.pk,
            reason="meninggal",
            proof="Surat kematian",
            mutation=self.mutation,
            fund=self.fund,
            source="dbhcht",
            wadah="UJI",
            month_from=MONTH,
            month_to=MONTH,
            free_idr=16_800,
        )

    @cached_property
    def pause(self) -> Pause:
        return Pause.objects.create(
            person_id=self.person.pk, from_month=MONTH, reason="menunggu kabar desa", by="uji"
        )

    @cached_property
    def report(self) -> Report:
        return Report.objects.create(
            person_id=self.person.pk,
            desa_code=self.desa_code,
            kind="MENINGGAL",
            event_date=dt.date(2026, 4, 10),
            reported_by="operator",
        )

    @cached_property
    def card(self) -> Card:
        return Card.objects.create(
            person=self.person,
            code_bi=self._key("card"),
            code_ct=self._key("card"),
            made_at=timezone.now(),
            made_by="uji",
        )

    @cached_property
    def discrepancy(self) -> Discrepancy:
        return Discrepancy.objects.create(
            key=f"uji:{self.number}",
            code="uji",
            paper="UJI",
            month=MONTH,
            person_id=self.person.pk,
            sentence="Tidak cocok.",
        )

    def make(self) -> None:
        """All of it, so that lists have something to leak."""
        for part in (Known, Things):
            for name, made in vars(part).items():
                if isinstance(made, cached_property):
                    getattr(self, name)

    @staticmethod
    def _cover() -> dict[str, Any]:
        return {"segment": "petani_tembakau", "kind": "bpu", "programmes": "jkk+jkm", "base_idr": 1_000_000}


def places() -> tuple[str, str, str]:
    """A desa, its sibling in the same kecamatan, and one of another kecamatan."""
    units = region(settings.REGION).units.sort("code")
    own, sibling = units["code"][0], units["code"][1]
    elsewhere = units.filter(pl.col("kecamatan_code") != units["kecamatan_code"][0])["code"][0]
    assert own[:8] == sibling[:8] != elsewhere[:8]
    return own, sibling, elsewhere
