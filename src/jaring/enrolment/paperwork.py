"""What the letters say: data of a decree, a batch month, a reconciliation, a payment request. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from jaring.enrolment import letters, sending, series, wadah
from jaring.enrolment.actions_pay import STATES
from jaring.enrolment.blocked import blocked_claims
from jaring.enrolment.models import Bill, Settlement
from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.facts.region import Region
from jaring.law.settings import LocalSetting
from jaring.tables.frames import read

_DINAS = "Kepala Dinas Tenaga Kerja dan Transmigrasi"
LEFT = {
    "meninggal": "Meninggal dunia",
    "pindah": "Pindah domisili",
    "pmi": "Menjadi pekerja migran",
    "mandiri": "Melanjutkan iuran sendiri",
    "bekerja": "Menjadi penerima upah",
    "berhenti": "Berhenti dari jabatan atau pekerjaan",
}


def cover(month: Month, region: Region, out: Path, *, number: str, date: dt.date) -> Path:
    """The letter to the insurer with the control totals of every approved batch of the month."""
    found = read(
        """SELECT b.number, b.wadah, b.iuran_idr, count(*) FILTER (WHERE l.action = 'TAMBAH') AS add,
                  count(*) FILTER (WHERE l.action = 'TERUS') AS go_on,
                  count(*) FILTER (WHERE l.action = 'HENTI') AS stop, count(*) AS rows
             FROM enrolment_batch b JOIN enrolment_batchline l ON l.batch_id = b.id
            WHERE b.month = %s AND b.state = 'approved' GROUP BY b.id ORDER BY b.number""",
        [month.first],
    )
    if found.is_empty():
        raise refuse(
            "tanpa-batch", f"Belum ada batch {month.name} yang disetujui.", "Setujui batchnya dahulu."
        )
    names = wadah.names(found["wadah"].to_list(), region)
    sums = {name: int(found[name].sum()) for name in ("add", "go_on", "stop", "iuran_idr")}
    data = {
        **head(region, date, number),
        **sums,
        "month": month.first.isoformat(),
        "people": int(found["rows"].sum()),
        "files": int(((found["rows"] + sending.ROWS - 1) // sending.ROWS).sum()),
        "batches": [{**row, "name": names[row["wadah"]]} for row in found.iter_rows(named=True)],
        "signer": {"title": _DINAS},
    }
    letters.render("pengantar", data, out)
    return out


def minutes(first: Month, last: Month, region: Region, out: Path, *, number: str, date: dt.date) -> Path:
    """The minutes of reconciliation: our list, the insurer's bill and the SP2D of every wadah and month."""
    bills = list(
        Bill.objects.filter(month__gte=first.first, month__lte=last.first)
        .exclude(state="withdrawn")
        .order_by("month", "wadah")
    )
    if not bills:
        raise refuse(
            "tanpa-tagihan", "Belum ada tagihan pada bulan-bulan itu.", "Masukkan tagihan BPJS dahulu."
        )
    names = wadah.names([b.wadah for b in bills], region)
    rows = [
        {
            "month": b.month.isoformat(),
            "name": names[b.wadah],
            "own_people": b.own_people,
            "own_idr": b.recomputed_idr,
            "people": b.people,
            "billed_idr": b.billed_idr,
            "paid_idr": b.owed_idr if b.state == "paid" else 0,
            "difference_idr": b.recomputed_idr - b.billed_idr,
            "state": STATES[b.state],
        }
        for b in bills
    ]
    sums = {
        name: sum(int(str(row[name])) for row in rows)
        for name in ("own_people", "own_idr", "people", "billed_idr", "paid_idr", "difference_idr")
    }
    data = {
        **head(region, date, number),
        **sums,
        "month_from": first.first.isoformat(),
        "month_to": last.first.isoformat(),
        "rows": rows,
        "mutations": _mutations(last),
        "differences": _differences(first, last),
        "agreements": _agreements(bills, names),
        "settlement": None,
        "signers": [{"title": region.office}, {"title": region.branch}, {"title": "BPKAD"}],
    }
    letters.render("rekonsiliasi", data, out)
    return out


