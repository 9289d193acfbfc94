"""A village reports that somebody died or left; a second person decides; months move once."""

from __future__ import annotations

import datetime as dt
import io
import json
import uuid
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from PIL import Image
from tests.unit.enrolment.offices import DESA, decreed, made_up, sealed, states

from jaring.enrolment import actions_report as reports
from jaring.enrolment.models import Mutation, PersonMonth, Report
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.journal.models import Entry
from jaring.officers.scope import Grant, Scope, scoped
from jaring.people.models import Person
from jaring.tables.home import folder

pytestmark = pytest.mark.django_db
APRIL = Month(2026, 4)
DIED = dt.date(2026, 4, 9)
KEY = uuid.UUID("0c8f7c3e-2f0a-4a8e-9d65-0d6b3c1f2a10")
OTHER = uuid.UUID("1d9f7c3e-2f0a-4a8e-9d65-0d6b3c1f2a11")
SIBLING = "52.03.07.1002"
VILLAGE = Scope("operator", (Grant("operator_desa", frozenset({DESA})),))
NEIGHBOUR = Scope("tetangga", (Grant("operator_desa", frozenset({SIBLING})),))
OFFICE = Scope("staf", (Grant("disnakertrans", frozenset({"*"})),))
TREASURY = Scope("bpkad", (Grant("bpkad", frozenset({"*"})),))


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}:")


def photo(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(out, "JPEG")
    return out.getvalue()


def told(person: int, key: uuid.UUID = KEY, **given: Any) -> Report:
    whole = {"kind": "MENINGGAL", "event_date": DIED, "by": "operator", "photo": photo(), **given}
    with scoped(VILLAGE):
        return reports.report(key, person, whole.pop("kind"), whole.pop("event_date"), **whole)


def test_a_report_moves_nothing_until_a_second_person_believes_it(tmp_path: Path) -> None:
    one, _ = decreed(tmp_path, 2)["person_id"].to_list()
    made = told(one, note="Akta kematian dari Dukcapil")
    assert (made.state, made.desa_code, made.kind) == ("reported", DESA, "MENINGGAL")
    assert states(APRIL + 1) == {"decreed": 2}
    with scoped(OFFICE):
        counts = reports.accept(made, by="staf")
    assert counts == {"mutations": 1, "known": 0, "months": 8, "places": 1}
    assert states(APRIL) == {"decreed": 2}
    assert states(APRIL + 1) == {"decreed": 1, "stopped": 1}
    proof = Mutation.objects.get().proof
    made.refresh_from_db()
    assert str(made.photo)[:12] in proof
    assert str(KEY)[:8] in proof
    assert "Akta kematian" in proof
    assert (made.state, made.decided_by) == ("accepted", "staf")
    with scoped(OFFICE):
        assert reports.accept(made, by="staf")["months"] == 0
    assert Entry.objects.filter(action="enrolment.accept_report").count() == 1


def test_a_form_sent_twice_is_one_report() -> None:
    person = sealed(made_up(1))["person_id"][0]
    assert told(person).pk == told(person).pk
    # Another telephone tells the same death.
    assert told(person, OTHER).public_id == KEY
    assert Report.objects.count() == Entry.objects.filter(action="enrolment.report").count() == 1
    with refused("laporan-bertabrakan"):
        told(person, kind="PINDAH")


def test_what_was_refused_may_be_told_again() -> None:
    person = sealed(made_up(1))["person_id"][0]
    made = told(person)
    with scoped(OFFICE):
        with refused("alasan-kurang"):
            reports.refuse(made, "bukan", by="staf")
        reports.refuse(made, "Foto aktanya tidak terbaca", by="staf")
        reports.refuse(made, "Foto aktanya tidak terbaca", by="staf")
        with refused("laporan-sudah-diputuskan"):
            reports.accept(made, by="staf")
    made.refresh_from_db()
    assert (made.state, made.reason) == ("refused", "Foto aktanya tidak terbaca")
    assert told(person, OTHER).public_id == OTHER
    assert Entry.objects.filter(action="enrolment.refuse_report").count() == 1


def test_a_village_reports_only_its_own_people() -> None:
    person = sealed(made_up(1))["person_id"][0]
    sentences = set()
    with scoped(NEIGHBOUR):
        for one in (person, 987_654):
            with refused("tanpa-hak") as no:
                reports.report(KEY, one, "PINDAH", DIED, by="tetangga")
            sentences.add(str(no.value))
    assert len(sentences) == 1
    with scoped(TREASURY), refused("tanpa-hak"):
        reports.report(KEY, person, "PINDAH", DIED, by="bpkad")
    assert not Report.objects.exists()


def test_a_key_of_another_desa_tells_nothing() -> None:
    person = sealed(made_up(1))["person_id"][0]
    told(person)
    others = made_up(1, first=9).with_columns(desa_code=pl.lit(SIBLING))
    neighbour = sealed(others)["person_id"][0]
    with scoped(NEIGHBOUR):
        assert list(Report.seen.all()) == []
        with refused("laporan-bertabrakan"):
            reports.report(KEY, neighbour, "PINDAH", DIED, by="tetangga")
        for act in (reports.open_photo, reports.accept, lambda k, by: reports.attach(k, photo(), by=by)):
            with pytest.raises(Refused) as no:
                act(KEY, by="tetangga")
            assert no.value.reason.code in {"laporan-tidak-ada", "tanpa-hak"}
    assert Report.objects.get().state == "reported"


def test_the_reporter_does_not_decide() -> None:
    person = sealed(made_up(1))["person_id"][0]
    with scoped(VILLAGE), refused("tanpa-hak"):
        reports.accept(told(person), by="operator")
    with scoped(OFFICE):
        own = reports.report(OTHER, person, "PINDAH", DIED, by="staf", note="Surat pindah dari desa")
        for decide in (reports.accept, lambda r, by: reports.refuse(r, "Suratnya tidak terbaca", by=by)):
            with refused("pembuat-bukan-pemeriksa"):
                decide(own, by="Staf ")
    assert not Mutation.objects.exists()


def test_nobody_is_stopped_without_a_paper() -> None:
    person = sealed(made_up(1))["person_id"][0]
    made = told(person, photo=None)
    with scoped(OFFICE), refused("tanpa-bukti"):
        reports.accept(made, by="staf")
    with scoped(VILLAGE):
        reports.attach(KEY, photo(), by="operator")
        reports.attach(KEY, photo(), by="operator")
    assert Entry.objects.filter(action="enrolment.attach").count() == 1
    with scoped(OFFICE):
        assert reports.accept(made, by="staf")["mutations"] == 1
        with refused("laporan-sudah-diputuskan"):
            reports.attach(KEY, photo("black"), by="staf")


def test_a_report_follows_the_person_that_one_turned_out_to_be(tmp_path: Path) -> None:
    one, _ = decreed(tmp_path, 2)["person_id"].to_list()
    double = sealed(made_up(1, first=60))["person_id"][0]
    made = told(double)
    Person.objects.filter(pk=double).update(merged_into=one)
    with scoped(OFFICE):
        assert reports.accept(made, by="staf")["months"] == 8
    assert PersonMonth.objects.filter(person_id=one, state="stopped").count() == 8


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "LIBUR"}, "jenis-tak-dikenal"),
        ({"event_date": timezone.localdate() + dt.timedelta(days=1)}, "tanggal-tak-masuk-akal"),
        ({"event_date": dt.date(2001, 1, 1)}, "tanggal-tak-masuk-akal"),
        ({"note": "NIK 5203070101800001"}, "alasan-kurang"),
        ({"photo": b"%PDF-1.7"}, "foto-tidak-terbaca"),
    ],
)
def test_a_report_that_cannot_be_is_refused(given: dict[str, Any], code: str) -> None:
    person = sealed(made_up(1))["person_id"][0]
    with refused(code) as no:
        told(person, **given)
    assert "5203070101800001" not in str(no.value)
    assert not Report.objects.exists()


