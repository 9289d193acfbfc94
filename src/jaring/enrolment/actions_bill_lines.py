"""The sheet of a bill file that says whom each bill is for: kept once a bill, people recognised."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from jaring.enrolment import papers
from jaring.enrolment.actions_told import Told
from jaring.enrolment.models import Bill, BillLine
from jaring.enrolment.recognising import alike, recognised
from jaring.enrolment.settling import UNSETTLED
from jaring.rosters.reading import Sheets
from jaring.tables.frames import copy_in

_SHEET = "rincian"


def read_lines(book: Sheets, bills: Mapping[str, Bill]) -> tuple[int, list[Told]]:
    """Keep the lines of bills that have none yet: how many, and what could not be read. Within the
    transaction that took in the bills. A file without the sheet has none."""
    if not any(sheet.name.strip().lower() == _SHEET and sheet.frame.height > 1 for sheet in book.sheets):
        return 0, []
    rows = papers.table(book, _SHEET, papers.RINCIAN)
    wanted = dict(bills) | {
        bill.number: bill
        for bill in Bill.objects.filter(number__in=rows["NOMOR TAGIHAN"].drop_nulls().unique().to_list())
    }
    have = set(BillLine.objects.filter(bill__in=wanted.values()).values_list("bill_id", flat=True).distinct())
    open_ = {n: b.pk for n, b in wanted.items() if b.pk not in have and b.state in UNSETTLED}
    rows = rows.with_columns(
        bill_id=pl.col("NOMOR TAGIHAN").replace_strict(open_, default=None, return_dtype=pl.Int64),
        iuran_idr=papers.whole("IURAN"),
    )
    strange = rows.filter(
        ~pl.col("NOMOR TAGIHAN").is_in(list(wanted)).fill_null(False)
        | (pl.col("iuran_idr") < 0).fill_null(True)
    )
    good = rows.filter(pl.col("bill_id").is_not_null() & (pl.col("iuran_idr") >= 0).fill_null(False))
    if good.height:
        _keep(good)
    faults = [
        (
            f"rincian:{book.sha256}:{row}",
            "rincian-tak-terbaca",
            book.file_name,
            f"{book.file_name} baris {row}: nomor tagihan tidak dikenal atau iurannya tidak terbaca.",
        )
        for row in strange["row"]
    ]
    return good.height, faults


def _keep(rows: pl.DataFrame) -> None:
    known = recognised(rows)
    # A name that is nothing like the register's makes the NIK somebody else's: not taken for that person.
    person = pl.when(alike()).then("person_id")
    name = pl.col("NAMA").fill_null("").str.slice(0, 120)
    copy_in(known.select("bill_id", "row", "nik_bi", "iuran_idr", name=name, person_id=person), BillLine)
