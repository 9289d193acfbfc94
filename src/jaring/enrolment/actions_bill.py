"""The insurer's bills, recomputed to the rupiah from the enrolled months; a difference by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment import billcompare, billsaid, papers
from jaring.enrolment.actions_bill_lines import read_lines
from jaring.enrolment.actions_settle_end import end_settlements
from jaring.enrolment.actions_told import Told, settle_bills, tell, tell_of_bill
from jaring.enrolment.models import Bill
from jaring.facts import workdays
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.funding import actions_after as funds
from jaring.journal.actions import record
from jaring.law import due
from jaring.law.settings import LocalSetting
from jaring.tables.frames import analyse, read

_SUMS = ("people", "jkk_idr", "jkm_idr", "jht_idr", "jp_idr", "billed_idr")
#: Months from which on a change of state changes what the planner should know.
_MANY = 5_000


def read_bills(folder: Path, *, by: str, settings: Sequence[LocalSetting] = ()) -> dict[str, int]:
    """Take in every ``tagihan-*`` under the folder; bills that did not match are held against our own
    months anew. Counts of files, new bills, matching and differing ones.
    """
    counts = dict.fromkeys(("files", "bills", "lines", "matched", "different", "withdrawn", "told"), 0)
    for path in papers.files(folder, "tagihan-"):
        try:
            found = read_bill_file(path, by=by, settings=settings)
        except Refused as refused:
            counts["told"] += tell(
                [(f"berkas:{path.name}", refused.reason.code, path.name, refused.reason.sentence)]
            )
            continue
        counts["files"] += 1
        for name, number in found.items():
            counts[name] += number
    counts["matched"] += recheck(by=by)
    counts["different"] = Bill.objects.filter(state="different").count()
    return counts


@transaction.atomic
def read_bill_file(path: papers.Source, *, by: str, settings: Sequence[LocalSetting] = ()) -> dict[str, int]:
    """One file of bills. A bill known by its number changes nothing; a new one for a wadah and month
    takes the place of an unpaid one."""
    book = papers.opened(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.bill'))")
    rows = _parsed(papers.table(book, "tagihan", papers.BILL), settings)
    counts = dict.fromkeys(("bills", "lines", "matched", "withdrawn", "told"), 0)
    held = {b.number: b for b in Bill.objects.filter(number__in=rows["number"].drop_nulls().to_list())}
    current = {
        (b.wadah, b.month): b
        for b in Bill.objects.filter(month__in=rows["month"].drop_nulls().unique().to_list()).exclude(
            state="withdrawn"
        )
    }
    fresh: list[Bill] = []
    faults: list[Told] = []
    for row in rows.iter_rows(named=True):
        fault = _fault(row, held.get(row["number"]), current.get((row["wadah"], row["month"])))
        if fault == "known":
            continue
        if fault:
            sentence = f"{path.name} baris {row['row']}: {_FAULTS[fault]}"
            faults.append((f"tagihan:{book.sha256}:{row['row']}", fault, path.name, sentence))
            continue
        old = current.get((row["wadah"], row["month"]))
        if old is not None:
            # One of this file may be replaced by a later line of it.
            fresh = _stored(fresh)
            _withdraw(old, row["number"], by=by)
            counts["withdrawn"] += 1
        bill = Bill(
            number=row["number"],
            code=row["code"],
            wadah=row["wadah"],
            month=row["month"],
            **{name: row[name] for name in _SUMS},
            own_people=0,
            recomputed_idr=0,
            state="different",
            due=row["due"],
            file_sha256=book.sha256,
            by=by,
        )
        fresh.append(bill)
        held[bill.number] = current[(bill.wadah, bill.month)] = bill
        counts["bills"] += 1
    _stored(fresh)
    counts["lines"], unread = read_lines(book, held)
    faults += unread
    counts["told"] = tell(faults)
    if counts["bills"] or counts["lines"] or counts["told"]:
        record("enrolment.read_bills", path.name[:200], by=by, sha256=book.sha256, **counts)
    return counts


def _stored(bills: list[Bill]) -> list[Bill]:
    Bill.objects.bulk_create(bills)
    return []


@transaction.atomic
def recheck(*, by: str, month: Month | None = None) -> int:
    """Hold every bill that does not match yet against our own months: people and sum, and person by person
    where it names them. How many match now. Its programmes are shown (``settling``), not held against it."""
    bills = Bill.objects.select_for_update().filter(state="different")
    bills = bills.filter(month=month.first) if month else bills
    listed = list(bills.order_by("month", "wadah"))
    if not listed:
        return 0
    own = _own(sorted({b.month for b in listed}))
    alike = billcompare.fits(listed)
    matched = []
    for bill in listed:
        people, total = own.get((bill.wadah, bill.month), (0, 0))
        changed = (bill.own_people, bill.recomputed_idr) != (people, total)
        bill.own_people, bill.recomputed_idr = people, total
        adds_up = bill.jkk_idr + bill.jkm_idr + bill.jht_idr + bill.jp_idr == bill.billed_idr
        same = (bill.people, bill.billed_idr) == (people, total) and alike.get(bill.pk, True)
        if adds_up and same:
            bill.state = "matched"
            matched.append(bill)
        elif changed or not bill.differences.filter(settled_at__isnull=True).exists():
            tell_of_bill(bill.pk, bill.number, bill.month, billsaid.named(bill, adds_up))
    _held_against(listed)
    if matched:
        end_settlements([b.pk for b in matched], "tagihannya sudah cocok", by=by)
        months_billed(matched)
        post_bills(matched, by=by)
        record(
            "enrolment.match_bills",
            f"{len(matched)} tagihan",
            by=by,
            bills=len(matched),
            people=sum(b.people for b in matched),
            billed_idr=sum(b.billed_idr for b in matched),
        )
    return len(matched)


def _parsed(rows: pl.DataFrame, settings: Sequence[LocalSetting]) -> pl.DataFrame:
    sums = dict(zip(_SUMS, ("JUMLAH ORANG", "JKK", "JKM", "JHT", "JP", "TOTAL"), strict=True))
    parsed = rows.select(
        "row",
        number=pl.col("NOMOR TAGIHAN").str.slice(0, 80),
        code=pl.col("KODE IURAN").fill_null("").str.slice(0, 40),
        wadah=pl.col("WADAH").str.slice(0, 80),
        month=papers.month("BULAN"),
        **{name: papers.whole(heading) for name, heading in sums.items()},
    )
    kind = pl.when(pl.col("wadah").str.starts_with("PU-")).then(pl.lit("pu")).otherwise(pl.lit("bpu"))
    return due.dates(parsed.with_columns(kind=kind), settings, workdays.national()).with_columns(
        due="due_jkk_jkm"
    )


_FAULTS = {
    "tagihan-tidak-lengkap": "nomor, wadah, bulan, atau angkanya tidak terbaca; tidak diambil.",
    "tagihan-berubah": "nomor tagihan ini sudah ada dengan angka lain; mintakan nomor baru.",
    "tagihan-sudah-dibayar": "bulan dan wadah ini sudah dibayar dengan tagihan lain.",
}


def _fault(row: dict[str, Any], same: Bill | None, current: Bill | None) -> str:
    if any(row[name] is None for name in ("number", "wadah", "month", "due", *_SUMS)):
        return "tagihan-tidak-lengkap"
    if same is not None:
        figures = tuple(getattr(same, name) for name in ("wadah", "month", *_SUMS))
        return "known" if figures == tuple(row[n] for n in ("wadah", "month", *_SUMS)) else "tagihan-berubah"
    if current is not None and current.state == "paid":
        return "tagihan-sudah-dibayar"
    return ""


def _own(months: list[dt.date]) -> dict[tuple[str, dt.date], tuple[int, int]]:
    """People and rupiah of our enrolled months, by wadah and month."""
    found = read(
        """SELECT wadah, month, count(*) AS people, sum(iuran_idr)::bigint AS idr FROM enrolment_personmonth
            WHERE month = ANY(%s) AND state = 'enrolled' AND source_kind = 'programme' GROUP BY 1, 2""",
        [months],
    )
    return {(w, m): (int(people), int(idr)) for w, m, people, idr in found.iter_rows()}


def _held_against(bills: list[Bill]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_bill b SET own_people = w.people, recomputed_idr = w.idr, state = w.state
                 FROM unnest(%s::bigint[], %s::int[], %s::bigint[], %s::text[]) AS w(id, people, idr, state)
                WHERE b.id = w.id""",
            [
                [b.pk for b in bills],
                [b.own_people for b in bills],
                [b.recomputed_idr for b in bills],
                [b.state for b in bills],
            ],
        )


