"""What settling a bill would change, person by person, before anybody signs for it. Reads only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import QuerySet

from jaring.enrolment import billcompare, billsplit
from jaring.enrolment.models import Bill, BillLine, Settlement
from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.facts.rupiah import dotted, written
from jaring.law.settings import LocalSetting
from jaring.officers.scope import counting
from jaring.tables.frames import read

#: Bills that can be settled: neither paid nor fitting nor replaced.
UNSETTLED = ("different", "changed")
WAYS = {"accept": "dibayar menurut kesepakatan", "ask": "minta tagihan yang dibetulkan"}
STATES = {
    "draft": "menunggu persetujuan",
    "approved": "disetujui, menunggu tanda tangan",
    "signed": "ditandatangani kedua pihak",
    "refused": "ditolak",
    "withdrawn": "ditarik",
    "ended": "berakhir: tagihannya diganti atau sudah cocok",
}
ACTS = {
    "release": "dilepas, tidak terutang",
    "lower": "dibayar menurut tagihan",
    "recognise": "diakui terdaftar",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """``lines``: ``person_id, act, code, own_idr, agreed_idr``; ``chased``: ``person_id, row, code,
    billed_idr, cause, event_date`` of their lines that nobody pays."""

    people: int
    agreed_idr: int
    released_idr: int
    unacknowledged_idr: int
    lines: pl.DataFrame
    chased: pl.DataFrame
    digest: bytes


def plan(bill: Bill, released: Sequence[int] = ()) -> Plan:
    """What is agreed when this bill is accepted as far as both lists bear it.

    A person on both is paid at the lower sum; one on ours alone is not owed and goes back to the fund;
    one on theirs alone is paid only when our decree names them and just the answer is missing, else
    chased. Of a bill that names nobody, ``released`` says whom it leaves out. Never more than is billed.
    """
    found = _named_plan(bill) if billcompare.named(bill) else _summed_plan(bill, released)
    lines, chased, whole = found
    people = whole.height - lines.filter(pl.col("act") == "release").height
    people += lines.filter(pl.col("act") == "recognise").height
    raised = int(lines.filter(pl.col("act") == "recognise")["agreed_idr"].sum())
    others = lines.filter(pl.col("act") != "recognise")
    cut = int((others["own_idr"] - others["agreed_idr"]).sum())
    agreed = int(whole["own_idr"].sum()) - cut + raised
    released_idr = int((lines["own_idr"] - lines["agreed_idr"]).sum())
    _bearable(bill, people, agreed)
    left = bill.billed_idr - agreed
    return Plan(
        people, agreed, released_idr, left, lines, chased, _digest(bill, people, agreed, lines, chased)
    )


def _named_plan(bill: Bill) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    lines = billcompare.lines(bill)
    side = pl.col("code").replace_strict({c: s for c, (s, _) in billcompare.CODES.items()}, default="")
    lines = lines.with_columns(side=side)
    known = pl.col("code") == billcompare.RECOGNISED
    less = (pl.col("side") == "both") & (pl.col("billed_idr") < pl.col("own_idr"))
    lower = pl.min_horizontal("own_idr", "billed_idr")
    act = (
        pl.when(known)
        .then(pl.lit("recognise"))
        .when(less)
        .then(pl.lit("lower"))
        .when(pl.col("side") == "ours")
        .then(pl.lit("release"))
    )
    done = lines.with_columns(act=act, agreed_idr=lower).filter(pl.col("act").is_not_null())
    more = (pl.col("side") == "both") & (pl.col("billed_idr") > pl.col("own_idr"))
    chased = lines.filter(((pl.col("side") == "theirs") & ~known) | more)
    # Of a sum that is too high only what is above ours is not acknowledged.
    surplus = pl.when(more).then(pl.col("billed_idr") - pl.col("own_idr")).otherwise("billed_idr")
    surplus = surplus.alias("billed_idr")
    return (
        done.select("person_id", "act", "code", "own_idr", "agreed_idr").sort("person_id"),
        chased.select("person_id", "row", "code", surplus, "cause", "event_date"),
        billcompare.months(bill),
    )


def _summed_plan(bill: Bill, released: Sequence[int]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    whole = billcompare.months(bill)
    gone = whole.filter(pl.col("person_id").is_in(list(released)))
    if gone.height != len(set(released)):
        raise refuse(
            "bukan-di-wadah-ini",
            "Ada orang yang disebut tidak terutang, tetapi tidak ada dalam daftar wadah dan bulan ini.",
            "Periksa kodenya pada daftar wadah itu.",
        )
    lines = gone.with_columns(
        act=pl.lit("release"), code=pl.lit("tidak-ditagih"), agreed_idr=pl.lit(0, pl.Int64)
    ).select("person_id", "act", "code", "own_idr", "agreed_idr")
    nobody = {"person_id": pl.Int64, "row": pl.Int64, "code": pl.String, "billed_idr": pl.Int64}
    chased = pl.DataFrame(schema=nobody | {"cause": pl.String, "event_date": pl.Date})
    return lines, chased, whole


def _bearable(bill: Bill, people: int, agreed: int) -> None:
    if people > bill.people or agreed > bill.billed_idr:
        raise refuse(
            "daftar-melebihi-tagihan",
            f"Daftar kita {dotted(people)} orang {written(agreed)}, tagihan {dotted(bill.people)} orang "
            f"{written(bill.billed_idr)}.",
            "Sebut siapa yang tidak ditagih, mintakan rincian orang, atau minta tagihan yang dibetulkan.",
        )
    if agreed <= 0:
        raise refuse(
            "tidak-ada-yang-disepakati",
            "Tidak seorang pun dalam tagihan ini ada di daftar kita.",
            "Minta tagihan yang dibetulkan.",
        )


def _digest(bill: Bill, people: int, agreed: int, lines: pl.DataFrame, chased: pl.DataFrame) -> bytes:
    head = f"jaring-settlement-1 {bill.number} {people} {agreed}"
    hashed = hashlib.sha256(head.encode())
    for part in (lines, chased):
        hashed.update(part.sort(part.columns[:2]).write_csv(None).encode())
    return hashed.digest()


def programmes(bill: Bill, settings: Sequence[LocalSetting] = ()) -> list[dict[str, Any]]:
    """``programme, own_idr, billed_idr, difference_idr, rounding`` (one rupiah a share at most)."""
    states = ("enrolled",) if bill.state == "different" else ("billed", "unpaid", "paid")
    found = billsplit.own(Month.of(bill.month), [bill.wadah], states, settings)
    own = found.row(0, named=True) if found.height else dict.fromkeys(billsplit.PROGRAMMES, 0)
    rows = []
    for name in billsplit.PROGRAMMES:
        billed, ours = getattr(bill, name), int(own[name])
        if billed or ours:
            apart = ours - billed
            rows.append(
                {
                    "programme": name.removesuffix("_idr").upper(),
                    "own_idr": ours,
                    "billed_idr": billed,
                    "difference_idr": apart,
                    "rounding": 0 < abs(apart) <= billsplit.SHARES * bill.people,
                }
            )
    if left := int(own.get("unsplit_idr", 0)):
        # What the law as read does not part is a line of its own, so that the sums are whole.
        rows.append(
            {"programme": "–", "own_idr": left, "billed_idr": 0, "difference_idr": left, "rounding": False}
        )
    return rows


def figures(bill: Bill, found: Plan | None, settings: Sequence[LocalSetting] = ()) -> dict[str, Any]:
    """What the minutes show of it, without a person: sums, programmes, lines by what is done and why."""
    done: list[dict[str, Any]] = []
    chased: list[dict[str, Any]] = []
    if found is not None:
        done = (
            found.lines.group_by("act", "code")
            .agg(people=pl.len(), own_idr=pl.col("own_idr").sum(), agreed_idr=pl.col("agreed_idr").sum())
            .sort("act", "code")
            .to_dicts()
        )
        chased = (
            found.chased.group_by("code")
            .agg(people=pl.len(), billed_idr=pl.col("billed_idr").sum())
            .sort("code")
            .to_dicts()
        )
    ours = billcompare.months(bill)
    return {
        "own_people": ours.height,
        "own_idr": int(ours["own_idr"].sum()),
        "people": bill.people,
        "billed_idr": bill.billed_idr,
        "programmes": programmes(bill, settings),
        "done": done,
        "chased": chased,
    }


def compared(bill: Bill) -> list[dict[str, Any]]:
    """``code, side, said, people, own_idr, billed_idr`` of every way in which the two lists differ; of a
    bill that names nobody an empty list. Counts only."""
    if not billcompare.named(bill):
        return []
    lines = billcompare.lines(bill).filter(pl.col("code") != "")
    sums = lines.group_by("code").agg(
        people=pl.len(), own_idr=pl.col("own_idr").sum(), billed_idr=pl.col("billed_idr").sum()
    )
    order = list(billcompare.CODES)
    rows = sorted(sums.to_dicts(), key=lambda row: order.index(row["code"]))
    return [
        {**row, **dict(zip(("side", "said"), billcompare.CODES[row["code"]], strict=True))} for row in rows
    ]


def people(bill: Bill, code: str) -> list[dict[str, Any]]:
    """Who differs in that way, for an officer who may see them: the policies hold whatever is asked.

    ``row, name, public_id`` (None when unknown)``, own_idr, billed_idr, cause, event_date``
    """
    with counting():
        lines = billcompare.lines(bill).filter(pl.col("code") == code)
    known = read(
        "SELECT id AS person_id, public_id::text AS public_id, name AS own_name"
        " FROM people_person WHERE id = ANY(%s)",
        [lines["person_id"].drop_nulls().unique().to_list()],
    )
    # A line of somebody unknown belongs to no desa: it is the whole regency's to chase.
    unknown = list(BillLine.seen.filter(bill=bill, person_id=None).values_list("row", flat=True))
    joined = lines.join(known, on="person_id", how="left", maintain_order="left")
    seen = joined.filter(pl.col("public_id").is_not_null() | pl.col("row").is_in(unknown))
    return seen.with_columns(name=pl.coalesce("own_name", "name")).drop("own_name", "person_id").to_dicts()


def by_codes(bill: Bill, codes: Sequence[str]) -> list[int]:
    """The persons of the bill's wadah and month behind codes of eight letters. Refused when one is nobody."""
    whole = billcompare.months(bill)["person_id"].to_list()
    found = read("SELECT id, left(public_id::text, 8) AS code FROM people_person WHERE id = ANY(%s)", [whole])
    named = dict(found.select("code", "id").iter_rows())
    wanted = sorted({code.strip().lower()[:8] for code in codes if code.strip()})
    missing = [code for code in wanted if code not in named]
    if missing:
        raise refuse(
            "kode-tak-dikenal",
            f"Kode {missing[0]} tidak ada dalam daftar wadah dan bulan tagihan ini.",
            "Salin delapan huruf pertama kode orangnya.",
        )
    return [int(named[code]) for code in wanted]


