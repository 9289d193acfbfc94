"""List, bill and SP2D of a month side by side, wadah by wadah, and why they differ. Reads only, no person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from jaring.enrolment import wadah
from jaring.enrolment.actions_pay import STATES
from jaring.enrolment.policy import COVERED
from jaring.facts.month import Month
from jaring.facts.region import Region
from jaring.facts.rupiah import dotted, written
from jaring.tables.frames import read

#: How a line stands, for a page that filters: the sentence says the rest.
STANDINGS = ("cocok", "disepakati", "selisih", "belum-ditagih", "tanpa-daftar", "lebih-bayar")


#: The title of a bill that does not fit and is paid at what both sides signed for.
AGREED = "disepakati"


def of(month: Month, region: Region | None = None) -> list[dict[str, Any]]:
    """One line for every wadah that has people, a bill or a payment in ``month``, in order of code.

    ``wadah, name`` (its code where no region is given)``, list_people, list_idr, decreed_people`` (not
    answered by the insurer, in no bill yet)``, bill_id, bill_number, bill_state, bill_title, bill_people,
    bill_idr, agreed_people, agreed_idr`` (signed for by both sides, else None)``, due, sp2d_number,
    sp2d_date, sp2d_idr`` (what it paid of this bill)``, sp2d_total_idr,
    difference_people, difference_idr`` (list less bill)``, unpaid_idr`` (bill less SP2D)``, standing,
    reason`` (one sentence, empty where all three agree)``, differences`` (by cause: ``code, people,
    amount_idr, sentence``; who they are stands in ``Bill.differences``).
    """
    lines = _lists(month).join(_bills(month), on="wadah", how="full", coalesce=True).sort("wadah")
    told = _told(month)
    names = wadah.names(lines["wadah"].to_list(), region) if region else {}
    return [_line(row, told.get(row["bill_id"], []), names) for row in lines.iter_rows(named=True)]


def totals(lines: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The sums under the lines of ``of``."""
    summed = (
        "list_people",
        "list_idr",
        "bill_people",
        "bill_idr",
        "sp2d_idr",
        "difference_idr",
        "unpaid_idr",
    )
    return {name: sum(line[name] or 0 for line in lines) for name in summed} | {
        "lines": len(lines),
        "agreeing": sum(line["standing"] in ("cocok", "disepakati") for line in lines),
    }


def months() -> list[dict[str, Any]]:
    """Every month that has a bill, the newest first: ``month, bills, billed_idr, paid_idr, different``."""
    found = read(
        """SELECT month, count(*) AS bills, sum(billed_idr)::bigint AS billed_idr,
                  coalesce(sum(owed_idr) FILTER (WHERE state = 'paid'), 0)::bigint AS paid_idr,
                  count(*) FILTER (WHERE state IN ('different', 'changed')) AS different
             FROM enrolment_bill WHERE state <> 'withdrawn' GROUP BY month ORDER BY month DESC"""
    )
    return found.to_dicts()


def _lists(month: Month) -> pl.DataFrame:
    return read(
        """SELECT wadah, count(*) FILTER (WHERE state = ANY(%(covered)s)) AS list_people,
                  coalesce(sum(iuran_idr) FILTER (WHERE state = ANY(%(covered)s)), 0)::bigint AS list_idr,
                  count(*) FILTER (WHERE state = 'decreed') AS decreed_people,
                  count(*) FILTER (WHERE state = 'lapsed') AS lapsed_people
             FROM enrolment_personmonth WHERE month = %(month)s AND source_kind = 'programme'
            GROUP BY wadah
           HAVING count(*) FILTER (WHERE state = ANY(%(covered)s) OR state IN ('decreed', 'lapsed')) > 0""",
        {"month": month.first, "covered": list(COVERED)},
    )


def _bills(month: Month) -> pl.DataFrame:
    return read(
        """SELECT b.wadah, b.id AS bill_id, b.number AS bill_number, b.state AS bill_state,
                  b.people::bigint AS bill_people, b.billed_idr AS bill_idr,
                  b.agreed_people::bigint AS agreed_people, b.agreed_idr, b.owed_idr, b.due,
                  p.number AS sp2d_number, p.date AS sp2d_date,
                  CASE WHEN b.state = 'paid' THEN b.owed_idr ELSE 0 END AS sp2d_idr,
                  p.amount_idr AS sp2d_total_idr
             FROM enrolment_bill b LEFT JOIN enrolment_payment p ON p.id = b.payment_id
            WHERE b.month = %s AND b.state <> 'withdrawn'""",
        [month.first],
    )


