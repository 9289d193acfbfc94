"""Rules of the house that no other check sees."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "jaring"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
ROOMS = sorted(p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists())
DRAWERS = {"utils", "helpers", "common", "services", "manager", "base", "misc"}


def _layers() -> list[set[str]]:
    """The order of the rooms, lowest first, from the import contract itself."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    return [set(re.findall(r"\w+", line)) for line in reversed(contract["layers"])]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_file_says_what_it_is_and_stays_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, "cut the file by noun"
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "the first line says what the module is"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_functions_stay_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1})"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > 60
    ]
    assert not long


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for_and_what_it_never_does(room: str) -> None:
    said = ast.get_docstring(ast.parse((SOURCE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert "For:" in said
    assert "Never:" in said


def test_no_drawer_for_odds_and_ends() -> None:
    assert [p for p in SOURCE.rglob("*") if p.stem in DRAWERS] == []


def test_string_foreign_keys_look_down_too() -> None:
    """The import contract cannot see ``ForeignKey("room.Model")``; this can."""
    height = {room: level for level, rooms in enumerate(_layers()) for room in rooms}
    upward = []
    for path in FILES:
        room = path.relative_to(SOURCE).parts[0]
        pattern = r'(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*(?:to=)?"(\w+)\.\w+"'
        for target in re.findall(pattern, path.read_text(encoding="utf-8")):
            if target in height and target != room and height[target] >= height[room]:
                upward.append(f"{path.relative_to(SOURCE)} → {target}")
    assert not upward


def test_the_import_contract_holds() -> None:
    done = subprocess.run(["lint-imports"], cwd=ROOT, capture_output=True, text=True, env=_with_venv())
    assert done.returncode == 0, done.stdout


def test_no_registry_address_and_no_machine_path_is_kept() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    # Spelt apart, so that this file does not find itself.
    wanted = re.compile(
        "|".join(["py" + r"pi\.", "python" + "hosted", "npm" + "js", "deb" + r"\.debian", "/ro" + "ot/"])
    )
    found = []
    for name in listed:
        path = ROOT / name
        if path.suffix in {".png", ".woff2", ".parquet"} or not path.is_file():
            continue
        if wanted.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.append(name)
    assert not found


def test_nothing_is_left_for_later_in_the_code() -> None:
    word = re.compile(r"\b(TODO|FIXME|XXX)\b|NotImplementedError")
    assert [str(p) for p in FILES if word.search(p.read_text(encoding="utf-8"))] == []


def test_writes_stand_in_actions() -> None:
    """Outside ``actions`` nothing saves, deletes or bulk-writes through a model's manager."""
    write = re.compile(
        r"\.objects\.(create|bulk_create|update_or_create|get_or_create)\(|\.save\(|copy_in\(|\.objects\.\w+\([^)]*\)\.(update|delete)\("
    )
    allowed = re.compile(r"(actions\w*\.py|/actions/|tables/frames\.py|world/)")
    found = [
        str(p.relative_to(SOURCE))
        for p in FILES
        if not allowed.search(str(p)) and write.search(p.read_text(encoding="utf-8"))
    ]
    assert not found


def _with_venv() -> dict[str, str]:
    import os
    import sys

    return {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
