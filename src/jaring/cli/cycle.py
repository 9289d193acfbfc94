"""``jaring run``: a month from the inbox to counted coverage, or one stage of it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from jaring.cli import django_ready
from jaring.cycle.job import said, shown
from jaring.facts.month import Month
from jaring.facts.region import region


def add(commands: Any) -> None:
    run_ = commands.add_parser("run", help="kerjakan satu bulan, dari daftar masuk sampai cakupan terhitung")
    run_.add_argument("inbox", type=Path, help="folder berisi daftar, anggaran, jawaban BPJS, dan SP2D")
    run_.add_argument("--month", required=True, help="bulan, TTTT-BB")
    run_.add_argument("--outbox", type=Path, help="folder hasil (bawaan: KELUAR di samping folder masuk)")
    run_.add_argument("--by", default="disnakertrans", help="siapa yang mengerjakan")
    run_.add_argument("--checker", help="siapa yang menyetujui; harus orang lain. tanpa ini menunggu")
    run_.add_argument("--stage", help="kerjakan satu tahap saja")
    run_.add_argument("--region", default="lotim")
    run_.add_argument("--json", action="store_true", help="ringkasan untuk mesin")
    run_.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.cycle.actions import run as run_month
    from jaring.cycle.job import Job

    month = Month.parse(args.month)
    outbox = args.outbox or args.inbox.parent / "keluar"
    with _Screen(quiet=args.json) as screen:
        job = Job(
            month=month,
            region=region(args.region),
            inbox=args.inbox,
            outbox=outbox,
            by=args.by,
            checker=args.checker,
            progress=screen.progress,
        )
        steps = run_month(job, args.stage, screen.told)
    if args.json:
        steps_told = [
            {
                "stage": s.name,
                "done": s.done,
                "waits_for": s.waits_for,
                "counts": s.counts,
                "seconds": s.seconds,
            }
            for s in steps
        ]
        print(json.dumps({"month": str(month), "stages": steps_told}, ensure_ascii=False, default=str))
    else:
        waiting = [s.waits_for for s in steps if not s.done]
        for line in dict.fromkeys(waiting):
            print(f"Menunggu: {line}")
    return 1 if any(not s.done for s in steps) else 0


class _Screen:
    """A progress bar while a stage works, a line with its result when it is done."""

    def __init__(self, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.console = Console(stderr=quiet, quiet=quiet, highlight=False)
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=quiet or not sys.stdout.isatty(),
        )
        self.task: Any = None

    def __enter__(self) -> _Screen:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def progress(self, what: str, done: int, of: int) -> None:
        if self.task is None:
            self.task = self.bar.add_task(what, total=of)
        self.bar.update(self.task, description=what, completed=done, total=of)

    def told(self, stage: Any, result: Any, seconds: float) -> None:
        if self.task is not None:
            self.bar.remove_task(self.task)
            self.task = None
        mark = "[yellow]menunggu[/]" if result.waits_for else "[green]selesai[/] "
        self.console.print(f"{mark} {stage.title} ({seconds:.1f} dtk)")
        for name, value in result.counts.items():
            self.console.print(f"           {said(name)}: {shown(name, value)}")
