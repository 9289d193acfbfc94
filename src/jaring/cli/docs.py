"""``jaring docs``: the pages that are made from code, written or checked for freshness.

A room that has such pages keeps a module ``reference`` with ``pages() -> {path: text}``.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import pkgutil
from pathlib import Path
from typing import Any

import jaring
from jaring.cli import django_ready, parser


def add(commands: Any) -> None:
    docs = commands.add_parser("docs", help="halaman yang dibuat dari kode: tulis atau periksa kebaruannya")
    docs.add_argument("do", choices=["write", "check"])
    docs.add_argument("--folder", type=Path, default=Path("docs"))
    docs.set_defaults(run=run)


def pages() -> dict[str, str]:
    """Every generated page by its path below ``docs/``."""
    found = {"reference/commands.md": _commands()}
    for room in sorted(m.name for m in pkgutil.iter_modules(jaring.__path__) if m.ispkg):
        name = f"jaring.{room}.reference"
        if importlib.util.find_spec(name):
            found.update(importlib.import_module(name).pages())
    return found


def run(args: argparse.Namespace) -> int:
    django_ready(migrate=False)
    stale = []
    for name, text in pages().items():
        path = args.folder / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if args.do == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    verb = "ditulis" if args.do == "write" else "basi; jalankan `make fix`"
    for name in stale:
        print(f"docs/{name}: {verb}")
    return 1 if stale and args.do == "check" else 0


def _commands() -> str:
    """The command's own help, one section per command."""
    lines = ["# Perintah", "", "Dibuat oleh `jaring docs write` dari bantuan setiap perintah.", ""]
    for name, sub in sorted(_subparsers(parser()).items()):
        lines += [f"## jaring {name}", "", "```text", _help(sub), "```", ""]
        for inner, one in sorted(_subparsers(sub).items()):
            lines += [f"### jaring {name} {inner}", "", "```text", _help(one), "```", ""]
    return "\n".join(lines)


def _help(sub: argparse.ArgumentParser) -> str:
    # One width wherever it is printed, so that the page depends on no terminal.
    sub.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=100)
    return sub.format_help().rstrip()


def _subparsers(whole: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in whole._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}
