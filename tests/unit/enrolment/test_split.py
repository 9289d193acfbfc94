"""A verdict "same" taken back after money was promised: the office is asked whose it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.unit.enrolment.offices import APRIL, FULL, awarded, load_fund, made_up, sealed

from jaring.enrolment import actions_split
from jaring.facts.reason import Refused
from jaring.funding.models import Award
from jaring.journal.models import Entry
from jaring.people import actions_review
from jaring.people.models import Review

pytestmark = pytest.mark.django_db


def same(ids: list[int]) -> Review:
    """Two persons held to be one."""
    review = Review.objects.create(
        left_key=b"l" * 16,
        right_key=b"r" * 16,
        left_person_id=ids[0],
        right_person_id=ids[1],
        weight=3.0,
        weights={"name": 5.0},
        opened_at=timezone.now(),
    )
    return actions_review.decide_review(review.pk, "same", by="pengolah")


def test_money_promised_meanwhile_is_a_question_until_it_is_answered(
    tmp_path: Path, acting: Callable[..., Any]
) -> None:
    ids: list[int] = sealed(made_up(2))["person_id"].to_list()
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, 18 * FULL, (4, 12))
    review = same(ids)
    awarded(APRIL, ids[:1], "dbhcht", 9)
    actions_split.undo(review.pk, by="kepala")
    question = actions_split.questions().get()
    assert (question.person_id, question.amount_idr, question.paper) == (
        ids[0],
        9 * FULL,
        f"kasus {review.pk}",
    )
    assert "9 bulan, Rp151.200, dijanjikan selagi dianggap satu orang" in question.sentence
    # Nothing was moved for having been asked.
    assert Award.objects.get().person_id == ids[0]
    client = acting("disnakertrans")
    assert "dana dijanjikan selagi dua orang dianggap satu" in client.get("/").content.decode()
    assert "Tutup pertanyaan" in client.get("/mutasi/pertanyaan/").content.decode()
    client.post(f"/mutasi/pertanyaan/{question.pk}/", {"reason": "x"})
    assert actions_split.questions().count() == 1
    client.post(f"/mutasi/pertanyaan/{question.pk}/", {"reason": "memang hak orang pertama"})
    assert not actions_split.questions().exists()
    assert Entry.objects.filter(action="enrolment.close_split").count() == 1


def test_money_of_before_is_no_question(tmp_path: Path) -> None:
    ids: list[int] = sealed(made_up(2))["person_id"].to_list()
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, 18 * FULL, (4, 12))
    awarded(APRIL, ids[:1], "dbhcht", 9)
    review = same(ids)
    actions_split.undo(review.pk, by="kepala")
    assert not actions_split.questions().exists()
    with pytest.raises(Refused, match="pertanyaan-tidak-ada"):
        actions_split.close(1, "memang hak orang pertama", by="staf")
