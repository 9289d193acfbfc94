"""What is said of a bill that differs, line by line: codes of people, never names. Reads only."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from jaring.enrolment import billcompare
from jaring.enrolment.models import Bill
from jaring.facts.rupiah import written
from jaring.tables.frames import read

#: Lines of a bill that are named one by one; beyond it their number is told.
_NAMED = 200
#: code, person, rupiah that the bill is above our list by it, sentence
Said = tuple[str, int | None, int, str]


def named(bill: Bill, adds_up: bool) -> Iterator[Said]:
    """What may stand behind a difference; what is left has no name and says so."""
    if not adds_up:
        parts = bill.jkk_idr + bill.jkm_idr + bill.jht_idr + bill.jp_idr
        yield (
            "tagihan-tidak-berjumlah",
            None,
            bill.billed_idr - parts,
            f"JKK + JKM + JHT + JP = {written(parts)}, TOTAL tertulis {written(bill.billed_idr)}.",
        )
    left = bill.billed_idr - bill.recomputed_idr
    lines = of_lines(_apart(bill)) if billcompare.named(bill) else _suspects(bill)
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


def of_lines(lines: pl.DataFrame) -> list[Said]:
    """``person_id, row, code, amount_idr, cause, event_date`` as sentences."""
    known = read(
        "SELECT id AS person_id, left(public_id::text, 8) AS short FROM people_person WHERE id = ANY(%s)",
        [lines["person_id"].drop_nulls().unique().to_list()],
    )
    found: list[Said] = []
    for row in lines.join(known, on="person_id", how="left", maintain_order="left").iter_rows(named=True):
        who = f"Kode {row['short']}" if row["short"] else f"Baris {row['row']} lembar rincian"
        when = f" ({row['cause']} {row['event_date']:%d-%m-%Y})" if row["event_date"] else ""
        sentence = f"{who}: {billcompare.CODES[row['code']][1]}{when}."
        found.append((row["code"], row["person_id"], row["amount_idr"], sentence))
    return found


def _apart(bill: Bill) -> pl.DataFrame:
    lines = billcompare.lines(bill).filter(pl.col("code") != "")
    theirs = [code for code, (side, _) in billcompare.CODES.items() if side == "theirs"]
    # Of a decreed month our list counts nothing yet.
    own = pl.when(pl.col("code").is_in(theirs)).then(0).otherwise("own_idr")
    return lines.with_columns(amount_idr=pl.col("billed_idr") - own)


def _suspects(bill: Bill) -> list[Said]:
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
    lines: list[Said] = []
    for row in found.iter_rows(named=True):
        who = f"Kode {row['public_id'][:8]}"
        if row["state"] == "decreed":
            lines.append(("menunggu-jawaban", row["person_id"], row["idr"], f"{who}: belum dijawab BPJS."))
        elif not row["told"]:
            when = f" {row['event_date']:%d-%m-%Y}" if row["event_date"] else ""
            sentence = f"{who}: {row['reason']}{when}, permintaan henti belum dijawab BPJS."
            lines.append(("henti-belum-dijawab", row["person_id"], row["idr"], sentence))
    return lines
