"""One person of one desa as the lists, the register and the law know them: the first half of ``things``."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

import polars as pl
from django.utils import timezone

from jaring.decide.models import Decision
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
class Known:
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

    def _key(self, purpose: str) -> bytes:
        return hashlib.sha256(f"{self.mark}{self.number}{purpose}".encode()).digest()[:16]
