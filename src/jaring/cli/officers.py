"""``jaring officers``: accounts and their roles, from the server's own command line."""

from __future__ import annotations

import argparse
import datetime
import getpass
import json
import re
from typing import TYPE_CHECKING, Any

from jaring.cli import django_ready
from jaring.facts.rupiah import written
from jaring.officers.roles import ROLES

if TYPE_CHECKING:
    from jaring.officers.models import Officer


def add(commands: Any) -> None:
    room = commands.add_parser("officers", help="akun petugas, peran, dan wilayahnya")
    parts = room.add_subparsers(dest="part", required=True, metavar="BAGIAN")

    new = parts.add_parser("add", help="buat akun; kata sandi pertamanya dicetak sekali")
    new.add_argument("username", help="nama akun, huruf kecil")
    new.add_argument("--name", required=True, help="nama orangnya")
    new.add_argument("--office", required=True, help="kantornya")
    _by(new)
    new.set_defaults(run=_add)

    give = parts.add_parser("assign", help="beri peran untuk suatu masa")
    give.add_argument("username")
    give.add_argument("role", choices=sorted(ROLES), metavar="PERAN", help=", ".join(sorted(ROLES)))
    give.add_argument(
        "--until", required=True, type=datetime.date.fromisoformat, help="hari terakhir, TTTT-BB-HH"
    )
    give.add_argument(
        "--from", dest="start", type=datetime.date.fromisoformat, help="hari pertama (bawaan: hari ini)"
    )
    give.add_argument("--territory", nargs="*", default=[], help="kode kecamatan atau desa")
    give.add_argument("--kinds", nargs="*", default=[], help="jenis daftar, untuk peran dinas")
    give.add_argument(
        "--limit",
        type=_rupiah,
        metavar="RUPIAH",
        help="nilai terbesar yang boleh disetujui (bawaan: tanpa batas)",
    )
    _by(give)
    give.set_defaults(run=_assign)

    token = parts.add_parser("token", help="buat token untuk program yang bekerja sebagai satu akun")
    token.add_argument("username", help="akun yang diwakili; hak dan wilayahnya berlaku")
    token.add_argument("--purpose", required=True, help="program yang memakainya")
    token.add_argument(
        "--until", required=True, type=datetime.date.fromisoformat, help="hari terakhir, TTTT-BB-HH"
    )
    _by(token)
    token.set_defaults(run=_token)

    shown = parts.add_parser("list", help="akun, peran yang berlaku, dan masanya")
    shown.add_argument("--json", action="store_true", help="untuk mesin")
    shown.set_defaults(run=_list)

    demo = parts.add_parser("demo-accounts", help="akun siap pakai untuk setiap peran, hanya di peragaan")
    demo.add_argument("--json", action="store_true", help="untuk mesin")
    demo.set_defaults(run=_demo)

    code = parts.add_parser("demo-code", help="kode faktor kedua akun peragaan saat ini")
    code.add_argument("username")
    code.set_defaults(run=_code)


def _rupiah(text: str) -> int:
    """``500000000`` or ``500.000.000``."""
    plain = text.removeprefix("Rp").strip()
    if not re.fullmatch(r"\d+|\d{1,3}(\.\d{3})+", plain):
        raise argparse.ArgumentTypeError(
            f"tulis rupiah tanpa koma, misalnya 500.000.000; yang diterima: {text}"
        )
    return int(plain.replace(".", ""))


def _by(command: argparse.ArgumentParser) -> None:
    command.add_argument("--by", help="siapa yang mengerjakan (bawaan: pemakai komputer ini)")


def _who(args: argparse.Namespace) -> str:
    return args.by or f"server:{getpass.getuser()}"


def _add(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.officers.actions import make_officer

    officer, password = make_officer(args.username, args.name, args.office, by=_who(args))
    print(f"Akun {officer.username} dibuat. Kata sandi pertama: {password}")
    print("Berikan langsung kepada orangnya; ia harus menggantinya saat pertama masuk.")
    return 0


def _officer(username: str) -> Officer:
    from jaring.facts.reason import refuse
    from jaring.officers.models import Officer

    officer = Officer.objects.filter(username=username).first()
    if officer is None:
        raise refuse("akun-tidak-ada", f"Akun {username} tidak ada.", "Lihat `jaring officers list`.")
    return officer


def _assign(args: argparse.Namespace) -> int:
    django_ready()
    from django.utils import timezone

    from jaring.officers.actions import assign

    officer = _officer(args.username)
    given = assign(
        officer,
        args.role,
        by=_who(args),
        date_from=args.start or timezone.localdate(),
        date_to=args.until,
        territory=args.territory,
        kinds=args.kinds,
        limit_idr=args.limit,
    )
    span = f"dari {given.date_from} sampai {given.date_to}"
    upto = "" if given.limit_idr is None else f", menyetujui paling banyak {written(given.limit_idr)}"
    print(f"{officer.username} menjadi {ROLES[args.role].title} {span}{upto}.")
    return 0


def _token(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.officers.actions_token import issue

    secret = issue(_officer(args.username), args.purpose, args.until, by=_who(args))
    print(secret)
    print("Simpan sekarang; token ini tidak dapat ditampilkan lagi.")
    return 0


def _list(args: argparse.Namespace) -> int:
    django_ready()
    from django.utils import timezone

    from jaring.officers.models import Officer

    today = timezone.localdate()
    found: list[dict[str, Any]] = [
        {
            "username": officer.username,
            "name": officer.first_name,
            "office": officer.office,
            "active": officer.is_active,
            "roles": [
                {
                    "role": a.role,
                    "until": str(a.date_to),
                    "territory": a.territory,
                    "kinds": a.kinds,
                    "limit_idr": a.limit_idr,
                }
                for a in officer.assignments.all()
                if a.date_from <= today <= a.date_to
            ],
        }
        for officer in Officer.objects.prefetch_related("assignments").order_by("username")
    ]
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    for one in found:
        roles = "; ".join(
            " ".join(
                [r["role"], *r["territory"], *r["kinds"], f"sampai {r['until']}", *_upto(r["limit_idr"])]
            )
            for r in one["roles"]
        )
        state = roles or "tanpa peran"
        print(f"{one['username']}: {one['name']}, {one['office']}: {state if one['active'] else 'nonaktif'}")
    return 0


def _upto(limit_idr: int | None) -> list[str]:
    return [] if limit_idr is None else [f"(batas {written(limit_idr)})"]


def _demo(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.officers.actions_demo import demo_accounts

    ready = demo_accounts(by="peragaan")
    if args.json:
        print(json.dumps([vars(one) for one in ready], ensure_ascii=False))
        return 0
    for one in ready:
        factor = "  + kode" if one.second_factor else ""
        place = f" ({one.place})" if one.place else ""
        print(f"{one.username:<12} {one.password:<20} {ROLES[one.role].title}{place}{factor}")
    print("Yang bertanda kode meminta faktor kedua: jalankan `jaring officers demo-code NAMA`.")
    return 0


def _code(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.officers.actions_demo import demo_code

    print(demo_code(args.username))
    return 0
