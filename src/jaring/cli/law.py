"""``jaring law``: what the law says on a day, and one case explained line by line."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jaring.cli import new_file
from jaring.decide.local import settings
from jaring.decide.pricing import price_file
from jaring.facts.reason import refuse
from jaring.facts.rupiah import written
from jaring.law import changes, explain, in_force, wording
from jaring.law.loader import LawError, group
from jaring.law.price.rule import MONTHLY
from jaring.law.settings import LocalSetting


def add(commands: Any) -> None:
    law = commands.add_parser("law", help="hukum: nilai yang berlaku dan penjelasan satu perkara")
    kinds = law.add_subparsers(dest="law", required=True, metavar="PERINTAH")

    values = kinds.add_parser("values", help="nilai yang berlaku pada satu hari, dengan pasalnya")
    values.add_argument("--on", required=True, help="hari, misalnya 2026-04-01")
    values.add_argument("--only", default="", help="hanya kunci yang diawali ini, misalnya bpu")
    values.add_argument("--json", action="store_true", help="untuk mesin")
    values.set_defaults(run=show_values)

    one = kinds.add_parser("explain", help="satu perkara: langkah, nilai, pasal, peringatan")
    one.add_argument("--about", metavar="HAL", help="bukan iuran melainkan hal lain, misalnya benefits.jkk")
    one.add_argument("--given", action="append", default=[], metavar="NAMA=NILAI", help="keterangan hal itu")
    one.add_argument("--file", type=Path, help="berkas JSON berisi keterangan perkara")
    one.add_argument("--json", action="store_true", help="untuk mesin")
    for name in explain.INPUTS:
        one.add_argument(f"--{name.replace('_', '-')}", dest=f"fact_{name}", metavar="NILAI")
    one.set_defaults(run=show_case)

    diff = kinds.add_parser("diff", help="apa yang berubah antara dua hari, dan siapa yang terkena")
    diff.add_argument("dates", nargs=2, metavar="HARI", help="misalnya 2026-12-31 2027-01-01")
    diff.add_argument("--only", default="", help="hanya kunci yang diawali ini, misalnya discount")
    diff.add_argument("--json", action="store_true", help="untuk mesin")
    diff.set_defaults(run=show_changes)

    many = kinds.add_parser("price", help="harga satu berkas perkara: CSV masuk, CSV keluar (docs/doors.md)")
    many.add_argument("cases", type=Path, metavar="PERKARA.csv", help="satu baris satu perkara")
    many.add_argument("out", type=new_file, metavar="HASIL.csv", help="kolom yang sama dan harganya")
    many.add_argument("--strict", action="store_true", help="kode keluar 1 bila ada perkara tanpa harga")
    many.add_argument("--json", action="store_true", help="ringkasan untuk mesin")
    many.set_defaults(run=price_cases)


def show_values(args: argparse.Namespace) -> int:
    """Every value in force, one line each."""
    held = [one for key, one in in_force(_day(args.on), settings()).items() if key.startswith(args.only)]
    if args.json:
        json.dump([_as_dict(one) for one in held], sys.stdout, ensure_ascii=False, indent=1)
        return 0
    for one in held:
        mark = f"  [{one.warning}]" if one.warning else ""
        print(f"{one.key:45} {one.text:20} {one.dated.article}{mark}")
    return 0


def show_changes(args: argparse.Namespace) -> int:
    """What is another on the later day: before, after, article, whom it touches."""
    one, other = map(_day, args.dates)
    found = [change for change in changes.between(one, other, settings()) if change.key.startswith(args.only)]
    if args.json:
        json.dump([_change(change) for change in found], sys.stdout, ensure_ascii=False, indent=1)
        return 0
    for change in found:
        print(f"{change.title}: {change.about} ({change.key})")
        for word, held in (("sebelum", change.before), ("sesudah", change.after)):
            mark = f" [{held.warning}]" if held and held.warning else ""
            print(f"  {word} {f'{held.text} ({held.dated.article}){mark}' if held else 'tidak berlaku'}")
        print(f"  sejak   {', '.join(day.isoformat() for day in change.days)}")
        print(f"  bagi    {_touched(change)}")
    print(f"{len(found)} nilai berubah")
    return 0


def _touched(change: changes.Change) -> str:
    every = len(change.segments) == len(group("segments"))
    segments = ["semua segmen"] if every else [wording.code(one) for one in change.segments]
    return ", ".join([*map(wording.code, change.kinds), *segments])


def show_case(args: argparse.Namespace) -> int:
    """The lines of one case; exit 1 where the law gives no price."""
    facts: dict[str, Any] = {}
    try:
        if args.file:
            facts.update(json.loads(args.file.read_text(encoding="utf-8")))
        facts.update(pair.split("=", 1) for pair in args.given)
        flags = {name: getattr(args, f"fact_{name}") for name in explain.INPUTS}
        facts.update({name: text for name, text in flags.items() if text is not None})
        found = (
            explain.question(args.about, facts, settings()) if args.about else explain.case(facts, settings())
        )
    except (LawError, ValueError, OSError) as problem:
        raise refuse("perkara-keliru", str(problem), "Perbaiki keterangan perkaranya.") from None
    if args.json:
        json.dump(found.as_dict(), sys.stdout, ensure_ascii=False, indent=1)
    else:
        _print(found)
    refused = any(one["severity"] == "error" for one in found.reasons)
    return 1 if found.answer.get("price_reason") or found.answer.get("reason") or refused else 0


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
    if "iuran_idr" in found.answer:
        total = found.answer["iuran_idr"]
        print(f"{_sum_of(found.answer):34} {'tidak ada' if total is None else written(total):>16}")
        if found.answer.get("amount_idr") is not None and total is not None:
            left = written(found.answer["left_idr"])
            print(f"{'Bulan yang terbeli':34} {found.answer['months']:>16}  (sisa {left})")
    for sentence in found.outlook:
        print(f"> {sentence}")
    for one in found.reasons:
        print(f"- [{one['code']}] {one['sentence']} ({one['article']}; {one['confidence']})")
        if one["severity"] == "error" and one["mend"]:
            print(f"  {one['mend']}")


def _sum_of(answer: dict[str, Any]) -> str:
    if answer.get("months") is not None:
        return f"Iuran {answer['months']} bulan"
    return "Iuran sebulan" if answer["kind"] in MONTHLY else "Iuran yang dibayar"


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
        "setting": asdict(one.setting) | _dates(one.setting) if one.setting else None,
    }


def _dates(setting: LocalSetting) -> dict[str, Any]:
    until = setting.date_to.isoformat() if setting.date_to else None
    return {"date_from": setting.date_from.isoformat(), "date_to": until}


def _change(change: changes.Change) -> dict[str, Any]:
    return {
        "key": change.key,
        "title": change.title,
        "about": change.about,
        "before": _as_dict(change.before) if change.before else None,
        "after": _as_dict(change.after) if change.after else None,
        "days": [day.isoformat() for day in change.days],
        "kinds": list(change.kinds),
        "segments": list(change.segments),
    }


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise refuse("tanggal-keliru", f"Bukan tanggal: {text}.", "Tulis TTTT-BB-HH.") from None