def months_billed(bills: list[Bill]) -> None:
    """The enrolled months of their wadah and month stand on these bills."""
    settle_bills([b.pk for b in bills])
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE enrolment_personmonth m SET state = 'billed', bill_id = w.id
                 FROM unnest(%s::bigint[], %s::text[], %s::date[]) AS w(id, wadah, month)
                WHERE m.month = w.month AND m.wadah = w.wadah AND m.state = 'enrolled'
                  AND m.source_kind = 'programme'""",
            [[b.pk for b in bills], [b.wadah for b in bills], [b.month for b in bills]],
        )
        changed = cursor.rowcount
    if changed >= _MANY:
        # The payment that follows would be planned as if nothing were billed.
        analyse("enrolment_personmonth")


def by_fund(bills: list[Bill]) -> dict[int, dict[str, int]]:
    """The rupiah of every month that was put on a bill, by bill and fund code."""
    months = sorted({b.month for b in bills})
    found = read(
        """SELECT m.bill_id, f.code, sum(m.iuran_idr)::bigint AS idr FROM enrolment_personmonth m
             JOIN funding_fund f ON f.id = m.fund_id
            WHERE m.month = ANY(%s) AND m.wadah = ANY(%s) AND m.bill_id = ANY(%s)
            GROUP BY 1, 2 ORDER BY 1, 2""",
        [months, sorted({b.wadah for b in bills}), [b.pk for b in bills]],
    )
    split: dict[int, dict[str, int]] = {}
    for bill, code, amount in found.iter_rows():
        split.setdefault(bill, {})[code] = amount
    return split


def post_bills(bills: list[Bill], *, by: str) -> None:
    """The months on these bills are an expense and a debt of their funds."""
    split = by_fund(bills)
    today = timezone.localdate()
    funds.receive_bills(
        [
            funds.Paper(
                bill.number,
                split[bill.pk],
                today,
                bill.number,
                f"Tagihan {bill.wadah} {Month.of(bill.month).name}"[:300],
            )
            for bill in bills
            if bill.pk in split
        ],
        by=by,
    )


def _withdraw(old: Bill, number: str, *, by: str) -> None:
    """Another bill takes its place: its months are enrolled again, its debt is taken back."""
    if old.state in {"matched", "changed"}:
        amounts = by_fund([old]).get(old.pk, {})
        if amounts:
            funds.correct_bill(
                amounts,
                key=old.number,
                date=timezone.localdate(),
                document=number,
                memo=f"Tagihan {old.number} diganti {number}"[:300],
                by=by,
            )
        with connection.cursor() as cursor:
            cursor.execute(
                """UPDATE enrolment_personmonth SET state = 'enrolled', bill_id = NULL
                    WHERE month = %s AND wadah = %s AND bill_id = %s AND state IN ('billed', 'unpaid')""",
                [old.month, old.wadah, old.pk],
            )
    settle_bills([old.pk])
    end_settlements([old.pk], f"diganti tagihan {number}", by=by)
    old.state = "withdrawn"
    old.save(update_fields=["state"])