def _told(month: Month) -> dict[int | None, list[dict[str, Any]]]:
    """What stands behind each bill's difference, by cause and largest first: how many, never who."""
    found = read(
        """SELECT d.bill_id, d.code, count(d.person_id) AS people, sum(d.amount_idr)::bigint AS amount_idr,
                  min(d.sentence) FILTER (WHERE d.person_id IS NULL) AS sentence
             FROM enrolment_discrepancy d
             JOIN enrolment_bill b ON b.id = d.bill_id AND b.state <> 'withdrawn' AND b.month = %s
            WHERE d.settled_at IS NULL GROUP BY d.bill_id, d.code
            ORDER BY d.bill_id, abs(sum(d.amount_idr)) DESC, d.code""",
        [month.first],
    )
    told: dict[int | None, list[dict[str, Any]]] = {}
    for row in found.iter_rows(named=True):
        if row["people"]:
            about = _CAUSES.get(row["code"], "yang berbeda")
            row["sentence"] = f"{dotted(row['people'])} orang {about}, {written(row['amount_idr'])}."
        told.setdefault(row.pop("bill_id"), []).append(row)
    return told


#: What is said of the people of a cause (``actions_bill``).
_CAUSES = {
    "henti-belum-dijawab": "berhenti dan permintaan hentinya belum dijawab BPJS",
    "menunggu-jawaban": "belum dijawab BPJS",
}


def _line(row: dict[str, Any], told: list[dict[str, Any]], names: dict[str, str]) -> dict[str, Any]:
    counts = ("list_people", "list_idr", "decreed_people", "lapsed_people")
    line = row | {name: row[name] or 0 for name in (*counts, "bill_people", "bill_idr", "sp2d_idr")}
    line["name"] = names.get(row["wadah"], row["wadah"])
    line["bill_title"] = STATES[row["bill_state"]] if row["bill_state"] else "belum ada tagihan"
    if row["bill_state"] == "matched" and row["agreed_idr"] is not None:
        line["bill_title"] = AGREED
    line["difference_people"] = line["list_people"] - line["bill_people"]
    line["difference_idr"] = line["list_idr"] - line["bill_idr"]
    line["unpaid_idr"] = (line.pop("owed_idr") or 0) - line["sp2d_idr"]
    line["standing"], line["reason"] = _why(line, told)
    line["differences"] = told
    return line


def _why(line: dict[str, Any], told: list[dict[str, Any]]) -> tuple[str, str]:
    people, rupiah = line["difference_people"], line["difference_idr"]
    if line["bill_number"] is None:
        waiting = line["decreed_people"]
        if not line["list_people"]:
            return "belum-ditagih", f"{dotted(waiting)} orang ditetapkan, belum dijawab BPJS."
        return "belum-ditagih", "Tagihan BPJS bulan ini belum diterima."
    if line["agreed_idr"] is not None and line["bill_state"] != "changed":
        # Both sides signed for it: from here on that is the bill.
        people, rupiah = line["list_people"] - line["agreed_people"], line["list_idr"] - line["agreed_idr"]
        if not people and not rupiah:
            return "disepakati", (
                f"Disepakati {dotted(line['agreed_people'])} orang, {written(line['agreed_idr'])}; "
                f"{written(-line['difference_idr'])} dari tagihan tidak dibayar."
            )
    if not people and not rupiah:
        return ("selisih", told[0]["sentence"]) if told else ("cocok", "")
    if line["bill_state"] == "paid" and rupiah < 0:
        return (
            "lebih-bayar",
            f"{dotted(-people)} orang berhenti sesudah bulannya dibayar; {written(-rupiah)} dapat diminta "
            "kembali.",
        )
    if not line["list_people"] and not line["lapsed_people"]:
        return "tanpa-daftar", "BPJS menagih wadah yang tidak memuat seorang pun dalam daftar kita."
    if told:
        more = f" Ada {len(told) - 1} sebab lain." if len(told) > 1 else ""
        return "selisih", told[0]["sentence"] + more
    if line["bill_state"] == "changed":
        return "selisih", "Ada mutasi sesudah tagihan dicocokkan; BPJS perlu menerbitkan tagihan baru."
    if line["lapsed_people"]:
        return "selisih", f"{dotted(line['lapsed_people'])} bulan-orang sudah gugur karena menunggak."
    return "selisih", f"Daftar dan tagihan berbeda {dotted(abs(people))} orang, {written(abs(rupiah))}."
