"""``jaring ledger``: the trial balance, and the whole ledger as text for someone outside."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jaring.cli import django_ready
from jaring.facts.rupiah import written


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    room = commands.add_parser("ledger", help="buku besar: saldo dan salinan yang dapat dijumlah ulang")
    parts = room.add_subparsers(dest="part", required=True, metavar="BAGIAN")
    saldo = parts.add_parser("balance", help="saldo setiap dana")
    saldo.add_argument("--json", action="store_true", help="untuk mesin")
    saldo.set_defaults(run=_balance)
    salin = parts.add_parser("export", help="seluruh buku besar sebagai teks (format beancount)")
    salin.add_argument("file", nargs="?", type=Path, help="berkas tujuan; tanpa ini ke layar")
    salin.set_defaults(run=_export)


def _balance(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.ledger.arithmetic import off_balance
    from jaring.ledger.balance import by_fund, trial_balance

    funds, off = by_fund(), off_balance(trial_balance())
    if args.json:
        print(json.dumps({"off_balance_idr": off, "funds": funds.to_dicts()}, ensure_ascii=False))
        return 1 if off else 0
    for row in funds.iter_rows(named=True):
        print(
            f"{row['fund']}: pagu {written(row['pagu_idr'])}, komitmen {written(row['komitmen_idr'])}, "
            f"realisasi {written(row['realisasi_idr'])}, tersedia {written(row['tersedia_idr'])}, "
            f"utang iuran {written(row['utang_idr'])}"
        )
    print("Debit sama dengan kredit." if off == 0 else f"DEBIT DAN KREDIT BERBEDA {written(off)}.")
    return 1 if off else 0


def _export(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.ledger.balance import postings
    from jaring.ledger.export import lines

    if args.file is None:
        sys.stdout.writelines(lines(postings()))
        return 0
    with args.file.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines(postings()))
    print(f"Buku besar ditulis ke {args.file}.")
    return 0
