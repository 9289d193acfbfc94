"""The board of desa, and one desa with its bills and letters. Counts and sums alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from jaring.decide.local import settings as local_settings
from jaring.desk.frame import page, working_month
from jaring.desk.pages.dues.forms import Filters
from jaring.enrolment import dues_history
from jaring.enrolment.actions_pay import STATES
from jaring.enrolment.dues import REMINDED, STANDINGS, board
from jaring.officers.access import requires
from jaring.officers.scope import counting

#: Desa on one page of the board.
SIZE = 60
_ORDER = list(STANDINGS)


def year_of(day: dt.date) -> int:
    """The budget year that is worked on; before any month was, that of ``day``."""
    month = working_month()
    return month.year if month else day.year


def rows_of(year: int, day: dt.date) -> pl.DataFrame:
    """The board of the whole regency on that day."""
    with counting():
        return board(year, local_settings(), on=day)


def remindable(day: dt.date) -> pl.Expr:
    """A letter may go out to them today."""
    return pl.col("next_level").is_not_null() & (pl.col("next_on") <= day)


def _chosen(rows: pl.DataFrame, given: dict[str, Any], day: dt.date) -> pl.DataFrame:
    if "kecamatan" in given:
        rows = rows.filter(pl.col("kecamatan_code") == given["kecamatan"])
    standing = given.get("standing")
    if standing == "due":
        return rows.filter(remindable(day))
    if standing == "last":
        exhausted = pl.col("next_level").is_null() & (pl.col("level") > 0)
        return rows.filter(pl.col("standing").is_in(REMINDED) & exhausted)
    return rows.filter(pl.col("standing") == standing) if standing else rows


def shown(row: dict[str, Any], day: dt.date) -> dict[str, Any]:
    """A line of the board with its words and whether it may be reminded."""
    return {
        **row,
        "title": STANDINGS[row["standing"]],
        "bad": row["standing"] in REMINDED,
        "remind": bool(row["next_level"]) and row["next_on"] <= day,
    }


@requires("village.remind")
def board_page(request: HttpRequest) -> HttpResponse:
    """Every desa, the worst standing first; those that may be reminded can be ticked."""
    day = timezone.localdate()
    year = year_of(day)
    form = Filters(request.GET)
    rows = rows_of(year, day)
    counts = dict(rows.group_by("standing").len().iter_rows())
    ranked = pl.col("standing").replace_strict({s: n for n, s in enumerate(_ORDER)}, return_dtype=pl.Int64)
    chosen = _chosen(rows, form.given(), day).sort(
        ranked, "overdue_idr", "short_idr", "desa_code", descending=[False, True, True, False]
    )
    start = _start(request)
    query = request.GET.copy()
    query.pop("mulai", None)
    part = chosen.slice(start, SIZE)
    return page(
        request,
        "dues/board",
        form=form,
        year=year,
        counts=[(title, counts.get(code, 0), code) for code, title in STANDINGS.items()],
        rows=[shown(row, day) for row in part.iter_rows(named=True)],
        count=chosen.height,
        next=start + SIZE if chosen.height > start + SIZE else None,
        start=start,
        query=query.urlencode(),
        unprotected=int(rows["unprotected"].sum()),
        overdue=int(rows["overdue_idr"].sum()),
        short=int(rows["short_idr"].sum()),
    )


def _start(request: HttpRequest) -> int:
    text = request.GET.get("mulai", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


@requires("village.remind")
def village(request: HttpRequest, desa: str) -> HttpResponse:
    """One desa: what it needs, budgets and owes; its bills; its letters."""
    day = timezone.localdate()
    year = year_of(day)
    found = rows_of(year, day).filter(pl.col("desa_code") == desa)
    if found.is_empty():
        raise Http404
    with counting():
        bills = dues_history.bills(desa, year)
    return page(
        request,
        "dues/village",
        row=shown(found.row(0, named=True), day),
        year=year,
        today=day,
        bills=[(bill, STATES[bill.state], bill.state == "matched" and bill.due < day) for bill in bills],
        letters=dues_history.reminders(desa),
    )
