"""Files that want to do harm, made here byte by byte. Name → (file name, bytes, code it is refused with or None)."""
# ruff: noqa: E501  a sample is read as a table, one row a line

from __future__ import annotations

import io
import os
import zipfile
import zlib

from tests.unit.rosters.samples import nik

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
    ' ContentType="application/xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


def cell(place: str, content: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{content}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "NIK")}{cell("B1", "NAMA")}</row>'
DATA = f'<row r="2">{cell("A2", nik())}{cell("B2", "AHMAD")}</row>'


def packed(members: dict[str, str | bytes], more: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {**members, **(more or {})}.items():
            archive.writestr(name, body)
    return out.getvalue()


def book(rows: str = HEAD + DATA, sheet: str | None = None, name: str = "S", **members: str | bytes) -> bytes:
    own: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": BOOK.format(name=name),
        "xl/_rels/workbook.xml.rels": RELS.format(kind="worksheet", target="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet if sheet is not None else SHEET.format(rows=rows),
    }
    return packed({**own, **{name.replace("__", "/"): body for name, body in members.items()}})


def ods(content: str) -> bytes:
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def encrypted_flag() -> bytes:
    """The general-purpose flag of the first member says encrypted, in both headers."""
    data = bytearray(book())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    return bytes(data)


def lying_size() -> bytes:
    """A member whose header promises ten bytes and which inflates to many more."""
    data = bytearray(book(rows=HEAD + DATA * 2000))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02"))
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def flipped() -> bytes:
    data = bytearray(book(rows=HEAD + DATA * 500))
    middle = len(data) // 2
    data[middle] ^= 0xFF
    return bytes(data)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEGA = 1024 * 1024
_MANY_COLUMNS = "".join(f"<c><v>{n}</v></c>" for n in range(16384))
CSV = f"NIK;NAMA\n{nik()};AHMAD\n"

CORPUS: dict[str, tuple[str, bytes, str | None]] = {
    "two cells a sheet apart": ("a.xlsx", book(HEAD + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'), "sel-terlalu-jauh"),
    "the same, attributes turned round": (
        "a.xlsx", book(HEAD + "<row r='1048576'><c t='inlineStr' r='XFD1048576'><is><t>x</t></is></c></row>"), "berkas-membebani"),
    "a cell far down": ("a.xlsx", book(HEAD + f'<row r="900000">{cell("A900000", "x")}</row>'), "sel-terlalu-jauh"),
    "a cell far right": ("a.xlsx", book(f'<row r="1">{cell("A1", "NIK")}{cell("CW1", "x")}</row>'), "sel-terlalu-jauh"),
    "rows of 16,384 cells without places": ("a.xlsx", book(f"<row>{_MANY_COLUMNS}</row>" * 20), "sel-terlalu-jauh"),
    "a dimension that lies": (
        "a.xlsx", book(sheet='<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{HEAD}{DATA}</sheetData></worksheet>'), None),
    "a zip bomb of blanks": ("a.xlsx", book(sheet=SHEET.format(rows=" " * (60 * _MEGA))), "bom-zip"),
    "a bomb beside the sheets": ("a.xlsx", book(xl__sharedStrings_xml=b"x", **{"xl__bomb.xml": b"0" * (30 * _MEGA)}), "bom-zip"),
    "a huge shared string": (
        "a.xlsx", book(**{"xl__sharedStrings.xml": b"<sst><si><t>" + b"A" * (40 * _MEGA) + b"</t></si></sst>"}), "bom-zip"),
    "a member longer than it says": ("a.xlsx", lying_size(), "berkas-rusak"),
    "billion laughs": ("a.xlsx", book(sheet=LAUGHS + SHEET.format(rows=f'<row r="1">{cell("A1", "&j;")}</row>')), "dtd"),
    "an external entity": ("a.xlsx", book(sheet=XXE + SHEET.format(rows=f'<row r="1">{cell("A1", "&x;")}</row>')), "dtd"),
    "an external entity in the workbook": ("a.xlsx", book(**{"xl__styles.xml": XXE + "<styleSheet/>"}), "dtd"),
    "a parameter entity in shared strings": (
        "a.xlsx", book(**{"xl__sharedStrings.xml": '<!DOCTYPE s SYSTEM "http://127.0.0.1:9/x.dtd"><sst/>'}), "dtd"),
    "XML in UTF-16": ("a.xlsx", book(**{"xl__styles.xml": "<styleSheet/>".encode("utf-16")}), "berkas-mencurigakan"),
    "an external entity in ODS": ("a.ods", ods(XXE + "<office/>"), "dtd"),
    "ODS rows repeated a million times": (
        "a.ods", ods('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"), "?"),
    "names that climb out": ("a.xlsx", packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<w/>", "../../etc/cron.d/x": "x"}), "berkas-mencurigakan"),
    "an absolute name": ("a.xlsx", packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<w/>", "/etc/passwd": "x"}), "berkas-mencurigakan"),
    "five thousand members": ("a.xlsx", packed({f"xl/m{n}.xml": "x" for n in range(5000)} | {"xl/workbook.xml": "<w/>"}), "berkas-mencurigakan"),
    "an encrypted member": ("a.xlsx", encrypted_flag(), "berkas-bersandi"),
    "an encrypted workbook": ("a.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "berkas-bersandi"),
    "an OLE head and noise": ("a.xls", OLE + "Workbook".encode("utf-16-le") + bytes(range(256)) * 40, "berkas-rusak"),
    "an OLE file that is no workbook": ("a.xls", OLE + b"\0" * 2000, "bukan-tabel"),
    "a truncated zip": ("a.xlsx", book(rows=HEAD + DATA * 300)[:-90], "berkas-rusak"),
    "a flipped bit": ("a.xlsx", flipped(), "berkas-rusak"),
    "a zip without a workbook": ("a.xlsx", packed({"word/document.xml": "<d/>", "[Content_Types].xml": TYPES}), "bukan-tabel"),
    "a workbook without sheets": ("a.xlsx", packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>"}), "?"),
    "a sheet cut off in a cell": ("a.xlsx", book(sheet="<worksheet><sheetData><row><c r="), "?"),
    "sheets nested a hundred thousand deep": ("a.xlsx", book(sheet="<worksheet>" + "<a>" * 100_000), "?"),
    "a PDF named xlsx": ("a.xlsx", b"%PDF-1.7\n" + os.urandom(400), "bukan-tabel"),
    "a picture named csv": ("a.csv", b"\x89PNG\r\n\x1a\n" + os.urandom(400), "bukan-tabel"),
    "a program named xls": ("a.xls", b"MZ" + os.urandom(4000), "bukan-tabel"),
    "a web page named xls": ("a.xls", b"<html><table><tr><td>NIK</td></tr></table></html>", "bukan-tabel"),
    "noise named csv": ("a.csv", bytes(range(256)) * 100, "bukan-tabel"),
    "nothing": ("a.csv", b"", "berkas-kosong"),
    "only blanks": ("a.csv", b" \n\n\t \n", "berkas-kosong"),
    "only NUL": ("a.csv", b"\0" * 5000, "berkas-kosong"),
    "a line of ten megabytes": ("a.csv", b"NIK;NAMA\n" + b"A" * (10 * _MEGA), "baris-terlalu-panjang"),
    "a quote never closed": ("a.csv", b'NIK;NAMA\n"' + b"5203;AHMAD\n" * 20_000, "sel-terlalu-panjang"),
    "a thousand columns": ("a.csv", (";".join(["NIK"] * 1000) + "\n").encode() * 5, "sel-terlalu-jauh"),
    "one cell": ("a.xlsx", book(f'<row r="1">{cell("A1", "x")}</row>'), "daftar-tidak-ditemukan"),
    "an empty sheet": ("a.xlsx", book(rows=""), "daftar-tidak-ditemukan"),
    "a header and nothing below": ("a.xlsx", book(rows=HEAD), "daftar-kosong"),
    "NUL between the letters": ("a.csv", CSV.replace("AHMAD", "AH\0MAD").encode(), None),
    "UTF-16 without a mark": ("a.csv", CSV.encode("utf-16-le"), None),
    "Latin-1 with accents": ("a.csv", CSV.replace("AHMAD", "JOSÉ").encode("latin-1"), None),
    "broken UTF-8": ("a.csv", CSV.encode() + b"\xff\xfe\xc0;\x80\n", None),
    "bidirectional and zero-width marks": ("a.csv", CSV.replace("5203", "\u202e52\u200b03").encode(), None),
    "hostile headers": ("a.csv", f'NIK;NAMA;"nik"" from roster; copy (select 42) to \'/tmp/x\'; --"\n{nik()};AHMAD;x\n'.encode(), None),
    "formulas in cells": ("a.csv", CSV.replace("AHMAD", "=HYPERLINK(\"http://127.0.0.1\")".replace('"', "'")).encode(), None),
    "a sheet named like a path": ("a.xlsx", book(name="..&#47;..&#47;x"), None),
    "gzip named xlsx": ("a.xlsx", zlib.compress(b"x" * 100, wbits=31), "bukan-tabel"),
}  # fmt: skip
