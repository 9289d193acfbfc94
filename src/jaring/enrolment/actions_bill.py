"""The insurer's bills, recomputed to the rupiah from the enrolled months; a difference by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from jaring.enrolment import papers
from jaring.enrolment.actions_told import Told, settle_bills, tell, tell_of_bill
from jaring.enrolment.models import Bill
from jaring.facts.month import Month
from jaring.facts.reason import Refused
from jaring.facts.rupiah import written
from jaring.funding import actions_after as funds
from jaring.journal.actions import record
from jaring.law import due
from jaring.law.settings import LocalSetting
from jaring.tables.frames import analyse, read

_SUMS = ("people", "jkk_idr", "jkm_idr", "jht_idr", "jp_idr", "billed_idr")
#: Lines of a bill that are named one by one; beyond it their number is told.
_NAMED = 200
#: Months from which on a change of state changes what the planner should know.
_MANY = 5_000


def read_bills(folder: Path, *, by: str, settings: Sequence[LocalSetting] = ()) -> dict[str, int]:
    """Take in every ``tagihan-*`` under the folder; bills that did not match are held against our own
    months anew. Counts of files, new bills, matching and differing ones.
    """
    counts = dict.fromkeys(("files", "bills", "matched", "different", "withdrawn", "told"), 0)
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
    counts = dict.fromkeys(("bills", "matched", "withdrawn", "told"), 0)
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
    counts["told"] = tell(faults)
    if counts["bills"] or counts["told"]:
        record("enrolment.read_bills", path.name[:200], by=by, sha256=book.sha256, **counts)
    return counts


def _stored(bills: list[Bill]) -> list[Bill]:
    Bill.objects.bulk_create(bills)
    return []


@transaction.atomic
def recheck(*, by: str, month: Month | None = None) -> int:
    """Hold every bill that does not match yet against our own months. How many match now."""
    bills = Bill.objects.select_for_update().filter(state="different")
    bills = bills.filter(month=month.first) if month else bills
    listed = list(bills.order_by("month", "wadah"))
    if not listed:
        return 0
    own = _own(sorted({b.month for b in listed}))
    matched = []
    for bill in listed:
        people, total = own.get((bill.wadah, bill.month), (0, 0))
        changed = (bill.own_people, bill.recomputed_idr) != (people, total)
        bill.own_people, bill.recomputed_idr = people, total
        adds_up = bill.jkk_idr + bill.jkm_idr + bill.jht_idr + bill.jp_idr == bill.billed_idr
        if adds_up and (bill.people, bill.billed_idr) == (people, total):
            bill.state = "matched"
            matched.append(bill)
        elif changed or not bill.differences.filter(settled_at__isnull=True).exists():
            tell_of_bill(bill.pk, bill.number, bill.month, _named(bill, adds_up))
    _held_against(listed)
    if matched:
        _months_billed(matched)
        _post(matched, by=by)
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
    return due.dates(parsed.with_columns(kind=kind), settings).with_columns(due="due_jkk_jkm")


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


def _named(bill: Bill, adds_up: bool) -> Iterator[tuple[str, int | None, int, str]]:
    """What may stand behind a difference, line by line; what is left has no name and says so."""
    if not adds_up:
        parts = bill.jkk_idr + bill.jkm_idr + bill.jht_idr + bill.jp_idr
        yield (
            "tagihan-tidak-berjumlah",
            None,
            bill.billed_idr - parts,
            f"JKK + JKM + JHT + JP = {written(parts)}, TOTAL tertulis {written(bill.billed_idr)}.",
        )
    left = bill.billed_idr - bill.recomputed_idr
    lines = _suspects(bill)
    for code, person, amount, sentence in lines[:_NAMED]:
        left -= amount
        yield code, person, amount, sentence
    if len(lines) > _NAMED:
        rest = sum(amount for _, _, amount, _ in lines[_NAMED:])
        left -= rest
        yield ("lain-lain", None, rest, f"{len(lines) - _NAMED} baris lain dengan sebab yang sama.")
    if left or (bill.people != bill.own_people and not lines):
        yield (
            "selisih-tanpa-nama",
            None,
            left,
            f"Tagihan {bill.people} orang {written(bill.billed_idr)}, daftar {bill.own_people} orang "
            f"{written(bill.recomputed_idr)}; {written(left)} tidak terjelaskan oleh mutasi atau jawaban.",
        )


def _suspects(bill: Bill) -> list[tuple[str, int | None, int, str]]:
    """People whom the insurer may bill and we do not count: stopped, or not answered for."""
    found = read(
        """SELECT m.person_id, p.public_id, m.iuran_idr::bigint AS idr, m.state, m.reason, u.event_date,
                  EXISTS (SELECT 1 FROM enrolment_batchline l WHERE l.person_id = m.person_id
                             AND l.wadah = m.wadah AND l.action = 'HENTI' AND l.state = 'succ') AS told
             FROM enrolment_personmonth m JOIN people_person p ON p.id = m.person_id
             LEFT JOIN enrolment_mutation u ON u.id = m.mutation_id
            WHERE m.month = %s AND m.wadah = %s AND m.source_kind = 'programme'
              AND (m.state IN ('stopped', 'replaced') AND m.mutation_id IS NOT NULL OR m.state = 'decreed')
            ORDER BY m.state, m.person_id""",
        [bill.month, bill.wadah],
    )
    lines: list[tuple[str, int | None, int, str]] = []
    for row in found.iter_rows(named=True):
        who = f"Kode {row['public_id'][:8]}"
        if row["state"] == "decreed":
            lines.append(("menunggu-jawaban", row["person_id"], row["idr"], f"{who}: belum dijawab BPJS."))
        elif not row["told"]:
            when = f" {row['event_date']:%d-%m-%Y}" if row["event_date"] else ""
            sentence = f"{who}: {row['reason']}{when}, permintaan henti belum dijawab BPJS."
            lines.append(("henti-belum-dijawab", row["person_id"], row["idr"], sentence))
    return lines


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


def _months_billed(bills: list[Bill]) -> None:
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


def _post(bills: list[Bill], *, by: str) -> None:
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
    old.state = "withdrawn"
    old.save(update_fields=["state"])
