"""The command ``jaring``: each file of this folder adds the commands of one room.

For: files in, files out, progress for people, ``--json`` for machines, exit codes for scripts
(0 done, 1 done with something held back where the command says so, 2 refused, 3 broken off by a fault
of disk, database or program, 130 stopped by the keyboard).
Never: holds logic; a command calls one function of a room and prints what it returns.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import pkgutil
import sys
from importlib.metadata import entry_points
from pathlib import Path

from jaring.facts.reason import Reason, Refused

REFUSED, BROKEN, STOPPED = 2, 3, 130


def django_ready(*, migrate: bool = True, web: bool = False) -> None:
    """Settings loaded, server started, tables up to date. Commands that need no database skip it.

    A command works on the whole regency; only ``web`` leaves that to each request's officer, and is
    refused in a process that has begun as the other: its requests would see everybody.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jaring.tables.settings")
    import django

    django.setup()
    if migrate:
        from jaring.tables.migrating import up_to_date

        up_to_date()
    from jaring.officers.scope import process_is_whole, whole_process

    if not web:
        whole_process()
    elif process_is_whole():
        raise RuntimeError("a process that works on the whole regency serves no requests")


def parser() -> argparse.ArgumentParser:
    """The whole command, put together from the files found here and the commands announced."""
    whole = argparse.ArgumentParser(
        prog="jaring", description="Dari daftar nama sampai bulan yang terlindungi."
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        importlib.import_module(f"{__name__}.{found.name}").add(commands)
    for point in entry_points(group="jaring.commands"):
        point.load()(commands)
    return whole


def main(argv: list[str] | None = None) -> int:
    """Run one command. A refusal prints its sentence and how to mend it, never a trace.

    So does a fault of disk or database; that of the program prints a trace without anybody's numbers.
    """
    args = parser().parse_args(argv)
    try:
        done = int(args.run(args) or 0)
        # What a full disk did not take is known here, not after the last line of the program.
        sys.stdout.flush()
        return done
    except Refused as refused:
        _tell("Tidak dikerjakan", refused.reason)
        return REFUSED
    except BrokenPipeError:
        _say_no_more()
        return 0
    except KeyboardInterrupt:
        print("Dihentikan. Ulangi perintah yang sama untuk meneruskan.", file=sys.stderr)
        return STOPPED
    except Exception as fault:
        from jaring.tables import faults

        reason = faults.told(fault)
        _say_no_more()
        if reason is None:
            print(faults.traced(fault), file=sys.stderr)
            reason = faults.OF_PROGRAM
        _tell("Terhenti", reason)
        return BROKEN


def _say_no_more() -> None:
    """What standard output did not take is not tried again at the end of the program."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(what: str, reason: Reason) -> None:
    print(f"{what} [{reason.code}]: {reason.sentence}", file=sys.stderr)
    if reason.mend:
        print(f"Cara memperbaiki: {reason.mend}", file=sys.stderr)


def new_file(text: str) -> Path:
    """For argparse: a file to be written, whole, in the place of one that may be there.

    A device or a folder is no such file: what is written beside it would take its place.
    """
    path = Path(text)
    if path.exists() and not path.is_file():
        raise argparse.ArgumentTypeError(f"{text} bukan berkas biasa")
    # Nor is a name that only points elsewhere (/dev/stdout): the file it points to is written.
    return path.resolve() if path.is_symlink() else path
