"""What the database refuses, whoever writes: the steps of a month, its papers, two payers."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import polars as pl
import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from tests.unit.enrolment.offices import (
    FULL,
    accepted,
    bill,
    decreed,
    delivered,
    load_fund,
    made_up,
    sealed,
    sp2d,
)

from jaring.enrolment import actions, policy
from jaring.enrolment.models import Payment, PersonMonth
from jaring.enrolment.reference import pages
from jaring.facts.month import Month
from jaring.funding.models import Fund
from jaring.tables.frames import copy_in, read

APRIL = Month(2026, 4)
SHA = "ab" * 32


def rows(person_ids: list[int], state: str = "decreed", **more: object) -> pl.DataFrame:
    fund = Fund.objects.values_list("pk", flat=True).first()
    return pl.DataFrame({"person_id": person_ids}).with_columns(
        month=pl.lit(APRIL.first),
        state=pl.lit(state),
        source=pl.lit("dbhcht"),
        wadah=pl.lit("SG-DBHCHT"),
        kind=pl.lit("bpu"),
        programmes=pl.lit("jkk+jkm"),
        segment=pl.lit("petani_tembakau"),
        iuran_idr=pl.lit(FULL),
        fund_id=pl.lit(fund, pl.Int64),
        **{name: pl.lit(value) for name, value in more.items()},
    )


@pytest.mark.django_db
def test_the_database_knows_the_same_steps_as_the_table() -> None:
    stored = read("SELECT old, new FROM enrolment_transition")
    assert set(stored.iter_rows()) == {step[:2] for step in policy.TRANSITIONS}
    assert {name for step in policy.TRANSITIONS for name in step[:2]} <= set(policy.STATES)
    index = read("SELECT indexdef FROM pg_indexes WHERE indexname = 'enrolment_one_payer'")["indexdef"][0]
    assert all(f"'{name}'" in index for name in policy.CLAIMS)
    assert all(f"'{name}'" not in index for name in set(policy.STATES) - set(policy.CLAIMS))


def test_the_picture_is_drawn_from_the_table() -> None:
    page = pages()["reference/person-month.md"]
    assert "billed --> paid: SP2D" in page
    assert "lapsed --> paid" not in page
    assert "replaced --> [*]" in page
    assert page.count(" --> ") == len(policy.TRANSITIONS) + 1 + 2


@pytest.mark.django_db
def test_every_step_outside_the_table_is_refused(tmp_path: Path) -> None:
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, FULL * 9, (4, 12))
    [person] = sealed(made_up(1))["person_id"]
    copy_in(rows([person], state="candidate"), PersonMonth)
    month = PersonMonth.objects.get()
    for new in sorted(set(policy.STATES) - {"candidate", "paid", "billed", "unpaid", "lapsed"}):
        if policy.may("candidate", new):
            continue
        with pytest.raises(DatabaseError, match="does not go from candidate to"), transaction.atomic():
            PersonMonth.objects.filter(pk=month.pk).update(state=new)
    with pytest.raises(DatabaseError, match="fixed"), transaction.atomic():
        PersonMonth.objects.filter(pk=month.pk).update(month=dt.date(2026, 5, 1))
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        PersonMonth.objects.all().delete()
    for first in ("enrolled", "rejected", "stopped"):
        with pytest.raises(DatabaseError, match="cannot begin as"), transaction.atomic():
            copy_in(rows([person], state=first), PersonMonth)


@pytest.mark.django_db
def test_papers_and_people_must_exist(tmp_path: Path) -> None:
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, FULL * 9, (4, 12))
    [person] = sealed(made_up(1))["person_id"]
    with pytest.raises(IntegrityError, match="does not exist"), transaction.atomic():
        copy_in(rows([person + 99]), PersonMonth)
    with pytest.raises(IntegrityError, match="enrolment_decree 77"), transaction.atomic():
        copy_in(rows([person], decree_id=77), PersonMonth)
    with pytest.raises(IntegrityError, match="enrolment_programme_has_fund"), transaction.atomic():
        copy_in(rows([person]).drop("fund_id"), PersonMonth)


@pytest.mark.django_db
def test_paid_needs_its_document_and_stays(tmp_path: Path) -> None:
    inbox = tmp_path / "masuk"
    people = decreed(tmp_path, 2, months=1)
    accepted(delivered(APRIL, tmp_path / "keluar"), inbox, APRIL)
    bill(inbox / "tagihan-2026-04.xlsx", [("T1", "SG-DBHCHT", "2026-04", 2, FULL)])
    actions.read_bills(inbox, by="staf")
    with pytest.raises(IntegrityError, match="enrolment_paid_has_document"), transaction.atomic():
        PersonMonth.objects.update(state="paid")
    actions.read_payments(sp2d(inbox / "sp2d.xlsx", [("S1", "30-04-2026", "T1", 2 * FULL)]), by="bpkad")
    assert PersonMonth.objects.filter(state="paid").count() == 2
    one = PersonMonth.objects.filter(person_id=people["person_id"][0])
    for change in ({"iuran_idr": 1}, {"payment_id": None}, {"reason": "x"}, {"state": "stopped"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            one.update(**change)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Payment.objects.all()._raw_delete("default")


def _racing(person_ids: list[int], rounds: int, guarded: bool) -> tuple[int, list[BaseException]]:
    """Two writers claim the same months at once; the naive one looks first and then writes."""
    table = "enrolment_personmonth" if guarded else "naive_month"
    failures: list[BaseException] = []
    gate = threading.Barrier(2)

    def claim(source: str) -> None:
        try:
            for person in person_ids[:rounds]:
                gate.wait()
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"SELECT count(*) FROM {table} WHERE person_id = %s", [person])
                    if cursor.fetchone()[0]:
                        continue
                    gate.wait(timeout=5)
                    cursor.execute(
                        f"""INSERT INTO {table} (person_id, month, state, source, wadah, kind, programmes,
                                                 segment, iuran_idr, fund_id)
                            VALUES (%s, '2026-04-01', 'decreed', %s, 'W', 'bpu', 'jkk+jkm', 'nelayan', 16800,
                                    (SELECT min(id) FROM funding_fund)) ON CONFLICT DO NOTHING""",
                        [person, source],
                    )
        except BaseException as failure:
            failures.append(failure)
            gate.abort()
        finally:
            connections.close_all()

    writers = [threading.Thread(target=claim, args=(name,)) for name in ("dbhcht", "add")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY person_id, month HAVING count(*) > 1) t"
        )
        return int(cursor.fetchone()[0]), failures


@pytest.mark.filterwarnings("ignore:.*Accessing the database.*")
def test_two_writers_never_pay_one_month_and_without_the_index_they_do(
    own_database: str, tmp_path: Path
) -> None:
    load_fund(tmp_path, "DBHCHT-2026", "dbhcht", 2026, FULL * 900, (4, 12))
    people = sealed(made_up(60))["person_id"].to_list()
    doubles, failures = _racing(people, 60, guarded=True)
    assert (doubles, failures) == (0, [])
    assert PersonMonth.objects.count() == 60
    with connections["owner"].cursor() as cursor:
        # The control: the same table without its index and triggers.
        cursor.execute(
            "CREATE TABLE naive_month (LIKE enrolment_personmonth INCLUDING DEFAULTS INCLUDING IDENTITY)"
        )
        cursor.execute("GRANT ALL ON naive_month TO CURRENT_USER, jaring_app")
    doubles, failures = _racing(people, 60, guarded=False)
    assert failures == []
    assert doubles == 60
