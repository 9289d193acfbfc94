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
from jaring.enrolment.letters.apart import Setting
from jaring.enrolment.models import Bill, Decree, Settlement
from jaring.facts.month import NAMES, Month
from jaring.facts.reason import refuse
from jaring.facts.region import Region
from jaring.facts.rupiah import dotted, written
from jaring.law.loader import concept, group
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


#: People up to which an annex is one file.
_ONE_FILE = 3_000


def annex(decree: Decree, region: Region, out: Path, *, about: str) -> list[Path]:
    """The annex of an SK, by kecamatan and desa. People stand in it by name and code, never by NIK.

    A long one comes in parts beside ``out``: the summary, then a file for each kecamatan.
    """
    return annex_begun(decree, region, out, about=about).wait()


def annex_begun(decree: Decree, region: Region, out: Path, *, about: str) -> Setting:
    """As ``annex``, set beside the work that goes on; it lies there once it was waited for."""
    data = _annex_data(decree, region, about)
    if decree.people <= _ONE_FILE:
        return Setting("sk_lampiran", [(data, out)], tagged=False)
    districts = data["districts"]
    parts = [("rekapitulasi", [{**one, "villages": []} for one in districts])]
    parts += [(one["name"], [one]) for one in districts]
    set_ = [
        ({**data, "districts": shown, "part": name}, _part(out, number, name))
        for number, (name, shown) in enumerate(parts)
    ]
    return Setting("sk_lampiran", set_, tagged=False)


def annex_lies(out: Path) -> bool:
    """Whether the annex is there, whole: in one file, or the summary, which is put in place last."""
    return out.exists() or _part(out, 0, "rekapitulasi").exists()


def _part(out: Path, number: int, name: str) -> Path:
    return out.with_name(f"{out.stem}-{number:02d}-{name.lower().replace(' ', '-')}.pdf")


def _annex_data(decree: Decree, region: Region, about: str) -> dict[str, Any]:
    lines = read(
        """SELECT p.public_id, p.name, p.desa_code, l.segment, l.month_from, l.prices_idr::text[] AS prices
             FROM enrolment_decreeline l JOIN people_person p ON p.id = l.person_id
            WHERE l.decree_id = %s
            ORDER BY p.desa_code, l.segment, l.month_from, l.prices_idr, p.name, p.public_id""",
        [decree.pk],
    ).with_columns(prices=pl.col("prices").cast(pl.List(pl.Int64)))
    # Only what a reader may know stands in the data of the letter: no NIK, no birth date.
    return {
        **head(region, decree.date or decree.month, decree.number),
        "decider": f"Bupati {region.short}",
        "about": about,
        "people": decree.people,
        "months": decree.months,
        "total_idr": decree.total_idr,
        "districts": _districts(lines, region),
    }


def _districts(lines: pl.DataFrame, region: Region) -> list[dict[str, Any]]:
    titles = {s: concept(f"segments.{s}").title for s in group("segments")}
    units = {
        c: (f"{'Desa' if kind == 'desa' else 'Kelurahan'} {n}", k)
        for c, n, kind, _, k in region.units.iter_rows()
    }
    rows = lines.with_columns(
        n=pl.col("prices").list.len(),
        total=pl.col("prices").list.sum(),
        label=pl.col("segment").replace_strict(titles, default=pl.col("segment")),
    )
    number = 0
    districts: dict[str, dict[str, Any]] = {}
    for (code,), part in rows.partition_by("desa_code", as_dict=True, maintain_order=True).items():
        name, above = units.get(str(code), ("Desa belum diketahui", "Kecamatan belum diketahui"))
        groups = []
        for alike in part.partition_by("label", "month_from", "prices", maintain_order=True):
            names = alike.select(pl.col("public_id").str.slice(0, 8), "name").rows()
            listed = [[dotted(number + n), *one] for n, one in enumerate(names, 1)]
            groups.append({**_terms(alike.row(0, named=True)), "people": alike.height, "rows": listed})
            number += alike.height
        total = int(part["total"].sum())
        group_ = districts.setdefault(
            above, {"name": above, "people": 0, "months": 0, "total_idr": 0, "villages": []}
        )
        group_["people"] += part.height
        group_["months"] += int(part["n"].sum())
        group_["total_idr"] += total
        group_["villages"].append({"name": name, "people": part.height, "groups": groups, "total_idr": total})
    return list(districts.values())


def _terms(row: dict[str, Any]) -> dict[str, Any]:
    """What people of one group have in common: segment, months, price of a month and of all."""
    prices = row["prices"]
    return {
        "segment": row["label"],
        "months": f"{_span(Month.of(row['month_from']), row['n'])} ({row['n']} bulan)",
        "each": written(prices[0]) if len(set(prices)) == 1 else "berbeda tiap bulan",
        "total": written(row["total"]),
    }


def _span(first: Month, count: int) -> str:
    last = first + (count - 1)
    short = [NAMES[m.number - 1][:3] for m in (first, last)]
    if count == 1:
        return f"{short[0]} {first.year}"
    return f"{short[0]}–{short[1]} {last.year}" if first.year == last.year else f"{first}–{last}"


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
