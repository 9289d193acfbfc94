"""YAML of which nothing is guessed: every cell is text, a key stands once, and a shape says what may stand.

PyYAML's parser in C reads the text (a reader in Python took two seconds over the law alone); pydantic
holds what was read against the shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import yaml
from pydantic import AfterValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

#: In C where PyYAML was built with it; the one in Python reads the same, slower.
_Loader: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
_KINDS = {"dict_type": "pasangan kunci dan isi", "list_type": "daftar", "string_type": "teks"}


class BrokenYaml(ValueError):
    """A text that is not the YAML it should be. Names the text, the line, the key and what is wrong."""


def load(text: str, shape: Any, label: str) -> Any:
    """What ``text`` holds, in the ``shape`` of TypedDict, Literal, list, dict, str and int.

    BrokenYaml names ``label`` and the line, in Indonesian: offices write such files too.
    """
    try:
        root = yaml.compose(text.removeprefix("\ufeff"), Loader=_Loader)
    except yaml.MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise BrokenYaml(f"{label}, baris {line}: tidak terbaca ({broken.problem})") from broken
    except yaml.YAMLError as broken:
        raise BrokenYaml(f"{label}: tidak terbaca ({broken})") from broken
    if root is None:
        raise BrokenYaml(f"{label}: tidak ada isinya")
    data = _plain(root, label, set())
    try:
        return _judge(shape).validate_python([data])[0]
    except ValidationError as misfit:
        told = "; ".join(_told(root, error) for error in misfit.errors(include_url=False))
        raise BrokenYaml(f"{label}, {told}") from misfit


def one_of(words: Iterable[str]) -> AfterValidator:
    """For a shape: ``Annotated[str, one_of(words)]``, where the words are not known to the types."""
    known = sorted(words)

    def judged(text: str) -> str:
        if text not in known:
            expected = ", ".join(map(repr, known))
            raise PydanticCustomError("literal_error", "{expected}", {"expected": expected})
        return text

    return AfterValidator(judged)


@cache
def _judge(shape: Any) -> TypeAdapter[Any]:
    # In a list, for a TypedDict that stands alone takes no configuration.
    return TypeAdapter(list[shape], config=ConfigDict(extra="forbid"))


def _plain(node: yaml.Node, label: str, met: set[int]) -> Any:
    """Text, lists and mappings; refused are tags and anchors, which would mean more than what one reads."""
    place = f"{label}, baris {node.start_mark.line + 1}"
    if node.tag not in _PLAIN or id(node) in met:
        raise BrokenYaml(f"{place}: tanda !, & dan * tidak dipakai di sini; tulis isinya")
    met.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, label, met) for one in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise BrokenYaml(f"{place}: kunci harus teks")
        if key.value in found:
            raise BrokenYaml(f"{label}, baris {key.start_mark.line + 1}: kunci {key.value!r} berulang")
        found[key.value] = _plain(value, label, met)
    return found


def _told(root: yaml.Node, error: Mapping[str, Any]) -> str:
    """One misfit: line, keys on the way to it, what is wrong."""
    path = [step for step in error["loc"][1:] if isinstance(step, (str, int))]
    line = [root, *_nodes(root, path)][-1].start_mark.line + 1
    key = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    match error["type"]:
        case "missing":
            wrong = "tidak ada"
        case "extra_forbidden":
            wrong = "tidak dikenal"
        case "literal_error":
            known = error["ctx"]["expected"].replace(" or ", ", ")
            wrong = f"{error['input']!r} bukan salah satu dari {known}"
        case kind if kind in _KINDS:
            wrong = f"harus {_KINDS[kind]}"
        case _:
            wrong = str(error["msg"])
    return f"baris {line}: {key}: {wrong}" if key else f"baris {line}: {wrong}"


def _nodes(node: yaml.Node, path: list[str | int]) -> Iterator[yaml.Node]:
    """The nodes on the way, as far as the way goes."""
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            under = next((value for key, value in node.value if key.value == step), None)
            if under is None:
                return
            node = under
        else:
            return
        yield node
