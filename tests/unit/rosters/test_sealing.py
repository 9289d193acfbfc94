"""What is sealed comes back as it was, whatever signs stand in it."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from jaring.rosters.sealing import SEALED, seal, unseal

_SHA = "a" * 64
_ODD = st.sampled_from(['"', "\\", "\n", 'Inaq "Ayu"\x7f'])
_TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | _ODD
_DIGITS = st.none() | st.text("0123456789", min_size=1, max_size=16)
_PERSON = st.tuples(_TEXT, _DIGITS, _DIGITS, _DIGITS, _TEXT)


@given(st.lists(_PERSON, min_size=1, max_size=5))
def test_what_is_sealed_comes_back(people: list[tuple[str | None, ...]]) -> None:
    """The NIK as written is kept only where it says more than the NIK, so it comes back as the NIK."""
    rows = pl.DataFrame(people, schema=dict.fromkeys(SEALED, pl.String), orient="row").with_row_index(
        "row_no", offset=2
    )
    rows = rows.with_columns(sheet=pl.lit(""))
    opened = unseal(seal(rows, _SHA).with_columns(sha256=pl.lit(_SHA)))
    raw, nik, *others = (opened[name].to_list() for name in SEALED)
    assert [nik, *others] == [rows[name].to_list() for name in SEALED[1:]]
    expected = [own if raw is None else raw for raw, own, *_ in people]
    assert [one or None for one in raw] == [one or None for one in expected]


def test_rows_that_say_nothing_hold_no_secret() -> None:
    nothing = dict.fromkeys(SEALED, pl.lit(None, dtype=pl.String))
    rows = pl.DataFrame({"row_no": [2], "sheet": [""]}).with_columns(**nothing)
    assert seal(rows, _SHA)["secret"].to_list() == [None]
