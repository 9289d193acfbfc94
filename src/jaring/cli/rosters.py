"""``jaring rosters``: check one list and give it back with reasons, receive lists, show what was received."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from jaring.cli import django_ready, new_file

HELD_BACK = 1


def add(commands: Any) -> None:
    """Three commands; ``check`` needs no database."""
    room = commands.add_parser("rosters", help="periksa dan terima daftar nama")
    verbs = room.add_subparsers(dest="verb", required=True, metavar="PERINTAH")

    check = verbs.add_parser(
        "check", help="periksa satu berkas; berkasnya dikembalikan dengan alasan per baris"
    )
    check.add_argument("file", type=Path, metavar="BERKAS")
    check.add_argument("--office", default="", help="kantor pengirim")
    check.add_argument("--out", type=new_file, metavar="JAWABAN.xlsx", help="tempat berkas jawaban")
    check.add_argument("--kind", help="jenis daftar; tanpa ini dikenali dari isinya")
    check.add_argument(
        "--desa", metavar="KODE", help="kode desa bila daftar tidak menyebutnya, misalnya 52.03.01.2001"
    )
    check.add_argument("--mapping", type=Path, help='JSON arti judul kolom: {"judul": "field"}')
    check.add_argument(
        "--learnt", action="store_true", help="pakai juga arti judul kolom yang tersimpan untuk kantor ini"
    )
    check.add_argument("--json", action="store_true", help="hasil untuk mesin")
    check.set_defaults(run=_check)

    receive = verbs.add_parser("receive", help="simpan satu berkas, atau semua daftar di satu folder")
    receive.add_argument("path", type=Path, metavar="BERKAS|FOLDER")
    receive.add_argument("--office", help="kantor pengirim (untuk satu berkas)")
    receive.add_argument("--kind", help="jenis daftar (untuk satu berkas)")
    receive.add_argument("--desa", metavar="KODE", help="kode desa (untuk satu berkas)")
    receive.add_argument(
        "--out", type=Path, metavar="JAWABAN", help="berkas jawaban, atau folder untuk jawaban"
    )
    receive.add_argument("--by", default="baris-perintah", help="siapa yang menerima")
    receive.add_argument("--json", action="store_true", help="hasil untuk mesin")
    receive.set_defaults(run=_receive)

    shown = verbs.add_parser("list", help="daftar yang sudah diterima")
    shown.add_argument("--json", action="store_true", help="hasil untuk mesin")
    shown.set_defaults(run=_list)


def _check(args: argparse.Namespace) -> int:
    import datetime as dt
    import os

    from jaring.facts.reason import Refused
    from jaring.rosters.examination import examine

    meanings: dict[str, str] = {}
    if args.learnt:
        django_ready()
        from jaring.rosters.actions import learnt

        meanings |= learnt(args.office)
    if args.mapping:
        from jaring.rosters.synonyms import key

        meanings |= {key(head): field for head, field in json.loads(args.mapping.read_text("utf-8")).items()}
    try:
        found = examine(
            args.file,
            office=args.office,
            kind=args.kind,
            desa_code=args.desa,
            learnt=meanings,
            today=dt.date.today(),
            region_key=os.environ.get("JARING_REGION", "lotim"),
        )
    except Refused as refused:
        if args.json:
            reason = refused.reason
            told = {"code": reason.code, "sentence": reason.sentence, "mend": reason.mend}
            print(
                json.dumps(
                    {"file": args.file.name, "office": args.office, "refused": told},
                    ensure_ascii=False,
                    indent=1,
                )
            )
        raise
    told = found.summary()
    if args.out:
        from jaring.rosters import answered

        answered.write(found, args.out)
        told["answered"] = str(args.out)
    if args.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell(told, found.problems)
    return HELD_BACK if told["quarantined"] else 0


def _tell(told: dict[str, Any], problems: Any) -> None:
    from jaring.rosters.checks import BY_CODE

    print(f"{told['file']}: {told['kind_label']}")
    print(f"  dibaca {told['read']}, diterima {told['accepted']}, ditahan {told['quarantined']}")
    for code, count in told["by_code"].items():
        own = BY_CODE[code]
        print(f"  {count:>7}  {'DITAHAN ' if own.severity == 'error' else 'catatan '} {own.sentence}")
        first = problems.filter(problems["code"] == code).head(3)
        places = ", ".join(
            f"{sheet} baris {row}".strip() for sheet, row in first.select("sheet", "row_no").iter_rows()
        )
        print(f"           {places}{', …' if count > 3 else ''}. {own.mend}")
    if "answered" in told:
        print(f"  jawaban: {told['answered']}")


def _receive(args: argparse.Namespace) -> int:
    from jaring.facts.reason import refuse

    django_ready()
    from jaring.rosters import actions

    if args.path.is_dir():

        def progress(done: int, count: int, sentence: str) -> None:
            print(f"[{done}/{count}] {sentence}", file=sys.stderr)

        rosters = actions.receive_folder(args.path, by=args.by, progress=progress, answers=args.out)
    else:
        if not args.office:
            raise refuse("kantor-tidak-disebut", "Kantor pengirim belum disebut.", "Tambahkan --office NAMA.")
        rosters = [
            actions.receive(
                args.path,
                office=args.office,
                kind=args.kind,
                desa_code=args.desa,
                by=args.by,
                answer_to=args.out,
            )
        ]
    _show(rosters, args.json)
    return HELD_BACK if any(roster.quarantined for roster in rosters) else 0


def _list(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.rosters.models import Roster

    _show(list(Roster.objects.all()), args.json)
    return 0


def _show(rosters: list[Any], as_json: bool) -> None:
    names = ("id", "office", "file_name", "kind", "rows_in", "accepted", "quarantined", "state")
    if as_json:
        print(
            json.dumps(
                [{name: getattr(roster, name) for name in names} for roster in rosters],
                ensure_ascii=False,
                indent=1,
            )
        )
        return
    for roster in rosters:
        print(
            f"{roster.id:>6}  {roster.kind:<14} {roster.rows_in:>8} dibaca {roster.accepted:>8} diterima"
            f" {roster.quarantined:>7} ditahan  {roster.office}: {roster.file_name}"
        )
    print(f"{len(rosters)} daftar, {sum(r.rows_in for r in rosters)} baris", file=sys.stderr)
