"""``jaring fund``: budgets in, a proposal beside its optimum, the approval of a second person."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from jaring.cli import django_ready
from jaring.facts.month import Month
from jaring.facts.rupiah import written


def add(commands: Any) -> None:
    """Register the command."""
    room = commands.add_parser("fund", help="dana: anggaran, usulan, persetujuan, antrean")
    parts = room.add_subparsers(dest="part", required=True, metavar="BAGIAN")

    load = parts.add_parser("load", help="muat berkas anggaran (DPA, DPPA, APB Desa, perjanjian)")
    load.add_argument("file", type=Path, help="XLSX, XLS, ODS, atau CSV")
    load.add_argument("--by", required=True, help="siapa yang memuat")
    load.set_defaults(run=_load)

    propose = parts.add_parser("propose", help="bagi dana menurut aturan dan bandingkan dengan optimum")
    propose.add_argument("--month", required=True, help="bulan, TTTT-BB")
    propose.add_argument("--by", required=True, help="siapa yang mengusulkan")
    propose.add_argument("--json", action="store_true", help="untuk mesin")
    propose.set_defaults(run=_propose)

    approve = parts.add_parser("approve", help="setujui usulan; bukan oleh pembuatnya")
    approve.add_argument("number", type=int, help="nomor usulan")
    approve.add_argument("--by", required=True, help="siapa yang menyetujui")
    approve.set_defaults(run=_approve)

    show = parts.add_parser("show", help="dana dengan pagu, komitmen, realisasi, dan sisanya")
    show.add_argument("--json", action="store_true", help="untuk mesin")
    show.set_defaults(run=_show)

    queue = parts.add_parser("waiting", help="antrean sebuah usulan menurut alasan")
    queue.add_argument("number", type=int, help="nomor usulan")
    queue.add_argument("--json", action="store_true", help="untuk mesin")
    queue.set_defaults(run=_waiting)


def _load(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.funding.actions import load_budgets

    funds = load_budgets(args.file, by=args.by)
    print(f"{len(funds)} dana dalam berkas, pagu {written(sum(fund.budget_idr for fund in funds))}.")
    return 0


def _propose(args: argparse.Namespace) -> int:
    month = Month.parse(args.month)
    django_ready()
    from jaring.cycle.deciding import offers
    from jaring.decide.models import Decision
    from jaring.facts.reason import refuse
    from jaring.funding.actions import propose
    from jaring.funding.sources import order_of

    if not Decision.objects.filter(month=month.first, superseded_at=None).exists():
        raise refuse(
            "belum-diputus",
            f"Belum ada keputusan hukum untuk {month.name}.",
            f"Jalankan lebih dahulu: jaring run FOLDER --month {month} --stage decide",
        )
    order = order_of(month)
    proposal = propose(month, offers(month), by=args.by, order=order)
    said = summary(proposal)
    print(json.dumps(said, ensure_ascii=False) if args.json else "\n".join(in_words(said)))
    return 0


def summary(proposal: Any) -> dict[str, Any]:
    """A proposal for machines: what the rule gives, what the optimum would, what lies between."""
    bound = proposal.bound_weighted
    return {
        "proposal": proposal.pk,
        "month": f"{proposal.month:%Y-%m}",
        "state": proposal.state,
        "sources": list(proposal.sources),
        "candidates": proposal.candidates,
        "rule": {
            "people": proposal.funded,
            "total_idr": proposal.funded_idr,
            "weighted_months": proposal.rule_weighted,
        },
        "optimum": {
            "people": proposal.optimum_people,
            "total_idr": proposal.optimum_idr,
            "weighted_months": proposal.optimum_weighted,
            "bound": bound,
        },
        "rule_loses": round(1 - proposal.rule_weighted / bound, 6) if bound else 0.0,
        "waiting": proposal.waiting,
    }


def in_words(said: dict[str, Any]) -> list[str]:
    """The same for people."""
    rule, best = said["rule"], said["optimum"]
    lost = f"{said['rule_loses'] * 100:.2f}".replace(".", ",")
    return [
        f"Usulan {said['proposal']} untuk {said['month']} ({said['state']}), urutan sumber: "
        f"{', '.join(said['sources'])}.",
        f"Menurut aturan: {_number(rule['people'])} dari {_number(said['candidates'])} orang, "
        f"{written(rule['total_idr'])}, {_number(rule['weighted_months'])} bulan-orang berbobot.",
        f"Optimum (saran): {_number(best['people'])} orang, {written(best['total_idr'])}, "
        f"{_number(best['weighted_months'])} bulan-orang berbobot; batas atas {_number(best['bound'])}.",
        f"Aturan kehilangan {lost} % terhadap batas atas. Bobot: sepertiga pertama antrean 3, "
        "kedua 2, ketiga 1.",
        f"Tidak didanai: {_number(said['waiting'])} orang, masing-masing dengan urutan dan alasan.",
        "Yang disetujui adalah usulan menurut aturan; optimum hanya pembanding.",
    ]


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _approve(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.funding.actions import approve

    proposal = approve(args.number, by=args.by)
    print(
        f"Usulan {proposal.pk} disetujui: {_number(proposal.funded)} orang, {written(proposal.funded_idr)}."
    )
    return 0


def _show(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.funding.register import disagreements, funds

    rows, wrong = funds(), disagreements()
    if args.json:
        said = {"funds": rows.to_dicts(), "disagreements": wrong.to_dicts()}
        print(json.dumps(said, ensure_ascii=False, default=str))
        return 1 if wrong.height else 0
    for row in rows.iter_rows(named=True):
        print(
            f"{row['fund']} ({row['month_from']:%Y-%m} s.d. {row['month_to']:%Y-%m}): "
            f"pagu {written(row['budget_idr'])}, komitmen {written(row['committed_idr'])}, "
            f"dibayar {written(row['spent_idr'])}, sisa {written(row['available_idr'])}"
        )
    for row in wrong.iter_rows(named=True):
        print(f"TIDAK COCOK dengan buku besar: {row['fund']}")
    return 1 if wrong.height else 0


def _waiting(args: argparse.Namespace) -> int:
    django_ready()
    import polars as pl

    from jaring.funding.reasons import reason
    from jaring.funding.register import waiting

    counted = (
        waiting(args.number)
        .group_by("reason", "source", "fund")
        .agg(people=pl.len(), first_rank=pl.col("rank").min())
        .sort("people", descending=True)
    )
    if args.json:
        print(json.dumps(counted.to_dicts(), ensure_ascii=False))
        return 0
    for row in counted.iter_rows(named=True):
        known = reason(row["reason"])
        where = row["fund"] or row["source"]
        print(
            f"{_number(row['people'])} orang, mulai urutan {_number(row['first_rank'])}"
            f"{f' ({where})' if where else ''}: {known.sentence if known else row['reason']}"
        )
    return 0