def worded(figures: dict[str, Any]) -> dict[str, Any]:
    """Figures of a settlement with what is said of each line: ``programmes, done, chased, own_*``."""
    said = {code: words for code, (_, words) in billcompare.CODES.items()}
    return {
        "programmes": figures["programmes"],
        "done": [{**r, "said": said[r["code"]], "act": ACTS[r["act"]]} for r in figures["done"]],
        "chased": [{**r, "said": said[r["code"]]} for r in figures["chased"]],
        "own_people": figures["own_people"],
        "own_idr": figures["own_idr"],
    }


def bill(number: str) -> Bill:
    """The bill of that number. Refused when there is none."""
    found = Bill.objects.filter(number=number).first()
    if found is None:
        raise refuse("tagihan-tak-dikenal", f"Tagihan {number} belum diterima.", "Periksa nomornya.")
    return found


def newest(bill: Bill) -> Settlement:
    """The last settlement of a bill. Refused when none was proposed."""
    found = of_bill(bill).select_related("bill", "letter").first()
    if found is None:
        raise refuse(
            "belum-diusulkan",
            f"Penyelesaian tagihan {bill.number} belum diusulkan.",
            "Usulkan lebih dahulu dengan cara dan alasannya.",
        )
    return found


def of_bill(bill: Bill) -> QuerySet[Settlement]:
    """Every settlement of a bill, the newest first."""
    return Settlement.objects.filter(bill=bill).order_by("-pk")


def unsigned() -> QuerySet[Settlement]:
    """Approved, and not signed yet: the oldest twenty."""
    return Settlement.objects.filter(state="approved", way="accept").order_by("pk")[:20]
