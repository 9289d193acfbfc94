"""``jaring world``: make the invented regency, answer its batches, pay its bills."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from jaring.facts.reason import refuse
from jaring.world import making


def add(commands: Any) -> None:
    """The command and its three verbs; importing this costs nothing that is not used."""
    world = commands.add_parser("world", help="kabupaten rekaan: daftar, penanggung, dan kas untuk percobaan")
    verbs = world.add_subparsers(dest="verb", required=True, metavar="KERJA")
    make = verbs.add_parser("make", help="buat kabupaten rekaan dengan daftar setiap kantor")
    make.add_argument("out", type=Path, help="folder tujuan; isinya diganti")
    make.add_argument("--region", default="lotim", help="wilayah (bawaan: lotim)")
    make.add_argument("--seed", type=int, default=1, help="angka acak; angka sama, hasil sama")
    make.add_argument("--size", choices=["full", "small"], default="small", help="ukuran (bawaan: small)")
    make.add_argument("--json", action="store_true", help="ringkasan untuk mesin")
    make.set_defaults(run=_make)


def _make(args: argparse.Namespace) -> int:
    _careful(args.out)
    say = (lambda line: None) if args.json else (lambda line: print(line, flush=True))
    counts = making.make(args.region, args.seed, args.size, args.out, say)
    print(json.dumps(counts) if args.json else f"selesai: {args.out}")
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