def _mutations(last: Month) -> list[dict[str, Any]]:
    found = read(
        """SELECT kind, count(*) AS people, min(event_date) AS since, max(event_date) AS until
             FROM enrolment_mutation WHERE from_month <= %s GROUP BY kind ORDER BY people DESC, kind""",
        [last.first],
    )
    return [
        {
            "kind": LEFT[row["kind"]],
            "people": row["people"],
            "note": f"peristiwa {letters.long_date(row['since'])} sampai {letters.long_date(row['until'])}"
            if row["since"] != row["until"]
            else f"peristiwa {letters.long_date(row['since'])}",
        }
        for row in found.iter_rows(named=True)
    ]


def _differences(first: Month, last: Month) -> list[dict[str, Any]]:
    found = read(
        """SELECT d.month, d.code, d.sentence, d.amount_idr FROM enrolment_discrepancy d
             JOIN enrolment_bill b ON b.id = d.bill_id AND b.state <> 'withdrawn'
            WHERE d.settled_at IS NULL AND d.month BETWEEN %s AND %s ORDER BY d.month, d.id""",
        [first.first, last.first],
    )
    return [
        {
            "month": row["month"].isoformat(),
            "code": row["code"],
            "sentence": row["sentence"],
            "amount_idr": row["amount_idr"],
        }
        for row in found.iter_rows(named=True)
    ]


def _agreements(bills: Sequence[Bill], names: dict[str, str]) -> list[dict[str, Any]]:
    """What both sides signed for of these bills, the newest of each."""
    signed = Settlement.objects.filter(bill__in=bills, state="signed").select_related("bill", "letter")
    last = {one.bill_id: one for one in signed.order_by("pk") if one.bill.agreed_idr is not None}
    return [
        {
            "month": one.bill.month.isoformat(),
            "name": names[one.bill.wadah],
            "people": one.people,
            "agreed_idr": one.agreed_idr,
            "unacknowledged_idr": one.unacknowledged_idr,
            "number": series.written(one.letter),
            "signed_on": one.signed_on.isoformat(),
        }
        for one in last.values()
        if one.letter is not None and one.signed_on is not None
    ]


def payment_request(
    numbers: Sequence[str],
    region: Region,
    out: Path,
    *,
    number: str,
    date: dt.date,
    fund: str,
    settings: Sequence[LocalSetting] = (),
) -> Path:
    """The attachment to a payment request (SPP) over whole bills, with the claims that wait for it."""
    bills = list(Bill.objects.filter(number__in=list(numbers)).order_by("month", "wadah"))
    wrong = [b.number for b in bills if b.state != "matched"]
    if wrong or len(bills) != len(set(numbers)):
        named = wrong[0] if wrong else "yang disebut"
        raise refuse(
            "tagihan-belum-cocok",
            f"Tagihan {named} belum cocok, sudah dibayar, atau tidak dikenal.",
            "SPP hanya untuk tagihan yang cocok dan belum dibayar.",
        )
    names = wadah.names([b.wadah for b in bills], region)
    held = blocked_claims(settings).filter(pl.col("bill_id").is_in([b.pk for b in bills]))
    total = sum(b.owed_idr for b in bills)
    data = {
        **head(region, date, number),
        "fund": fund,
        "month_from": bills[0].month.isoformat(),
        "month_to": bills[-1].month.isoformat(),
        "total_idr": total,
        "words": letters.in_words(total),
        "people": sum(b.owed_people for b in bills),
        "bills": [
            {
                "number": b.number,
                "name": names[b.wadah],
                "month": b.month.isoformat(),
                "people": b.owed_people,
                "due": b.due.isoformat(),
                "amount_idr": b.owed_idr,
            }
            for b in bills
        ],
        "blocked_people": held.height,
        "blocked_idr": int(held["jkm_benefit_idr"].sum()),
        "signer": {"title": _DINAS},
    }
    letters.render("spp", data, out)
    return out


def head(region: Region, date: dt.date, number: str) -> dict[str, str]:
    return {
        "region": region.name,
        "office": region.office,
        "branch": region.branch,
        "place": region.seat,
        "date": date.isoformat(),
        "number": number,
    }
