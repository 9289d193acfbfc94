"""``jaring world``: make the invented regency, answer its batches, pay its bills."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from jaring.facts.month import Month
from jaring.facts.reason import refuse
from jaring.world import demo


def add(commands: Any) -> None:
    """The command and its three verbs, and the demo; importing this costs nothing that is not used."""
    demo.add(commands)
    world = commands.add_parser("world", help="kabupaten rekaan: daftar, penanggung, dan kas untuk percobaan")
    verbs = world.add_subparsers(dest="verb", required=True, metavar="KERJA")
    make = verbs.add_parser("make", help="buat kabupaten rekaan dengan daftar setiap kantor")
    make.add_argument("out", type=Path, help="folder tujuan; isinya diganti")
    make.add_argument("--region", default="lotim", help="wilayah (bawaan: lotim)")
    make.add_argument("--seed", type=int, default=1, help="angka acak; angka sama, hasil sama")
    make.add_argument("--size", choices=["full", "small"], default="small", help="ukuran (bawaan: small)")
    make.add_argument("--json", action="store_true", help="ringkasan untuk mesin")
    make.set_defaults(run=_make)
    answer = verbs.add_parser("answer", help="penanggung rekaan: jawab batch dan kirim tagihan")
    answer.add_argument("outbox", type=Path, help="folder berkas batch")
    answer.add_argument("answers", type=Path, help="folder jawaban dan tagihan")
    answer.add_argument("--seed", type=int, default=1)
    answer.add_argument("--truth", type=Path, help="folder OUT/truth; tanpa ini hanya bentuk diperiksa")
    answer.add_argument(
        "--through", type=Month.parse, metavar="TTTT-BB", help="tagih peserta lama sampai bulan ini"
    )
    answer.add_argument("--trouble", default="", help="gangguan, dipisah koma: partial,late,duplicate")
    answer.add_argument("--json", action="store_true", help="ringkasan untuk mesin")
    answer.set_defaults(run=_answer)
    pay = verbs.add_parser("pay", help="kas rekaan: bayar tagihan dan tulis berkas SP2D")
    pay.add_argument("answers", type=Path, help="folder tagihan")
    pay.add_argument("inbox", type=Path, help="folder tujuan berkas SP2D")
    pay.add_argument("--except", dest="without", action="append", default=[], metavar="WADAH")
    pay.add_argument("--until", type=Month.parse, metavar="TTTT-BB", help="bulan terakhir yang dibayar")
    pay.add_argument("--date", type=dt.date.fromisoformat, help="tanggal SP2D, TTTT-BB-HH")
    pay.add_argument("--json", action="store_true", help="ringkasan untuk mesin")
    pay.set_defaults(run=_pay)


def _make(args: argparse.Namespace) -> int:
    from jaring.world import making

    _careful(args.out)
    say = (lambda line: None) if args.json else (lambda line: print(line, flush=True))
    counts = making.make(args.region, args.seed, args.size, args.out, say)
    print(json.dumps(counts) if args.json else f"selesai: {args.out}")
    return 0


def _answer(args: argparse.Namespace) -> int:
    from jaring.world import insurer

    trouble = tuple(t for t in args.trouble.split(",") if t)
    unknown = sorted(set(trouble) - set(insurer.TROUBLES))
    if unknown:
        raise refuse(
            "gangguan-tidak-dikenal",
            "Jenis gangguan tidak dikenal.",
            f"Pakai: {', '.join(insurer.TROUBLES)}.",
        )
    done = insurer.answer(
        args.outbox, args.answers, seed=args.seed, truth=args.truth, trouble=trouble, through=args.through
    )
    names = {
        "answers": [p.name for p in done.answers],
        "bills": [p.name for p in done.bills],
        "late": done.late,
    }
    if args.json:
        print(json.dumps(names))
    else:
        answers, bills = len(done.answers), len(done.bills)
        print(f"jawaban: {answers} berkas, tagihan: {bills} berkas, batch belum dijawab: {done.late}")
    return 0


def _pay(args: argparse.Namespace) -> int:
    from jaring.world import treasury

    path = treasury.pay(
        args.answers, args.inbox, without=tuple(args.without), until=args.until, day=args.date
    )
    if args.json:
        print(json.dumps({"sp2d": path.name if path else None}))
    else:
        print(f"SP2D: {path.name}" if path else "tidak ada tagihan yang dibayar")
    return 0


def _careful(out: Path) -> None:
    """Only an empty folder or an older world is written over."""
    if out.exists() and any(out.iterdir()) and not (out / "truth" / "people.parquet").exists():
        raise refuse(
            "folder-berisi",
            "Folder tujuan berisi berkas lain.",
            "Pilih folder kosong, atau folder kabupaten rekaan yang lama.",
        )


def main(argv: list[str] | None = None) -> int:
    """``python -m jaring.world``: the same verbs without the rest of the command."""
    parser = argparse.ArgumentParser(prog="jaring")
    add(parser.add_subparsers(dest="command", required=True))
    args = parser.parse_args(["world", *(sys.argv[1:] if argv is None else argv)])
    return int(args.run(args))
