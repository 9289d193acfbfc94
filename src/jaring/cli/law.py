"""``jaring law``: what the law says on a day, and one case explained line by line."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jaring.decide.local import settings
from jaring.decide.pricing import price_file
from jaring.facts.reason import refuse
from jaring.facts.rupiah import written
from jaring.law import explain, in_force
from jaring.law.loader import LawError


def add(commands: Any) -> None:
    law = commands.add_parser("law", help="hukum: nilai yang berlaku dan penjelasan satu perkara")
    kinds = law.add_subparsers(dest="law", required=True, metavar="PERINTAH")

    values = kinds.add_parser("values", help="nilai yang berlaku pada satu hari, dengan pasalnya")
    values.add_argument("--on", required=True, help="hari, misalnya 2026-04-01")
    values.add_argument("--only", default="", help="hanya kunci yang diawali ini, misalnya bpu")
    values.add_argument("--json", action="store_true", help="untuk mesin")
    values.set_defaults(run=show_values)

    one = kinds.add_parser("explain", help="satu perkara: langkah, nilai, pasal, peringatan")
    one.add_argument("--file", type=Path, help="berkas JSON berisi keterangan perkara")
    one.add_argument("--json", action="store_true", help="untuk mesin")
    for name in explain.INPUTS:
        one.add_argument(f"--{name.replace('_', '-')}", dest=f"fact_{name}", metavar="NILAI")
    one.set_defaults(run=show_case)

    many = kinds.add_parser("price", help="harga satu berkas perkara: CSV masuk, CSV keluar (docs/doors.md)")
    many.add_argument("cases", type=Path, metavar="PERKARA.csv", help="satu baris satu perkara")
    many.add_argument("out", type=Path, metavar="HASIL.csv", help="kolom yang sama dan harganya")
    many.add_argument("--strict", action="store_true", help="kode keluar 1 bila ada perkara tanpa harga")
    many.add_argument("--json", action="store_true", help="ringkasan untuk mesin")
    many.set_defaults(run=price_cases)


def show_values(args: argparse.Namespace) -> int:
    """Every value in force, one line each."""
    try:
        day = dt.date.fromisoformat(args.on)
    except ValueError:
        raise refuse("tanggal-keliru", f"Bukan tanggal: {args.on}.", "Tulis TTTT-BB-HH.") from None
    held = [one for key, one in in_force(day, settings()).items() if key.startswith(args.only)]
    if args.json:
        json.dump([_as_dict(one) for one in held], sys.stdout, ensure_ascii=False, indent=1)
        return 0
    for one in held:
        mark = f"  [{one.warning}]" if one.warning else ""
        print(f"{one.key:45} {one.text:20} {one.dated.article}{mark}")
    return 0


def show_case(args: argparse.Namespace) -> int:
    """The lines of one case; exit 1 where the law gives no price."""
    facts: dict[str, Any] = {}
    try:
        if args.file:
            facts.update(json.loads(args.file.read_text(encoding="utf-8")))
        flags = {name: getattr(args, f"fact_{name}") for name in explain.INPUTS}
        facts.update({name: text for name, text in flags.items() if text is not None})
        found = explain.case(facts, settings())
    except (LawError, ValueError, OSError) as problem:
        raise refuse("perkara-keliru", str(problem), "Perbaiki keterangan perkaranya.") from None
    if args.json:
        json.dump(found.as_dict(), sys.stdout, ensure_ascii=False, indent=1)
    else:
        _print(found)
    return 1 if found.answer["price_reason"] or found.answer.get("reason") else 0


def price_cases(args: argparse.Namespace) -> int:
    """A file priced; a case without a price says why in its own row and stops no other."""
    done = price_file(args.cases, args.out, settings())
    if args.json:
        json.dump(asdict(done), sys.stdout)
    else:
        print(f"{done.rows} perkara, {done.refused} tanpa harga, jumlah {written(done.total_idr)}")
    return 1 if args.strict and done.refused else 0


def _print(found: explain.Explained) -> None:
    for line in found.lines:
        print(f"{line.about:34} {line.value:>16}")
        for cite in line.cites:
            print(f"    {cite.text}: {cite.article} ({cite.confidence})")
    total = found.answer["iuran_idr"]
    print(f"{'Iuran sebulan':34} {'tidak ada' if total is None else written(total):>16}")
    for one in found.reasons:
        print(f"- [{one['code']}] {one['sentence']} ({one['article']}; {one['confidence']})")
        if one["severity"] == "error" and one["mend"]:
            print(f"  {one['mend']}")


def _as_dict(one: Any) -> dict[str, Any]:
    return {
        "key": one.key,
        "about": one.about,
        "value": one.text,
        "since": one.dated.since.isoformat(),
        "until": one.dated.until.isoformat() if one.dated.until else None,
        "article": one.dated.article,
        "confidence": one.dated.confidence,
        "source": one.dated.source,
        "note": one.dated.note,
        "warning": one.warning,
    }
