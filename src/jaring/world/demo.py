"""``jaring demo``: the invented regency, its month from lists to paid months, and the site that shows it."""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import platformdirs

MONTH = "2026-04"
#: Made last, so that a world whose making was cut short is made anew.
_WHOLE = "UTUH"


def add(commands: Any) -> None:
    demo = commands.add_parser("demo", help="peragaan: kabupaten rekaan, bulannya, dan situsnya")
    demo.add_argument("--folder", type=Path, help="tempat peragaan (bawaan: folder data pengguna)")
    demo.add_argument("--size", choices=["full", "small"], default="full")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--fresh", action="store_true", help="buang peragaan lama dan mulai lagi")
    demo.add_argument("--no-serve", action="store_true", help="kerjakan saja, jangan buka situs")
    demo.add_argument("--port", type=int, default=8000)
    demo.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Everything in one home of its own, marked as invented; repeated, it goes on where it stopped."""
    default = Path(platformdirs.user_data_dir("jaring-peragaan", appauthor=False))
    folder: Path = (args.folder or default).expanduser().resolve()
    if args.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    home = folder / "rumah"
    home.mkdir(parents=True, exist_ok=True)
    (home / "REKAAN").touch()
    os.environ["JARING_HOME"] = str(home)
    # Imported here: the settings are read from the home chosen above.
    from jaring.cli import django_ready, main
    from jaring.cli.serve import may_listen
    from jaring.facts.month import Month
    from jaring.facts.region import region
    from jaring.world import unfinished

    if not args.no_serve:
        may_listen("127.0.0.1", args.port)
    do = partial(_done, main)
    world = folder / "dunia"
    made = _timed(lambda: _world(do, world, args))
    spent = {"dunia rekaan dibuat": made, "basis data disiapkan": _timed(django_ready)}
    job = ["run", str(world / "inbox"), "--month", MONTH, "--outbox", str(folder / "keluar")]
    # The accounts that the demo opens afterwards, so that its pages call them by name.
    job += ["--by", "disnaker", "--checker", "kadis"]
    answers = world / "inbox" / "jawaban"
    outside = [
        ["world", "answer", str(folder / "keluar" / "kirim"), str(answers), "--seed", str(args.seed)],
        ["world", "pay", str(answers), str(world / "inbox" / "bpkad")],
    ]
    place = region("lotim")
    outside[1] += ["--except", unfinished.wadah(place)]
    outside[0] += ["--truth", str(world / "truth")]
    print(f"\n== {MONTH}: dari daftar sampai kelompok kirim ==", flush=True)
    work = _timed(lambda: do(job))
    print("\n== BPJS rekaan menjawab dan menagih ==", flush=True)
    others = _timed(lambda: do(outside[0]))
    print(f"\n== {MONTH}: jawaban dicocokkan, tagihan dihitung ulang ==", flush=True)
    work += _timed(lambda: do(job))
    print("\n== BPKAD rekaan membayar ==", flush=True)
    others += _timed(lambda: do(outside[1]))
    print(f"\n== {MONTH}: pembayaran dibukukan, cakupan dihitung ==", flush=True)
    work += _timed(lambda: do(job))
    spent |= {"pekerjaan sebulan (tiga kali jaring run)": work, "BPJS dan BPKAD rekaan": others}
    do(["officers", "demo-accounts"])
    unfinished.leave(Month.parse(MONTH), place)
    _told(spent, folder)
    if not args.no_serve:
        _serve(args.port)
    return 0


def _serve(port: int) -> NoReturn:
    """The site in this process's place: what has worked on everybody, and holds a month, serves no one."""
    command = "import sys; from jaring.cli import main; sys.exit(main(sys.argv[1:]))"
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-c", command, "serve", "--port", str(port)])  # noqa: S606


def _world(do: Callable[[list[str]], None], world: Path, args: argparse.Namespace) -> None:
    if (world / _WHOLE).exists():
        print(f"Dunia rekaan yang ada dipakai lagi: {world}")
        return
    shutil.rmtree(world, ignore_errors=True)
    do(["world", "make", "--size", args.size, "--seed", str(args.seed), str(world)])
    (world / _WHOLE).touch()


def _done(main: Callable[[list[str]], int], words: list[str]) -> None:
    """One command of the demo. What it could not do ends the demo: the next would stand on nothing."""
    code = main(words)
    if code > 1:
        raise SystemExit(code)


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _told(spent: dict[str, float], folder: Path) -> None:
    print()
    for what, seconds in spent.items():
        print(f"{what}: {seconds:.0f} detik")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"memori terbanyak satu proses: {peak / 1_048_576:.1f} GB")
    print("Di situs, setiap peran di atas terbuka dengan satu tekan, dan satu bulan dapat dijalani bersama.")
    print(f"Berkas masuk: {folder / 'dunia' / 'inbox'}")
    print(f"Berkas keluar, surat, dan jawaban daftar: {folder / 'keluar'}")
