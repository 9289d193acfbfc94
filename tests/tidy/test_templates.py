"""No text of a page escapes the catalogue: what stands between tags is marked, and so are labels."""

from __future__ import annotations

import re

import pytest
from tests.tidy.catalogue import SOURCE

_TEMPLATES = sorted(
    path
    for path in SOURCE.rglob("*.html")
    # Two languages at once, and drawn when nothing else works.
    if "templates" in path.parts and path.name != "500.html"
)
_MARKED = re.compile(
    r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}|<script.*?</script>|\{#.*?#\}"
    r"|\{%\s*comment.*?endcomment\s*%\}|<code>.*?</code>|\{%.*?%\}|\{\{.*?\}\}",
    re.S,
)
_LABEL = re.compile(r'\b(?:aria-label|alt|title|placeholder|data-th)="([^"]*)"')
_WORD = re.compile(r"[A-Za-z]{2,}")
#: Names that are the same in every language.
_NAMES = {
    "Jaring",
    "English",
    "Bahasa",
    "Indonesia",
    "NIK",
    "SP",
    "ZIP",
    "PDF",
    "XLSX",
    "CSV",
    "BPJS",
    "amp",
    "nbsp",
}


@pytest.mark.parametrize("path", _TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_text_is_left_unmarked(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    bare = _MARKED.sub(" ", text)
    labels = " ".join(_LABEL.findall(bare))
    between = re.sub(r"<[^>]*>", " ", bare)
    assert [word for word in _WORD.findall(f"{labels} {between}") if word not in _NAMES] == []
