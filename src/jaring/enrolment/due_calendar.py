"""When which bills must be paid, who loses protection if they are not, what that delay costs. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl
from django.utils import timezone

from jaring.enrolment import wadah
from jaring.enrolment.actions_pay import STATES
from jaring.enrolment.blocked import blocked_claims
from jaring.facts.region import Region
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read

#: Bills that wait for money, or for a difference to be mended before it can flow.
_OPEN = ("matched", "different", "changed")


def unpaid(
    settings: Sequence[LocalSetting] = (), *, on: dt.date | None = None, region: Region | None = None
) -> list[dict[str, Any]]:
    """One entry for each due date that has an unpaid bill, the earliest first.

    ``due, days`` (until then; below zero: late)``, bills, payable`` (those that match)``, people``
    (different persons whose month is not paid)``, person_months, billed_idr, payable_idr, blocked``
    (deaths in those months)``, blocked_idr`` (benefit of JKM that their heirs wait for)``, lost, lost_idr``
    (of these, beyond the law's grace: no longer paid out)``, rows``: its bills, each with ``number, wadah,
    name, month, state, title, people, billed_idr, blocked, blocked_idr``.
    """
    today = on or timezone.localdate()
    bills = _bills()
    waiting = _claims(settings)
    per_bill = waiting.group_by("bill_id").agg(blocked=pl.len(), blocked_idr=pl.col("jkm_benefit_idr").sum())
    bills = bills.join(per_bill, on="bill_id", how="left", maintain_order="left").with_columns(
        pl.col("blocked", "blocked_idr").fill_null(0)
    )
    names = wadah.names(bills["wadah"].unique().to_list(), region) if region else {}
    people = dict(_people().iter_rows())
    lost = waiting.filter(pl.col("effect") == "gugur").join(bills.select("bill_id", "due"), on="bill_id")
    entries = []
    for (due,), rows in bills.partition_by("due", as_dict=True, maintain_order=True).items():
        ready = rows.filter(pl.col("state") == "matched")
        gone = lost.filter(pl.col("due") == due)
        entries.append(
            {
                "due": due,
                "days": (due - today).days,
                "bills": rows.height,
                "payable": ready.height,
                "people": people.get(due, 0),
                "person_months": int(rows["people"].sum()),
                "billed_idr": int(rows["billed_idr"].sum()),
                "payable_idr": int(ready["billed_idr"].sum()),
                "blocked": int(rows["blocked"].sum()),
                "blocked_idr": int(rows["blocked_idr"].sum()),
                "lost": gone.height,
                "lost_idr": int(gone["jkm_benefit_idr"].sum()),
                "rows": [_row(row, names) for row in rows.iter_rows(named=True)],
            }
        )
    return entries


def unbilled(settings: Sequence[LocalSetting] = ()) -> dict[str, int]:
    """Deaths in months that the insurer has not billed yet: ``blocked, blocked_idr``; in no entry above."""
    waiting = _claims(settings).filter(pl.col("bill_id").is_null())
    return {"blocked": waiting.height, "blocked_idr": int(waiting["jkm_benefit_idr"].sum())}


def totals(entries: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The sums over ``unpaid``, and of those late already. People are not summed: one may wait twice."""
    summed = (
        "bills",
        "person_months",
        "billed_idr",
        "payable_idr",
        "blocked",
        "blocked_idr",
        "lost",
        "lost_idr",
    )
    late = [entry for entry in entries if entry["days"] < 0]
    return {name: sum(entry[name] for entry in entries) for name in summed} | {
        "late_bills": sum(entry["bills"] for entry in late),
        "late_idr": sum(entry["billed_idr"] for entry in late),
    }


def _bills() -> pl.DataFrame:
    return read(
        """SELECT id AS bill_id, number, wadah, month, state, owed_people::bigint AS people,
                  owed_idr AS billed_idr, due
             FROM enrolment_bill WHERE state = ANY(%s) ORDER BY due, month, wadah""",
        [list(_OPEN)],
    )


def _claims(settings: Sequence[LocalSetting]) -> pl.DataFrame:
    """Blocked claims beside the open bill of their month and wadah.

    A month of a bill that does not match yet is not on it (its state is enrolled), and waits for it all
    the same.
    """
    found = blocked_claims(settings)
    open_ = _bills().select("wadah", "month", open_id="bill_id")
    return (
        found.join(open_, on=["wadah", "month"], how="left", maintain_order="left")
        .with_columns(bill_id=pl.coalesce("bill_id", "open_id"))
        .drop("open_id")
    )


def _people() -> pl.DataFrame:
    return read(
        """SELECT b.due, count(DISTINCT m.person_id) AS people FROM enrolment_bill b
             JOIN enrolment_personmonth m ON m.month = b.month AND m.wadah = b.wadah
              AND m.state IN ('enrolled', 'billed', 'unpaid') AND m.source_kind = 'programme'
            WHERE b.state = ANY(%s) GROUP BY b.due""",
        [list(_OPEN)],
    )


def _row(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    kept = ("number", "wadah", "month", "state", "people", "billed_idr", "blocked", "blocked_idr")
    return {name: row[name] for name in kept} | {
        "name": names.get(row["wadah"], row["wadah"]),
        "title": STATES[row["state"]],
    }
