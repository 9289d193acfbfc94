"""The ledger: balances of every account, each entry with its lines, all of it as plain text."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from jaring.desk.frame import attachment, page
from jaring.desk.pages.audit.forms import LedgerFilters, TrialFilters
from jaring.desk.pages.audit.words import fund_names, kind_words
from jaring.desk.paging import keyset, leaf
from jaring.ledger import balance, reading
from jaring.ledger.actions_export import export
from jaring.ledger.arithmetic import off_balance
from jaring.ledger.chart import kinds
from jaring.ledger.models import Entry, Posting
from jaring.officers.access import fresh, requires


@requires("ledger.read")
def trial(request: HttpRequest) -> HttpResponse:
    """The trial balance by fund, and whether debits and credits are the same."""
    form = TrialFilters(request.GET)
    until = form.given().get("until")
    rows = balance.trial_balance(until)
    moved = rows.filter((pl.col("debit_idr") > 0) | (pl.col("credit_idr") > 0))
    funds = [
        {"code": code, "accounts": list(part.iter_rows(named=True))}
        for (code,), part in moved.partition_by("fund", as_dict=True, maintain_order=True).items()
    ]
    part = leaf(funds, request, size=40)
    names = fund_names([one["code"] for one in part.rows])
    for one in part.rows:
        one["name"] = names.get(one["code"], "")
        one["accounts"] = [{**a, "kind": kind_words(a["kind"])} for a in one["accounts"]]
    return page(
        request,
        "audit/trial",
        form=form,
        funds=part.rows,
        leaf=part,
        kinds=[
            {"name": kind_words(k.name), "group": k.group, "meaning": k.meaning} for k in kinds().values()
        ],
        debit=int(moved["debit_idr"].sum()),
        credit=int(moved["credit_idr"].sum()),
        off=off_balance(rows),
    )


@requires("ledger.read")
def entries(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, each with all its lines."""
    form = LedgerFilters(request.GET)
    slice_ = keyset(reading.entries(**form.given()), request, order="-pk")
    return page(request, "audit/entries", form=form, slice=slice_, entries=_lines(slice_.rows))


def _lines(listed: list[Entry]) -> list[dict[str, Any]]:
    lines = reading.lines(listed)
    split = {line.account_id: line.account_id.split(":", 2) for of in lines.values() for line in of}
    names = fund_names(sorted({fund for _group, _kind, fund in split.values()}))

    def row(line: Posting) -> dict[str, Any]:
        group, kind, fund = split[line.account_id]
        return {
            "group": group,
            "kind": kind_words(kind),
            "fund": fund,
            "name": names.get(fund, ""),
            "debit": line.amount_idr if line.amount_idr > 0 else None,
            "credit": -line.amount_idr if line.amount_idr < 0 else None,
        }

    return [{"entry": one, "lines": [row(line) for line in lines.get(one.pk, [])]} for one in listed]


@require_POST
@requires("ledger.read")
@fresh
def text(request: HttpRequest) -> HttpResponse:
    """The whole ledger as text that anyone can add up again."""
    body = export(by=request.user.get_username())
    return attachment(f"buku-besar-{timezone.localdate()}.txt", body, "text/plain; charset=utf-8")
