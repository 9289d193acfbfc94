"""A question to the village and its answer; a verdict taken back gives each row to whom it was."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from jaring.facts.reason import Refused
from jaring.journal.models import Entry
from jaring.people import actions, actions_asked, actions_review, cases, register
from jaring.people.models import Link, Person, Review, Verdict

pytestmark = pytest.mark.django_db
Store = Callable[[pl.DataFrame], pl.DataFrame]
RowsOf = Callable[..., pl.DataFrame]
DESA = "52.03.01.2001"
VILLAGE = {"desa_code": DESA, "kecamatan_code": "52.03.01"}
NIK, CARD = "5203011212900003", "5203011501100007"


def _rows(rows_of: RowsOf) -> pl.DataFrame:
    return rows_of(
        {"nik": NIK, "name": "Mahsun Rasidi", "sex": "L", **VILLAGE},
        {"name": "Mahsun Rasidi", "sex": "L", "no_kk": CARD, **VILLAGE},
    )


@pytest.fixture
def case(store: Store, rows_of: RowsOf, monkeypatch: pytest.MonkeyPatch) -> Review:
    """Two namesakes of one desa, one with a NIK and one with a family card."""
    monkeypatch.setattr("jaring.people.linking.REVIEW_SHARE", 1.0)
    with monkeypatch.context() as strict:
        strict.setattr("jaring.people.clustering.MERGE", 30.0)
        actions.recognise_frame(store(_rows(rows_of)), by="penguji")
    return Review.objects.get()


def test_the_village_answers_and_the_office_decides(case: Review) -> None:
    asked = actions_asked.ask_village(case.pk, by="pengolah")
    assert (asked.state, asked.asked_desa) == ("asked", DESA)
    told = actions_asked.answer(case.pk, "different", desa_code=DESA, by="desa.1")
    assert (told.state, told.answer, told.answered_by) == ("answered", "different", "desa.1")
    # What the village says moves nobody.
    assert register.people().height == 2
    assert not Verdict.objects.exists()
    assert actions_review.decide_review(case.pk, "same", by="pengolah").state == "same"


def test_another_desa_cannot_answer_and_learns_nothing(case: Review) -> None:
    actions_asked.ask_village(case.pk, by="pengolah")
    with pytest.raises(Refused) as refused:
        actions_asked.answer(case.pk, "same", desa_code="52.03.01.2002", by="desa.2")
    with pytest.raises(Refused) as absent:
        actions_asked.answer(case.pk + 1, "same", desa_code="52.03.01.2002", by="desa.2")
    assert refused.value.reason == absent.value.reason


def test_two_of_different_desa_are_put_to_neither(case: Review) -> None:
    Person.objects.filter(pk=case.right_person_id).update(desa_code="52.03.01.2002")
    with pytest.raises(Refused, match="dua-desa"):
        actions_asked.ask_village(case.pk, by="pengolah")


def test_what_was_not_asked_cannot_be_answered(case: Review) -> None:
    with pytest.raises(Refused, match="langkah-tidak-dapat"):
        actions_asked.answer(case.pk, "same", desa_code="", by="desa.1")


def test_different_taken_back_is_asked_again(case: Review) -> None:
    actions_review.decide_review(case.pk, "different", by="pengolah")
    back = actions_asked.undo(case.pk, by="kepala")
    assert (back.state, back.decided_by) == ("open", "")
    assert not Verdict.objects.exists()
    assert Entry.objects.filter(action="people.review.undo").count() == 1


def test_same_taken_back_gives_rows_and_numbers_to_whom_they_were(case: Review) -> None:
    before = register.with_nik([case.left_person_id, case.right_person_id]).sort("person_id")
    owners = dict(Link.objects.values_list("row_id", "person_id"))
    actions_review.decide_review(case.pk, "same", by="pengolah")
    assert register.people().height == 1
    kept = register.people()["person_id"][0]
    assert register.with_nik([kept]).select("nik", "no_kk").row(0) == (NIK, CARD)
    actions_asked.undo(case.pk, by="kepala")
    assert register.people().height == 2
    after = register.with_nik([case.left_person_id, case.right_person_id]).sort("person_id")
    assert after.equals(before)
    assert dict(Link.objects.values_list("row_id", "person_id")) == owners
    assert register.by_nik(NIK) == next(i for i, n in before.select("person_id", "nik").iter_rows() if n)
    # And the question can be decided anew.
    assert actions_review.decide_review(case.pk, "different", by="kepala").state == "different"


def test_a_row_of_the_same_content_that_came_meanwhile_goes_back_too(
    case: Review, store: Store, rows_of: RowsOf
) -> None:
    actions_review.decide_review(case.pk, "same", by="pengolah")
    actions.recognise_frame(store(_rows(rows_of)), by="penguji")
    actions_asked.undo(case.pk, by="kepala")
    counted = dict(
        Person.objects.filter(links__isnull=False).values_list("pk").distinct().values_list("pk", "name")
    )
    assert len(counted) == 2
    assert [Link.objects.filter(person=pk).count() for pk in counted] == [2, 2]


def test_a_later_verdict_is_taken_back_first(case: Review) -> None:
    actions_review.decide_review(case.pk, "same", by="pengolah")
    kept = actions_review.root_of(case.left_person_id)
    third = Person.objects.create(name="MAHSUN", first_seen=case.opened_at, **VILLAGE)
    later = Review.objects.create(
        left_key=b"a" * 16,
        right_key=b"b" * 16,
        left_person_id=kept,
        right_person=third,
        weight=1.0,
        weights={},
        opened_at=case.opened_at,
    )
    actions_review.decide_review(later.pk, "same", by="pengolah")
    with pytest.raises(Refused, match="ada-putusan-sesudahnya"):
        actions_asked.undo(case.pk, by="kepala")
    actions_asked.undo(later.pk, by="kepala")
    assert actions_asked.undo(case.pk, by="kepala").state == "open"
    assert register.people().height == 3


def test_an_open_question_has_no_verdict_to_take_back(case: Review) -> None:
    with pytest.raises(Refused, match="langkah-tidak-dapat"):
        actions_asked.undo(case.pk, by="kepala")


def test_numbers_of_a_person_are_compared_in_words(case: Review) -> None:
    shown = cases.opened(case, {DESA: "Tanjung Luar"})
    said = {line.label: line.said for line in shown.lines}
    assert said["NIK"].startswith("hanya ada di ")
    assert said["Nomor KK"].startswith("hanya ada di ")
    assert NIK not in repr(shown)
    assert CARD not in repr(shown)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("5203011212900003", "5203011212900008", True),
        ("5203011212900003", "5203011212900030", True),
        ("5203011212900003", "520301121290003", True),
        ("5203011212900003", "5203011212900003", False),
        ("5203011212900003", "5203011212909003", True),
        ("5203011212900003", "5203011213800003", False),
        ("5203011212900003", "52030112129000", False),
    ],
)
def test_one_slip_of_the_hand(one: str, other: str, slip: bool) -> None:
    assert cases.one_slip(one, other) is slip
    assert cases.one_slip(other, one) is slip


def test_the_queue_goes_by_weight_and_back_to_its_top(case: Review) -> None:
    made = [
        Review.objects.create(
            left_key=bytes([n]) * 16,
            right_key=bytes([n + 100]) * 16,
            left_person=case.left_person,
            right_person=case.right_person,
            weight=weight,
            weights={},
            opened_at=case.opened_at,
        )
        for n, weight in enumerate((50.0, 40.0, 40.0, -0.5))
    ]
    Review.objects.filter(pk=case.pk).delete()
    rows = cases.waiting()
    order = list(rows.values_list("pk", flat=True))
    assert order == [made[0].pk, made[2].pk, made[1].pk, made[3].pk]
    assert [cases.after(rows, one) for one in (made[0], made[2], made[1], made[3])] == [*order[1:], order[0]]
    assert [cases.before(rows, one) for one in (made[2], made[1], made[3])] == order[:3]
    assert list(cases.within(rows, band="ringan").values_list("pk", flat=True)) == [made[3].pk]
    assert cases.within(rows, kecamatan="52.03.99").count() == 0
