"""``jaring enrol``: decree, batch, answers, bills, payments, mutations, closing, letters, standing."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from jaring.cli import django_ready, new_file
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.facts.rupiah import written

_SAID = {
    "files": "berkas",
    "known": "sudah dikenal",
    "held": "ditahan",
    "accepted": "diterima",
    "rejected": "ditolak",
    "pending": "ditunda",
    "enrolled": "bulan terdaftar",
    "refused_months": "bulan ditolak",
    "told": "tidak cocok (lihat `jaring enrol status`)",
    "bills": "tagihan baru",
    "lines": "rincian baru",
    "matched": "cocok",
    "different": "selisih",
    "withdrawn": "diganti",
    "payments": "pembayaran",
    "months": "bulan-orang",
    "mutations": "mutasi",
    "places": "tempat kosong",
    "people": "orang",
    "taken": "sudah ada pembayar",
    "replacements": "pengganti",
    "overdue": "menunggak",
    "lapsed": "gugur",
    "batches": "batch",
    "carried_on": "diteruskan",
}


def add(commands: Any) -> None:
    enrol = commands.add_parser("enrol", help="dari SK sampai bulan yang dibayar")
    does = enrol.add_subparsers(dest="do", required=True, metavar="LANGKAH")
    by = argparse.ArgumentParser(add_help=False)
    by.add_argument("--by", default="disnakertrans", help="siapa yang mengerjakan")
    by.add_argument("--json", action="store_true", help="hasil untuk mesin")
    month = argparse.ArgumentParser(add_help=False)
    month.add_argument("--month", required=True, type=Month.parse, help="bulan, TTTT-BB")
    check = argparse.ArgumentParser(add_help=False)
    check.add_argument("--checker", help="siapa yang menyetujui; harus orang lain")
    files = argparse.ArgumentParser(add_help=False)
    files.add_argument("folder", type=Path, help="berkas, atau folder berisi berkas")

    decree = does.add_parser("decree", parents=[month, by, check], help="rancangan SK, dan penetapannya")
    decree.add_argument("--number", help="nomor SK yang ditandatangani")
    decree.add_argument("--date", type=dt.date.fromisoformat, help="tanggal SK, TTTT-BB-HH")
    decree.add_argument("--annex", type=new_file, help="tulis lampiran SK (PDF) ke sini")
    batch = does.add_parser("batch", parents=[month, by, check], help="kelompok kirim ke BPJS")
    batch.add_argument("--out", type=Path, default=Path("keluar"), help="folder berkas kirim")
    does.add_parser("answers", parents=[files, by], help="jawaban BPJS (jawaban-*)")
    does.add_parser("bills", parents=[files, by], help="tagihan BPJS (tagihan-*)")
    does.add_parser("pay", parents=[files, by], help="SP2D (sp2d*)")
    does.add_parser("mutate", parents=[files, by], help="mutasi bulanan (mutasi*)")
    does.add_parser("close", parents=[month, by], help="tutup bulan: tunggakan, gugur, tempat kosong")
    letter = does.add_parser(
        "letter", parents=[month], help="surat pengantar, berita acara, atau lampiran SPP"
    )
    letter.add_argument("kind", choices=["pengantar", "rekonsiliasi", "spp"])
    letter.add_argument("--until", type=Month.parse, help="bulan terakhir (rekonsiliasi)")
    letter.add_argument("--bills", default="", help="nomor tagihan, dipisah titik koma (spp)")
    letter.add_argument("--fund", default="", help="sumber dana yang disebut (spp)")
    letter.add_argument("--number", required=True, help="nomor surat")
    letter.add_argument("--date", type=dt.date.fromisoformat, default=dt.date.today(), help="tanggal surat")
    letter.add_argument("--out", type=new_file, required=True, help="berkas PDF")
    does.add_parser("status", parents=[month, by], help="keadaan bulan-orang, tagihan, yang tidak cocok")
    settle = does.add_parser(
        "settle", parents=[by, check], help="selesaikan tagihan yang berbeda: usul, setuju, tanda tangan"
    )
    settle.add_argument("bill", metavar="TAGIHAN", help="nomor tagihan")
    settle.add_argument("--way", choices=["accept", "ask"], help="bayar menurut kesepakatan, atau minta baru")
    settle.add_argument("--why", help="alasannya; masuk berita acara dan jurnal")
    settle.add_argument("--without", default="", help="kode orang yang tidak ditagih, dipisah titik koma")
    settle.add_argument("--signed", type=dt.date.fromisoformat, help="tanggal ditandatangani, TTTT-BB-HH")
    settle.add_argument("--minutes", type=new_file, help="tulis berita acara (PDF) ke sini")
    enrol.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    django_ready()
    steps = {
        "decree": _decree,
        "batch": _batch,
        "close": _close,
        "letter": _letter,
        "settle": _settle,
        "status": _status,
    }
    return steps.get(args.do, _files)(args)


def _decree(args: argparse.Namespace) -> int:
    from django.conf import settings

    from jaring.enrolment import actions, paperwork_annex

    draft = actions.decree(args.month, by=args.by)
    if draft is None:
        return _say(args, {"people": 0}, "Semua yang terdanai sudah ada dalam SK.")
    counts = {
        "number": draft.number,
        "people": draft.people,
        "months": draft.months,
        "total_idr": draft.total_idr,
    }
    text = f"{draft.number}: {draft.people} orang, {draft.months} bulan-orang, {written(draft.total_idr)}"
    if args.checker:
        done = actions.approve_decree(draft, by=args.checker, number=args.number, date=args.date)
        counts |= done
        draft.refresh_from_db()
        text += f"; ditetapkan oleh {args.checker}"
    if args.annex:
        about = f"Penerima bantuan iuran jaminan sosial ketenagakerjaan mulai {args.month.name}"
        place = region(str(settings.REGION))
        paperwork_annex.annex(draft, place, args.annex, about=about)
        text += f"; lampiran di {args.annex}"
    _say(args, counts, text)
    return 0 if args.checker else 1


def _batch(args: argparse.Namespace) -> int:
    from django.conf import settings

    from jaring.enrolment import actions

    made = actions.make_batches(args.month, by=args.by)
    made += actions.make_follow_up(args.month, by=args.by)
    counts: dict[str, Any] = {"batches": len(made), "people": sum(b.people for b in made)}
    if args.checker:
        place = region(str(settings.REGION))
        counts["files"] = len(actions.approve_batches(args.month, args.out, region=place, by=args.checker))
    _say(args, counts)
    return 0 if args.checker else 1


def _files(args: argparse.Namespace) -> int:
    from jaring.decide.local import settings
    from jaring.enrolment import actions

    if args.do == "answers":
        counts = actions.read_answers(args.folder, by=args.by)
    elif args.do == "bills":
        counts = actions.read_bills(args.folder, by=args.by, settings=settings())
    elif args.do == "pay":
        counts = actions.read_payments(args.folder, by=args.by)
    else:
        counts = actions.read_mutations(args.folder, by=args.by)
    _say(args, counts)
    return 1 if any(counts.get(name) for name in ("held", "told", "different")) else 0


def _close(args: argparse.Namespace) -> int:
    from jaring.decide.local import settings
    from jaring.enrolment import actions

    return _say(args, actions.month_close(args.month, by=args.by, settings=settings()))


def _letter(args: argparse.Namespace) -> int:
    from django.conf import settings

    from jaring.decide.local import settings as own
    from jaring.enrolment import paperwork

    place = region(str(settings.REGION))
    head = {"number": args.number, "date": args.date}
    if args.kind == "pengantar":
        paperwork.cover(args.month, place, args.out, **head)
    elif args.kind == "rekonsiliasi":
        paperwork.minutes(args.month, args.until or args.month, place, args.out, **head)
    else:
        bills = [n.strip() for n in args.bills.split(";") if n.strip()]
        paperwork.payment_request(bills, place, args.out, fund=args.fund, settings=own(), **head)
    print(args.out)
    return 0


def _settle(args: argparse.Namespace) -> int:
    from django.conf import settings

    from jaring.decide.local import settings as own
    from jaring.enrolment import actions, paperwork_settlement, settling

    bill = settling.bill(args.bill)
    if args.way:
        codes = args.without.split(";") if args.way == "accept" else []
        released = settling.by_codes(bill, codes)
        actions.propose_settlement(
            bill, args.way, args.why or "", by=args.by, released=released, settings=own()
        )
    one = settling.newest(bill)
    if args.checker:
        one = actions.approve_settlement(one, by=args.checker)
    if args.signed:
        one = actions.sign_settlement(one, signed_on=args.signed, by=args.by)
    if args.minutes:
        paperwork_settlement.minutes(one, region(str(settings.REGION)), args.minutes)
    counts = {name: getattr(one, name) for name in ("state", "way", "people", "agreed_idr", "released_idr")}
    said = f"{args.bill}: {settling.WAYS[one.way]}, {settling.STATES[one.state]}"
    if one.way == "accept":
        said += f"; {one.people} orang {written(one.agreed_idr)}"
    _say(args, counts, said)
    return 0 if one.state == "signed" or (one.way, one.state) == ("ask", "approved") else 1


def _status(args: argparse.Namespace) -> int:
    from jaring.decide.local import settings
    from jaring.enrolment import standing

    found = standing.of(args.month, settings())
    if args.json:
        print(json.dumps(found, ensure_ascii=False, default=str))
        return 0
    print(f"Bulan iuran {args.month.name}")
    for row in found["states"]:
        print(f"  {row['title']:<14} {row['people']:>9,} orang  {written(row['idr'])}".replace(",", "."))
    for row in found["bills"]:
        print(f"  tagihan {row['state']:<22} {row['bills']:>5}  {written(row['idr'])}")
    if found["blocked_people"]:
        print(f"  klaim tertahan: {found['blocked_people']} ahli waris, {written(found['blocked_idr'])}")
    for row in found["told"]:
        print(f"  ! {row['sentence']}")
    return 0


def _say(args: argparse.Namespace, counts: dict[str, Any], text: str = "") -> int:
    if args.json:
        print(json.dumps(counts, ensure_ascii=False, default=str))
    else:
        listed = (f"{_SAID[k]} {v}" for k, v in counts.items() if k in _SAID and v)
        print(text or "; ".join(listed) or "Tidak ada yang baru.")
    return 0
