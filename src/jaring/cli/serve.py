"""``jaring serve`` and ``jaring doctor``: the site, and whether this installation is sound."""

from __future__ import annotations

import argparse
from typing import Any

from jaring.cli import django_ready


def add(commands: Any) -> None:
    serve = commands.add_parser("serve", help="buka situs dari data di JARING_HOME")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="127.0.0.1")
    serve.set_defaults(run=run_serve)
    doctor = commands.add_parser("doctor", help="periksa apakah pemasangan ini sehat")
    doctor.set_defaults(run=run_doctor)


def run_serve(args: argparse.Namespace) -> int:
    django_ready(web=True)
    from granian import Granian
    from granian.constants import Interfaces

    print(f"Jaring terbuka di http://{args.host}:{args.port}/ (hentikan dengan Ctrl+C)", flush=True)
    server = Granian(
        "jaring.desk.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_enabled=False,
    )
    server.serve()
    return 0


def run_doctor(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.tables.health import findings

    found = findings()
    for finding in found:
        print(f"[{finding.severity}] {finding.code}: {finding.sentence} {finding.mend}".rstrip())
    print("Sehat." if not found else f"{len(found)} hal perlu dilihat.")
    return 1 if any(f.severity == "error" for f in found) else 0
