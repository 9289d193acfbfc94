"""Rows become persons in the database: once, sealed, and with answers that bind for ever."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction

from jaring.facts.reason import Refused
from jaring.journal.models import Entry
from jaring.people import actions, portraits, register
from jaring.people.models import Link, Merge, Person, Review, Verdict
from jaring.rosters.models import Roster, Row
from jaring.world.linkage import linkage_rows

pytestmark = pytest.mark.django_db
Store = Callable[[pl.DataFrame], pl.DataFrame]
RowsOf = Callable[..., pl.DataFrame]
VILLAGE = {"desa_code": "52.03.01.2001", "kecamatan_code": "52.03.01"}
NIK = "5203011212900003"


def _doubtful(rows_of: RowsOf) -> pl.DataFrame:
    return rows_of(
        {"nik": NIK, "name": "Mahsun Rasidi", "sex": "L", **VILLAGE},
        {"name": "Mahsun Rasidi", "sex": "L", "no_kk": "5203011501100007", **VILLAGE},
        {"nik": "5203014403840002", "name": "Nurhayati", "sex": "P", **VILLAGE},
    )


@pytest.fixture
def case(store: Store, rows_of: RowsOf, monkeypatch: pytest.MonkeyPatch) -> Review:
    """A name and a village alone: taken for doubtful here, as in a village of many namesakes."""
    # Three rows allow no queue of one in a hundred.
    monkeypatch.setattr("jaring.people.linking.REVIEW_SHARE", 1.0)
    with monkeypatch.context() as strict:
        strict.setattr("jaring.people.clustering.MERGE", 30.0)
        counts = actions.recognise_frame(store(_doubtful(rows_of)), by="penguji")
    assert counts["new_people"] == 3
    assert counts["cases"] == 1
    return Review.objects.get()


def test_recognised_once_and_no_second_time(store: Store) -> None:
    frame = store(linkage_rows(1_500, seed=2).drop("person"))
    counts = actions.recognise_frame(frame, by="penguji")
    assert counts["rows"] == 1_500 == Link.objects.count()
    assert counts["certain"] + counts["likely"] + counts["review"] == 1_500
    assert Person.objects.count() == counts["new_people"] < 1_350
    entries = Entry.objects.count()
    again = actions.recognise_frame(frame, by="penguji")
    assert again["rows"] == again["new_people"] == 0
    assert Link.objects.count() == 1_500
    assert Entry.objects.count() == entries
    assert actions.recognise(by="penguji")["rows"] == 0


def test_what_is_sealed_opens_only_as_what_it_was(store: Store, rows_of: RowsOf) -> None:
    frame = rows_of({"nik": NIK, "name": "Mahsun", "no_kk": "5203011501100007", "phone": "081912345678"})
    actions.recognise_frame(store(frame), by="penguji")
    person = Person.objects.get()
    assert NIK.encode() not in bytes(person.nik_ct)
    assert register.with_nik([person.pk]).row(0, named=True) == {
        "person_id": person.pk,
        "nik": NIK,
        "no_kk": "5203011501100007",
    }
    assert register.by_nik(NIK) == person.pk
    assert register.by_nik("5203011212900004") is None
    known = register.people().row(0, named=True)
    assert known["name"] == "Mahsun"
    assert known["birth_date"] == date(1990, 12, 12)
    assert "nik" not in known


def test_the_database_refuses_a_nik_twice(store: Store, rows_of: RowsOf) -> None:
    actions.recognise_frame(store(rows_of({"nik": NIK, "name": "Mahsun"})), by="penguji")
    held = Person.objects.get()
    with pytest.raises(IntegrityError, match="people_one_person_per_nik"), transaction.atomic():
        Person.objects.create(name="Lain", nik_bi=bytes(held.nik_bi), first_seen=held.first_seen)


def test_a_later_row_finds_its_person_and_tells_what_was_missing(store: Store, rows_of: RowsOf) -> None:
    first = rows_of({"nik": NIK, "name": "Mahsun Rasidi", "birth_date": date(1990, 12, 12)})
    actions.recognise_frame(store(first), by="penguji")
    later = rows_of(
        {"nik": NIK, "name": "M. MAHSUN RASIDI", "phone": "081912345678", **VILLAGE},
        {"nik": "5203014403840002", "name": "Nurhayati"},
    )
    counts = actions.recognise_frame(store(later), by="penguji")
    assert (counts["new_people"], counts["known_people"]) == (1, 1)
    person = Person.objects.get(pk=register.by_nik(NIK))
    assert person.desa_code == "52.03.01.2001"
    assert person.links.count() == 2
    assert person.name == "Mahsun Rasidi"
    assert register.known().filter(person_id=person.pk)["phone"][0] == "081912345678"


def test_the_same_answer_makes_one_person_and_keeps_the_history(case: Review) -> None:
    decided = actions.decide_review(case.pk, "same", by="kepala")
    assert (decided.state, decided.decided_by) == ("same", "kepala")
    assert register.people().height == 2
    assert Person.objects.count() == 3
    gone = Person.objects.get(merged_into__isnull=False)
    assert gone.links.count() == 0
    kept = gone.merged_into
    assert kept is not None
    assert kept.links.count() == 2
    # What only the other knew has moved, sealed for its new place.
    assert register.with_nik([kept.pk])["no_kk"][0] == "5203011501100007"
    assert register.merged().row(0) == (gone.pk, kept.pk)
    assert Entry.objects.filter(action="people.review.same", actor="kepala").count() == 1


def test_an_answer_is_given_once_and_asking_leaves_it_open(case: Review) -> None:
    assert actions.decide_review(case.pk, "ask", by="kepala").state == "asked"
    assert Verdict.objects.count() == 0
    actions.decide_review(case.pk, "different", by="kepala")
    with pytest.raises(Refused, match="putusan-tidak-dapat"):
        actions.decide_review(case.pk, "same", by="kepala")
    with pytest.raises(Refused, match="kasus-tidak-ada"):
        actions.decide_review(case.pk + 1, "same", by="kepala")
    assert register.people().height == 3


@pytest.mark.parametrize(("verdict", "people"), [("same", 2), ("different", 3)])
def test_an_answer_holds_when_the_same_list_comes_again(
    case: Review, store: Store, rows_of: RowsOf, verdict: str, people: int
) -> None:
    actions.decide_review(case.pk, verdict, by="kepala")
    # Everything but the verdicts is lost and imported anew, under other ids and in another order.
    Merge.objects.all().delete()
    Review.objects.all().delete()
    Link.objects.all().delete()
    Person.objects.update(merged_into=None)
    Person.objects.all().delete()
    Roster.objects.all().delete()
    assert not Row.objects.exists()
    counts = actions.recognise_frame(store(_doubtful(rows_of).reverse()), by="penguji")
    assert counts["cases"] == 0
    assert Review.objects.count() == 0
    assert register.people().height == people


@pytest.mark.parametrize(("verdict", "people"), [("same", 2), ("different", 3)])
def test_an_answer_holds_when_a_copy_comes_later(
    case: Review, store: Store, rows_of: RowsOf, verdict: str, people: int
) -> None:
    actions.decide_review(case.pk, verdict, by="kepala")
    counts = actions.recognise_frame(store(_doubtful(rows_of)), by="penguji")
    assert counts["cases"] == 0
    assert Review.objects.filter(state="open").count() == 0
    assert register.people().height == people


def test_a_case_whose_rows_are_gone_closes_itself(case: Review) -> None:
    Row.objects.filter(pk=case.right_row_id).delete()
    assert actions.recognise(by="penguji")["closed"] == 1
    case.refresh_from_db()
    assert case.state == "closed"


def test_a_niks_old_holder_leads_to_who_it_is_now(case: Review, store: Store, rows_of: RowsOf) -> None:
    actions.decide_review(case.pk, "same", by="kepala")
    row = rows_of({"nik": NIK, "name": "Mahsun Rasidi Hadi", **VILLAGE})
    assert actions.recognise_frame(store(row), by="penguji")["new_people"] == 0
    assert register.people().height == 2


def test_no_nik_in_logs_journal_or_what_objects_show(case: Review, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        actions.decide_review(case.pk, "same", by="kepala")
    shown = [caplog.text, *(bytes(e.body).decode() + e.subject for e in Entry.objects.all())]
    shown += [f"{o}{o!r}" for model in (Person, Link, Review, Verdict) for o in model.objects.all()]
    shown.append(str(Review.objects.values().first()))
    assert shown
    assert not any(NIK in text for text in shown)


def test_a_portrait_is_what_most_rows_say() -> None:
    rows = pl.DataFrame(
        {
            "cluster": [1, 1, 1, 2],
            "nik": [NIK, None, NIK, "5203014403840002"],
            "name": ["MAHSUN", "Mahsun Rasidi", "Mahsun Rasidi", "Nur"],
            "birth_date": [None, date(1990, 12, 12), date(1990, 12, 21), None],
            "sex": ["L", "L", None, None],
            "desa_code": ["52.03.01.2001", "52.03.01.2002", "52.03.01.2002", None],
            "kecamatan_code": [None] * 4,
            "no_kk": [None] * 4,
            "phone": [None] * 4,
            "mother_name": [None] * 4,
        },
        schema_overrides=dict.fromkeys(["kecamatan_code", "no_kk", "phone", "mother_name"], pl.String),
    )
    found = portraits.portraits(rows).rows(named=True)
    assert found[0]["name"] == "Mahsun Rasidi"
    assert found[0]["desa_code"] == "52.03.01.2002"
    assert found[0]["kecamatan_code"] == "52.03.01"
    assert found[0]["birth_date"] == date(1990, 12, 12)
    assert (found[1]["sex"], found[1]["birth_date"]) == ("P", date(1984, 3, 4))


def test_a_link_without_its_ends_is_refused_and_its_ends_stay(case: Review) -> None:
    link = Link.objects.order_by("id").first()
    assert link is not None
    beyond = 10**15
    broken = (
        f"UPDATE people_link SET person_id = {beyond} WHERE id = {link.pk}",
        f"UPDATE people_link SET row_id = {beyond} WHERE id = {link.pk}",
        "INSERT INTO people_link (row_id, person_id, weight, state, record_key)"
        " SELECT max(row_id) + 1000000, max(person_id), 0, 'likely', '' FROM people_link",
        f"DELETE FROM rosters_row WHERE id = {link.row_id}",
        # Whoever has no other tie than the link.
        "DELETE FROM people_person WHERE id IN (SELECT person_id FROM people_link)"
        " AND id NOT IN (SELECT unnest(ARRAY[left_person_id, right_person_id]) FROM people_review)",
    )
    for command in broken:
        with pytest.raises(IntegrityError, match="link"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(command)
    link.delete()
    assert Row.objects.filter(pk=link.row_id).delete()[0] >= 1