def test_the_photo_is_opened_by_those_who_read_its_people_and_the_journal_knows() -> None:
    person = sealed(made_up(1))["person_id"][0]
    made = told(person)
    with scoped(OFFICE):
        opened = reports.open_photo(made, by="staf")
    assert opened[:3] == b"\xff\xd8\xff"
    seen = Entry.objects.get(action="enrolment.open_photo")
    assert (seen.actor, seen.subject) == ("staf", str(KEY))
    assert json.loads(bytes(seen.body)) == {"foto": str(made.photo)[:12]}
    with scoped(TREASURY), pytest.raises(Refused):
        reports.open_photo(made, by="bpkad")
    kept = (folder("photos") / str(made.photo)).read_bytes()
    assert opened[:20] not in kept
    # A server brought back without its files says so in a sentence.
    (folder("photos") / str(made.photo)).unlink()
    with scoped(OFFICE), refused("foto-hilang"):
        reports.open_photo(made, by="staf")


def test_no_writer_decides_alone_or_takes_a_report_away() -> None:
    person = sealed(made_up(1))["person_id"][0]
    told(person)
    for change in ({"state": "accepted"}, {"state": "accepted", "decided_by": "operator"}):
        with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
            Report.objects.update(**change)
    with pytest.raises(IntegrityError, match="refused_why"), transaction.atomic():
        Report.objects.update(state="refused", decided_by="staf")
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.all().delete()
