"""The English of the site: finds every text of pages and code, and compiles the one catalogue.

``python -m tests.tidy.catalogue`` adds what is new to the catalogue (empty, to be filled in), drops what
is no longer said, and compiles it. The texts themselves are Indonesian.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from tests.tidy.below import below

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "jaring"
PO = SOURCE / "desk" / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
_WORDS = {
    **dict.fromkeys(("_", "_now", "_lazy", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
Key = tuple[str, ...]


def said() -> dict[Key, str]:
    """Every text that is marked for translation → the file it was first found in."""
    found: dict[Key, str] = {}
    for path, text in _sources():
        stream = io.BytesIO(text.encode())
        for _, word, messages, _ in extract_python(stream, _WORDS, (), {"encoding": "utf-8"}):
            key = _key(word, messages)
            if key:
                found.setdefault(key, str(path.relative_to(ROOT)))
    counted = {key[0] for key in found if len(key) > 1}
    for path, text in below(SOURCE):
        if text not in counted:
            found.setdefault((text,), str(path.relative_to(ROOT)))
    return found


def _sources() -> Iterator[tuple[Path, str]]:
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield path, templatize(path.read_text(encoding="utf-8"))
        elif path.suffix == ".py" and "gettext" in (text := path.read_text(encoding="utf-8")):
            yield path, text


def _key(word: str, messages: object) -> Key | None:
    """The text, or both forms of a counted one; what is not plain text cannot be translated."""
    parts = messages if isinstance(messages, tuple) else (messages,)
    wanted = parts[:2] if word.startswith("ngettext") else parts[:1]
    texts = tuple(part for part in wanted if isinstance(part, str) and part)
    return texts or None


def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def translated(catalog: Catalog) -> dict[Key, object]:
    """Texts of the catalogue → their English."""
    return {
        (tuple(one.id) if isinstance(one.id, tuple | list) else (one.id,)): one.string
        for one in catalog
        if one.id
    }


def compiled(catalog: Catalog) -> bytes:
    # The header's date is the minute of reading; fixed, so that the same texts compile to the same bytes.
    catalog.creation_date = datetime(2026, 1, 1, tzinfo=UTC)
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def main() -> None:
    old = translated(catalogue()) if PO.exists() else {}
    new = Catalog(locale="en", charset="utf-8", fuzzy=False, header_comment="# The English of the site.")
    for key, place in sorted(said().items(), key=lambda item: (item[1], item[0])):
        new.add(key if len(key) > 1 else key[0], old.get(key, ""), locations=[(place, None)])
    PO.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, new, width=110, include_lineno=False, omit_header=False)
    # Of the headers only what a reader of catalogues needs: dates would make every run a change.
    idle = ('"Project-Id', '"POT-', '"PO-Rev', '"Report-Msgid', '"Last-Tr', '"Language-', '"Generated-By')
    kept = [line for line in text.getvalue().decode().splitlines() if not line.startswith(idle)]
    PO.write_text("\n".join(kept).rstrip() + "\n", encoding="utf-8")
    MO.write_bytes(compiled(catalogue()))
    empty = [key for key, english in translated(catalogue()).items() if not english or not any(english)]
    print(f"{len(said())} texts, {len(empty)} without English")  # noqa: T201


if __name__ == "__main__":
    main()
