"""Reads that must stay short whatever the size: one person's months, one list's problems in a village."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from tests.unit.desk.things import Things, places
from tests.unit.enrolment.test_bills import enrolled

from jaring.enrolment import lifeline
from jaring.enrolment.policy import CLAIMS
from jaring.officers.rowlevel import POLICY
from jaring.officers.scope import Grant, Scope, scoped
from jaring.people.models import Person
from jaring.rosters.models import Problem

pytestmark = pytest.mark.django_db


def _plan(query: str, given: list[object]) -> str:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE enrolment_personmonth")
        cursor.execute(f"EXPLAIN {query}", given)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_the_months_of_one_person_are_found_by_index(tmp_path: Path) -> None:
    one, *_ = enrolled(tmp_path, 400)
    plan = _plan(lifeline._MONTHS, [[one], list(CLAIMS), list(CLAIMS)])
    assert "enrolment_one_payer" in plan
    assert "enrolment_past_by_person" in plan
    assert len(lifeline.months(Person.objects.get(pk=one))) == 9


def test_a_village_asks_for_a_problem_by_its_rows_key() -> None:
    """Its own row's problem and no other's, without a list of all rows that it may see."""
    own, other = places()[:2]
    mine, theirs = (Things(code, f"UJI{n}") for n, code in enumerate((own, other)))
    for here in (mine, theirs):
        here.roster.office = "dinas pertanian"
        here.roster.save(update_fields=["office"])
        assert here.problem.pk
    with scoped(Scope("uji", (Grant("operator_desa", frozenset({own})),))):
        assert list(Problem.objects.values_list("pk", flat=True)) == [mine.problem.pk]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT qual FROM pg_policies WHERE tablename = 'rosters_problem' AND policyname = %s", [POLICY]
        )
        assert "WHERE (w.id = rosters_problem.row_id)" in " ".join(cursor.fetchone()[0].split())
