"""Short tables are looked through row by row, long ones by a query: both must find the same."""

from __future__ import annotations

import random
from dataclasses import asdict

import pytest
from polars.testing import assert_frame_equal
from tests.unit.rosters.samples import nik

from jaring.rosters import footers, gathering, reading
from jaring.rosters.child import parse
from jaring.rosters.gathering import Gathered, gather
from jaring.rosters.limits import LIMITS
from jaring.rosters.reading import Sheets

#: What stands in lists beside people: headings, sums, signatures, end marks, blanks of every kind.
_ODD = (
    ["A. PERANGKAT DESA", "", "", "", ""],
    ["JUMLAH", "", "", "12", ""],
    ["", "Mengetahui,", "", "", ""],
    ["", "Kepala Desa Suela", "", "", ""],
    ["Catatan: sementara", "", "", "", ""],
    ["3", "", "", "", ""],
    ["", "", "", "", ""],
    ["\u00a0", " ", "\t", "\u2003", "\u3000"],
    ["\x1c", "", "", "", ""],
    ["###", "", "", "", ""],
    ["", "KADER POSYANDU", "", "", ""],
    ["", "AHMAD", "٥٢٠٣٠", "", "Kader"],
)


def _text(seed: int) -> bytes:
    chance = random.Random(seed)
    rows = [["NO", "NAMA", "NIK", "LUAS LAHAN (are)", "JABATAN"]]
    for number in range(60):
        odd = chance.random() < 0.2 and number > chance.randrange(60)
        person = [str(number), f"ORANG {number}", nik(number + 1), str(number), "Kader"]
        rows.append(
            list(chance.choice(_ODD)) if odd else [c if chance.random() < 0.9 else "" for c in person]
        )
    return "\n".join(";".join(row) for row in rows).encode()


def _read(data: bytes) -> Sheets:
    head, parts = parse(data, LIMITS)
    return Sheets("daftar.csv", "", "text", reading._sheets(head, memoryview(b"".join(parts))))


def _both(data: bytes, monkeypatch: pytest.MonkeyPatch, most: int) -> tuple[Sheets, Gathered]:
    for room, name in ((reading, "_SHORT"), (footers, "SHORT"), (gathering, "SHORT")):
        monkeypatch.setattr(room, name, most)
    sheets = _read(data)
    return sheets, gather(sheets)


@pytest.mark.parametrize("seed", range(25))
def test_a_short_table_is_taken_as_a_long_one_is(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _text(seed)
    (short_sheets, short), (long_sheets, long) = (_both(data, monkeypatch, most) for most in (10_000, 0))
    assert_frame_equal(short_sheets.sheets[0].frame, long_sheets.sheets[0].frame)
    assert short.raw.height > 5

    assert_frame_equal(short.raw, long.raw)
    assert short.ignored == long.ignored
    assert [asdict(block) for block in short.blocks] == [asdict(block) for block in long.blocks]


def test_only_white_space_is_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """A control sign is no blank: what a cell holds is told, not lost."""
    cells = ["", " ", "\u00a0", "\u1680", "\u200a", "\u2028", "\u3000", "\x1c", "\u200b", "a", " a "]
    texts = {"c0": "\0".join(cells).encode(), "c1": "\0".join(reversed(cells)).encode()}
    short = reading._cells(texts, len(cells))
    monkeypatch.setattr(reading, "_SHORT", 0)
    assert_frame_equal(short, reading._cells(texts, len(cells)))
    assert short["c0"].to_list() == short["c1"].to_list()[::-1]
    assert short["c0"].to_list() == [None] * 7 + ["\x1c", "\u200b", "a", " a "]
