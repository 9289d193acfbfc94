"""``jaring serve``, ``jaring work`` and ``jaring doctor``: the site, its long work, and its health."""

from __future__ import annotations

import argparse
import errno
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import nullcontext
from typing import Any

from jaring.cli import django_ready
from jaring.facts.reason import refuse

#: Seconds that a worker has to finish the work in hand before it is killed.
_PATIENCE = 8
_WORKER = [sys.executable, "-c", "from jaring.cli import main; main(['work', '--attended'])"]


def add(commands: Any) -> None:
    serve = commands.add_parser("serve", help="buka situs dari data di JARING_HOME")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="127.0.0.1")
    serve.set_defaults(run=run_serve)
    serve.add_argument("--no-worker", action="store_true", help="tanpa pengolah pekerjaan panjang")
    worker = commands.add_parser("work", help="kerjakan pekerjaan panjang yang menunggu")
    worker.add_argument("--until-empty", action="store_true", help="berhenti bila tidak ada yang menunggu")
    worker.add_argument("--attended", action="store_true", help="berhenti bila masukan bakunya ditutup")
    worker.set_defaults(run=run_work)
    doctor = commands.add_parser("doctor", help="periksa apakah pemasangan ini sehat")
    doctor.set_defaults(run=run_doctor)


def may_listen(host: str, port: int) -> None:
    """Refused when the address is taken or not ours to take: the server shares a port with its like, and
    half of the requests to an office's site would come to a demo."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as taken:
        if taken.errno == errno.EADDRINUSE:
            raise refuse(
                "alamat-terpakai",
                f"Alamat {host}:{port} sudah dipakai program lain.",
                "Hentikan program itu, atau pilih nomor lain dengan --port.",
            ) from taken
        raise refuse(
            "alamat-keliru",
            f"Situs tidak dapat dibuka di {host}:{port} ({(taken.strerror or '').partition(' (')[0]}).",
            "Periksa --host dan --port; nomor di bawah 1024 memerlukan hak pengelola komputer.",
        ) from taken


def run_serve(args: argparse.Namespace) -> int:
    may_listen(args.host, args.port)
    django_ready(web=True)
    from granian import Granian
    from granian.constants import Interfaces

    # Forked, it would have the threads of Polars without their life, and a page that asks them never ends.
    multiprocessing.set_start_method("spawn", force=True)
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
    with nullcontext() if args.no_worker else Kept(_WORKER):
        server.serve()
    return 0


class Kept:
    """A process kept running beside this one: started again when it dies, ended with the block."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.ending = threading.Event()
        self.watch = threading.Thread(target=self._keep, name="worker", daemon=True)

    def __enter__(self) -> Kept:
        self.watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self.watch.join()

    def _keep(self) -> None:
        while not self.ending.is_set():
            # The pipe tells it when we are gone, however we went; its end here closes with the block.
            # In a session of its own: Ctrl+C reaches it through us, after the work in hand.
            with subprocess.Popen(  # noqa: S603  our own command
                self.command, start_new_session=True, stdin=subprocess.PIPE
            ) as process:
                while process.poll() is None and not self.ending.wait(0.5):
                    pass
                self._end(process)
            self.ending.wait(2)

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        if process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            # Its work goes back to the queue at the next start.
            process.kill()


def run_work(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.cycle.work import serve

    if args.attended:
        threading.Thread(target=_leave_with_parent, daemon=True).start()
    serve(until_empty=args.until_empty)
    return 0


def _leave_with_parent() -> None:
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def run_doctor(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.officers.health import findings

    found = findings()
    for finding in found:
        print(f"[{finding.severity}] {finding.code}: {finding.sentence} {finding.mend}".rstrip())
    print("Sehat." if not found else f"{len(found)} hal perlu dilihat.")
    return 1 if any(f.severity == "error" for f in found) else 0
