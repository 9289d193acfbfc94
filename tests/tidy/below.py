"""What the rooms below the desk say to readers: found in their code and their tables of law, by rule.

The rooms speak Indonesian alone, as the record and the law do; the desk says it in English
(``desk/saying.py``). A sentence with values in it is kept as ``{total} orang diusulkan``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOMS = (
    *("facts", "officers", "law", "decide", "rosters", "people"),
    *("ledger", "funding", "enrolment", "coverage", "cycle"),
)
#: Says its words on paper, to machines, or reads with them the words of others.
ELSEWHERE = re.compile(
    r"migrations/|enrolment/(letters/|paperwork|workbook|reference|actions_letter)|/models|law/(reference|cases"
    r"|completeness|explain|columns|outlook|settings|steps|units|dated|loader|asking|words)"
    r"|law/(?!bpu|pu|pmi|discount|relief|price|eligibility|funding/rule).+/rule|ledger/export"
    r"|officers/(reference|open_tables|headers|models|actions_demo)|decide/(occupations|pricing|choosing|local)"
    r"|people/(actions|duck|names|linking|blocking|cores)\.py|facts/(month|region|nik)\.py"
    r"|rosters/(cells|footers|headers|synonyms|words|places|normalise|answered|workbook|gathering|models|frame"
    r"|inbox|child_entry|formats/penduduk)|funding/(waterfall|optimum)|cycle/models\.py"
    # Concepts of law that are asked by command and in the handbook, by no page.
    r"|law/(advance|arrears|conversion|employers|jakon_schedule|jkm|jkp|mandate|membership|penalty"
    r"|registration|rounding|scale|ucj|wage)/|law/benefits/(?!claims/values)"
)
#: Tables of codes: their single words are keys of other tables.
CODES = re.compile(
    r"funding/(budgets|policy)|decide/workers|enrolment/(holding|actions_refuse|actions_answer|billcompare)"
    r"|coverage/behind|law/reasons"
)
#: What carries a state in one word.
STATES = {"State", "Told"}
#: Faults of the program, in English already, and calls whose words nobody reads.
_PROGRAM = re.compile(r"(Error|Exception|Warning)$|^(compile|execute|record|log|info|warning|filter|alias)$")
_CODE = re.compile(
    r"^(\w+\.\w+ ?)+$|^jaring-|sha256|[\\|^<>_#]|%s|"
    r"\b(SELECT|FROM|WHERE|JOIN|AND|SET|CREATE|UPDATE|INSERT|DELETE|DROP|ORDER BY|VALUES|COPY)\b"
)
#: Keys of the tables of law whose words stand on pages.
SHOWN = {"title", "sentence", "mend", "counts", "arti", "kelompok", "jenis", "workers_definition"}


def below(source: Path) -> Iterator[tuple[Path, str]]:
    """Every text of the rooms below, with the file it stands in."""
    for room in ROOMS:
        for path in sorted((source / room).rglob("*")):
            name = path.relative_to(source).as_posix()
            if path.suffix == ".yaml" and not name.endswith("examples.yaml") and not ELSEWHERE.search(name):
                yield from ((path, text) for text in _of_table(yaml.safe_load(path.read_text("utf-8"))))
            elif path.suffix == ".py" and not ELSEWHERE.search(name):
                for text in _of_code(path.read_text("utf-8"), labelled=not CODES.search(name)):
                    if "/formats/" not in name or text[0].isupper():
                        yield path, text


def _of_table(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("unit") == "daftar":
            for dated in value.get("dated", []):
                listed = str(dated["value"]).split(", ")
                yield from (text for text in listed if _spoken(text, label=False))
        for name, inner in value.items():
            yield from _of_table(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _of_table(inner, key)
    elif isinstance(value, str) and key in SHOWN and re.search("[a-z]{3}", value):
        yield " ".join(value.split())


def _of_code(code: str, *, labelled: bool) -> Iterator[str]:
    tree = ast.parse(code)
    unread = _unread(tree)
    labels = {id(value) for value in _labels(tree)} if labelled else set()
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        if isinstance(node, ast.BinOp):
            text = _sum(node)
        elif isinstance(node, ast.JoinedStr):
            text = _pattern(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if _spoken(text, label=id(node) in labels):
            yield text


def _spoken(text: str, *, label: bool) -> bool:
    words = re.sub(r"\{\w*\}", "", text).strip()
    if len(words) < 3 or not re.search("[a-z]{3}", words) or _CODE.search(words) or "\n" in text:
        return False
    return label or " " in text.strip() or words[0].isupper()


def _labels(tree: ast.Module) -> Iterator[ast.AST]:
    """Values of the tables at the top of a module (state → word), one word or more."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            yield from node.value.values
            for value in node.value.values:
                if isinstance(value, ast.Tuple):
                    yield from value.elts
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in STATES:
            yield from call.args[:2]


def _unread(tree: ast.Module) -> set[int]:
    """Docstrings, keys, parts of composed texts, and words of the program's own faults."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            found |= {id(inner) for inner in ast.walk(node)} - {id(node)}
        elif isinstance(node, ast.BinOp) and _sum(node):
            found.add(id(node.left))
        elif isinstance(node, ast.Subscript):
            found |= {id(inner) for inner in ast.walk(node.slice)}
        elif isinstance(node, ast.Dict):
            found |= {id(key) for key in node.keys if key}
        elif isinstance(node, ast.Call) and _PROGRAM.search(_name(node.func)):
            found |= {id(inner) for inner in ast.walk(node)}
        elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
            found |= {id(inner) for inner in ast.walk(node.annotation)}
        elif isinstance(node, ast.Assign) and any(_name(one) == "__all__" for one in node.targets):
            found |= {id(inner) for inner in ast.walk(node)}
    # A text within a value of a composed text is a text of its own.
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            found -= {id(inner) for inner in ast.walk(node.value) if isinstance(inner, ast.Constant)}
    return found


def _name(node: ast.AST) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


def _sum(node: ast.BinOp) -> str:
    """``"penyebut: " + source`` as ``penyebut: {source}``; empty for any other sum."""
    left = node.left.value if isinstance(node.left, ast.Constant) else None
    if not isinstance(node.op, ast.Add) or not isinstance(left, str) or isinstance(node.right, ast.Constant):
        return ""
    return f"{left}{{{_last(node.right)}}}"


def _pattern(node: ast.JoinedStr) -> str:
    """``f"{dotted(n)} orang"`` as ``{n} orang``; two values of one name are numbered."""
    parts: list[str] = []
    used: dict[str, int] = {}
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
            continue
        assert isinstance(value, ast.FormattedValue)
        name = _last(value.value)
        used[name] = used.get(name, 0) + 1
        parts.append(f"{{{name}{used[name] if used[name] > 1 else ''}}}")
    return "".join(parts)


def _last(node: ast.AST) -> str:
    """The word that a value is best known by."""
    if isinstance(node, ast.Call) and node.args:
        return _last(node.args[0])
    if isinstance(node, ast.Call | ast.Subscript):
        inner = node.func if isinstance(node, ast.Call) else node.slice
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            return re.sub(r"\W", "_", inner.value) or "value"
        return _last(node.func if isinstance(node, ast.Call) else node.value)
    if isinstance(node, ast.Attribute):
        return (
            _last(node.value)
            if node.attr in {"name", "pk", "height"} and isinstance(node.value, ast.Name)
            else node.attr
        )
    return _name(node).strip("_") or "value"
