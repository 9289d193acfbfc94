"""The command ``jaring``: each file of this folder adds the commands of one room.

For: files in, files out, progress for people, ``--json`` for machines, exit codes for scripts
(0 done, 1 done with something held back where the command says so, 2 refused).
Never: holds logic; a command calls one function of a room and prints what it returns.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from importlib.metadata import entry_points

from jaring.facts.reason import Refused

REFUSED = 2


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
    """Run one command. A refusal prints its sentence and how to mend it, never a trace."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args) or 0)
    except Refused as refused:
        reason = refused.reason
        print(f"Tidak dikerjakan [{reason.code}]: {reason.sentence}", file=sys.stderr)
        if reason.mend:
            print(f"Cara memperbaiki: {reason.mend}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        return 0
