"""Workbooks that go back to offices: text, numbers and three looks, a whole column at a time.

A general writer goes cell by cell, which took longer than reading and checking the lists together. No
cell is ever a formula or a link. Cells and rows carry no address: their place is their address.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

_NS = "http://schemas.openxmlformats.org"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: How a cell looks: as any other, bold, or marked as held back. Places in ``cellXfs`` below.
PLAIN, BOLD, HELD = 0, 1, 2
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_NS}/spreadsheetml/2006/main">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFF8D7DA"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
#: XML holds none of these; NUL parts the cells of a column while they are made safe.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODED = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_LONGEST = 32_767
_BEGIN, _END = '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
EMPTY = "<c/>"
#: Enough to be quick: a level more makes the files a twentieth smaller and takes twice as long.
_DEFLATE = 2


@dataclass(frozen=True)
class Page:
    """One sheet: its rows, each the cells of it one after the other, and the width of some columns."""

    name: str
    rows: Sequence[str]
    widths: Mapping[int, int] = field(default_factory=dict)


def cell(value: str | int, look: int = PLAIN) -> str:
    """One cell: a number as a number, text as text whatever it begins with."""
    if isinstance(value, int):
        return f'<c s="{look}"><v>{value}</v></c>'
    made = column([value])[0]
    return made.replace("<c ", f'<c s="{look}" ', 1) if look else made


def column(texts: Sequence[str | None]) -> list[str]:
    """The cells of a column of text; None and the empty text keep their place and hold nothing."""
    joined = _joined(texts)
    for sign, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        if sign in joined:
            joined = joined.replace(sign, safe)
    if "_x" in joined:
        # Excel would read such letters as the sign they number.
        joined = _CODED.sub("_x005F_x", joined)
    # A carriage return read from a file would become a line feed; written so it stays.
    joined = joined.replace("\r", "&#13;")
    return [f"{_BEGIN}{text}{_END}" if text else EMPTY for text in joined.split("\0")]


def _joined(texts: Sequence[str | None]) -> str:
    filled = ["" if text is None else text.replace("\0", "")[:_LONGEST] for text in texts]
    if "".join(filled).isprintable():
        return "\0".join(filled)
    return _CONTROL.sub("", "\0".join(filled))


def number(text: str) -> str:
    """A cell of a number from its digits, as they were read from a number."""
    return f"<c><v>{text}</v></c>"


def write(path: Path, pages: Sequence[Page]) -> None:
    """The workbook, put in its place whole. The same pages give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED, compresslevel=_DEFLATE) as book:
        for name, text in _parts(pages).items():
            place = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            book.writestr(place, text, zipfile.ZIP_DEFLATED, _DEFLATE)
    half.replace(path)


def _parts(pages: Sequence[Page]) -> dict[str, str]:
    numbers = range(1, len(pages) + 1)
    over = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_MAIN}.worksheet+xml"/>'
        for n in numbers
    )
    office = f"{_NS}/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, page in zip(numbers, pages, strict=True)
    )
    package = f"{_NS}/package/2006"
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_MAIN}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_MAIN}.styles+xml"/>{over}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_NS}/spreadsheetml/2006/main" xmlns:r="{office}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{package}/relationships">{links}'
        f'<Relationship Id="rId{len(pages) + 1}" Type="{office}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
    }
    return parts | {f"xl/worksheets/sheet{n}.xml": _sheet(p) for n, p in zip(numbers, pages, strict=True)}


def _sheet(page: Page) -> str:
    widths = "".join(
        f'<col min="{at + 1}" max="{at + 1}" width="{width}" customWidth="1"/>'
        for at, width in sorted(page.widths.items())
    )
    columns = f"<cols>{widths}</cols>" if widths else ""
    rows = "</row><row>".join(page.rows)
    body = f"<row>{rows}</row>" if page.rows else ""
    start = f'{_HEAD}<worksheet xmlns="{_NS}/spreadsheetml/2006/main">{columns}'
    return f"{start}<sheetData>{body}</sheetData></worksheet>"
