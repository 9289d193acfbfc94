"""Rows about one person of one desa in every table that the pages open, for the walk over the routes."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

import polars as pl
from django.conf import settings
from django.utils import timezone

from jaring.decide.models import Decision
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
from jaring.officers.scope import village_office
from jaring.people.models import Link, Merge, Person, Review, Verdict
from jaring.rosters.models import Problem, Roster, Row
from jaring.rosters.models_mend import Mended, Typed
from jaring.tables import secrets

#: The kind of every list made here: also an office's own, so that the walk can tell offices apart.
KIND = "petani"
MONTH = dt.date(2026, 4, 1)
_next = count(1)


@dataclass
class Things:
    """Made when first asked for, so that an example costs only what it uses.

    Every name holds ``mark``, which stands nowhere else: a page that shows it shows this person.
    """

    desa_code: str
    mark: str
    number: int = field(default_factory=lambda: next(_next))

    @property
    def nik(self) -> str:
        return f"{self.desa_code[:8].replace('.', '')}010180{self.number % 10_000:04d}"

    @cached_property
    def roster(self) -> Roster:
        """A list that the village sent itself."""
        return Roster.objects.create(
            sha256=hashlib.sha256(f"{self.mark}{self.number}".encode()).hexdigest(),
            file_name=f"daftar {self.mark}.xlsx",
            office=village_office(self.desa_code),
            kind=KIND,
            received_at=timezone.now(),
            by="uji",
            rows_in=1,
            accepted=1,
            quarantined=0,
        )

    @cached_property
    def row(self) -> Row:
        return Row.objects.create(
            roster=self.roster,
            sheet="Sheet1",
            row_no=2,
            accepted=True,
            nik_state="valid",
            name=self.mark,
            birth_date=dt.date(1980, 1, 1),
            sex="L",
            desa_code=self.desa_code,
            kecamatan_code=self.desa_code[:8],
        )

    @cached_property
    def problem(self) -> Problem:
        return Problem.objects.create(
            roster=self.roster,
            row=self.row,
            sheet="Sheet1",
            row_no=2,
            code="uji",
            severity="warning",
            column="nama",
            sentence=f"Nama {self.mark} perlu diperiksa.",
            mend="Periksa.",
        )

    @cached_property
    def mended(self) -> Mended:
        return Mended.objects.create(
            row=self.row,
            by_row=self.row,
            roster=self.roster,
            desa_code=self.desa_code,
            by="uji",
            at=timezone.now(),
        )

    @cached_property
    def typed(self) -> Typed:
        return Typed.objects.create(key=uuid.uuid4(), roster=self.roster, by="uji", at=timezone.now())

    @cached_property
    def person(self) -> Person:
        one = uuid.uuid5(uuid.NAMESPACE_OID, f"{self.mark}{self.number}")
        nik = pl.Series([self.nik])
        return Person.objects.create(
            public_id=one,
            nik_bi=secrets.blind_column(nik, "nik")[0],
            nik_ct=secrets.encrypt_column(nik, pl.Series([f"people.person:{one}:nik"]))[0],
            name=self.mark,
            birth_date=dt.date(1980, 1, 1),
            sex="L",
            desa_code=self.desa_code,
            kecamatan_code=self.desa_code[:8],
            first_seen=timezone.now(),
        )

    @cached_property
    def link(self) -> Link:
        return Link.objects.create(
            row=self.row, person=self.person, weight=20.0, state="sure", record_key=self._key("link")
        )

    @cached_property
    def review(self) -> Review:
        """A question about two persons of this desa."""
        other = Person.objects.create(
            name=f"{self.mark} B",
            desa_code=self.desa_code,
            kecamatan_code=self.desa_code[:8],
            first_seen=timezone.now(),
        )
        return Review.objects.create(
            left_key=self._key("left"),
            right_key=self._key("right"),
            left_person=self.person,
            right_person=other,
            left_row=self.link.row,
            weight=3.0,
            weights={"name": 5.0},
            opened_at=timezone.now(),
        )

    @cached_property
    def verdict(self) -> Verdict:
        return Verdict.objects.create(
            low_key=self.link.record_key,
            high_key=self._key("other"),
            verdict="different",
            by="uji",
            at=timezone.now(),
        )

    @cached_property
    def merge(self) -> Merge:
        return Merge.objects.create(
            review=self.review,
            kept=self.review.left_person,
            gone=self.review.right_person,
            columns=[],
            links=[],
            left_cases=[],
            right_cases=[],
            at=timezone.now(),
        )

    @cached_property
    def decision(self) -> Decision:
        return Decision.objects.create(
            person_id=self.person.pk,
            month=MONTH,
            version=1,
            law_digest="0" * 64,
            birth_date=dt.date(1980, 1, 1),
            sex="L",
            desa_code=self.desa_code,
            kecamatan_code=self.desa_code[:8],
            alive=True,
            moved=False,
            asn=False,
            abroad=False,
            segments=["petani_tembakau"],
            occupations=[],
            facts_from="uji",
            eligible=True,
            reasons=[],
            carried_on=False,
            segment="petani_tembakau",
            kind="bpu",
            programmes="jkk+jkm",
            articles="",
            warnings="",
        )

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
        for name, made in vars(type(self)).items():
            if isinstance(made, cached_property):
                getattr(self, name)

    def _key(self, purpose: str) -> bytes:
        return hashlib.sha256(f"{self.mark}{self.number}{purpose}".encode()).digest()[:16]

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
