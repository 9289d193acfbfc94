"""Who is joined to whom, and who never is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jaring.people.linking import link
from jaring.world.linkage import linkage_rows

RowsOf = Callable[..., pl.DataFrame]
VILLAGE = {"desa_code": "52.03.01.2001", "kecamatan_code": "52.03.01"}


def clusters(frame: pl.DataFrame) -> list[int]:
    return link(frame).rows.sort("row_id")["cluster"].to_list()


def scores(rows: pl.DataFrame) -> tuple[float, float]:
    """Pairwise precision and recall of ``cluster`` against ``truth``."""

    def pairs(*keys: str) -> int:
        return rows.group_by(keys).len().select((pl.col("len") * (pl.col("len") - 1) // 2).sum()).item()

    both = pairs("cluster", "truth")
    return both / pairs("cluster"), both / pairs("truth")


@pytest.mark.big
def test_a_world_of_known_answers() -> None:
    frame = linkage_rows(20_000, seed=4)
    found = link(frame)
    precision, recall = scores(found.rows.join(frame.select("row_id", truth="person"), on="row_id"))
    assert precision >= 0.995
    assert recall >= 0.96
    assert found.rows.height == frame.height
    asked = found.rows.filter(state="review").height
    assert asked <= 0.01 * frame.height
    assert found.reviews.height <= 0.01 * frame.height


def test_one_nik_and_two_spellings_are_one_person(rows_of: RowsOf) -> None:
    assert clusters(
        rows_of(
            {"nik": "5203011212800003", "name": "H. Lalu Muh. Saleh, S.Pd", "birth_date": date(1980, 12, 12)},
            {"nik": "5203011212800003", "name": "L. SALEH"},
        )
    ) == [0, 0]


def test_the_heads_nik_on_wife_and_child_is_found(rows_of: RowsOf) -> None:
    rows = rows_of(
        {
            "nik": "5203011212800003",
            "name": "Sahrudin",
            "birth_date": date(1980, 12, 12),
            "sex": "L",
            **VILLAGE,
        },
        {
            "nik": "5203011212800003",
            "name": "Baiq Nurhayati",
            "birth_date": date(1984, 3, 4),
            "sex": "P",
            **VILLAGE,
        },
        {
            "nik": "5203014403840002",
            "name": "Baiq Nurhayati",
            "birth_date": date(1984, 3, 4),
            "sex": "P",
            **VILLAGE,
        },
    )
    found = link(rows).rows.sort("row_id")
    assert found["cluster"].to_list() == [0, 1, 1]
    assert found["nik"].to_list() == ["5203011212800003", None, "5203014403840002"]


@pytest.mark.parametrize("filler", ["0", "", "0000000000000000", "1111111111111111", "9999999999999990", "-"])
def test_a_filler_is_never_a_key(filler: str, rows_of: RowsOf) -> None:
    rows = rows_of(
        {"nik_raw": filler, "nik": filler if len(filler) == 16 else None, "name": "Sahrudin", **VILLAGE},
        {"nik_raw": filler, "nik": filler if len(filler) == 16 else None, "name": "Sahrudin Hadi", **VILLAGE},
    )
    found = link(rows).rows
    assert found["nik"].null_count() == 2
    assert found["cluster"].n_unique() == 2


def test_a_nik_that_many_names_claim_is_nobodys(rows_of: RowsOf) -> None:
    names = ["Sahrudin", "Nurhayati", "Mustiadi", "Komang Ayu", "Baiq Laela", "Zulkarnaen"]
    rows = rows_of(*({"nik": "5203010101010001", "name": name} for name in names))
    found = link(rows).rows
    assert found["cluster"].n_unique() == len(names)
    assert found["nik"].null_count() == len(names)


def test_twins_with_niks_stay_two_and_siblings_without_too(rows_of: RowsOf) -> None:
    family = {"no_kk": "5203011501100007", "mother_name": "Inaq Sahnim", **VILLAGE}
    twins = rows_of(
        {
            "nik": "5203011212900003",
            "name": "Hasan Basri",
            "birth_date": date(1990, 12, 12),
            "sex": "L",
            **family,
        },
        {
            "nik": "5203011212900004",
            "name": "Husen Basri",
            "birth_date": date(1990, 12, 12),
            "sex": "L",
            **family,
        },
    )
    assert clusters(twins) == [0, 1]
    siblings = rows_of(
        {"name": "Hasan Basri", "birth_date": date(1990, 12, 12), "sex": "L", **family},
        {"name": "Rohani Basri", "birth_date": date(1993, 4, 2), "sex": "P", **family},
    )
    assert clusters(siblings) == [0, 1]


def test_an_undated_row_does_not_tie_two_niks_together(rows_of: RowsOf) -> None:
    rows = rows_of(
        {"nik": "5203011212900003", "name": "Mahsun Rasidi", "birth_date": date(1990, 12, 12), **VILLAGE},
        {"nik": "5203010204750001", "name": "Mahsun Rasidi", "birth_date": date(1975, 4, 2), **VILLAGE},
        {"name": "Mahsun Rasidi", **VILLAGE},
    )
    assert len({*clusters(rows)[:2]}) == 2


def test_a_lost_last_digit_finds_its_person(rows_of: RowsOf) -> None:
    rows = rows_of(
        {"nik": "5203011212900007", "name": "Mahsun Rasidi", "birth_date": date(1990, 12, 12), **VILLAGE},
        {"nik_raw": "5203011212900000", "nik_state": "numeric", "name": "MAHSUN R.", **VILLAGE},
    )
    assert clusters(rows) == [0, 0]


_PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "nik": st.sampled_from(
                [None, "5203011212900003", "5203014403840002", "5203010204750001", "5203070708910005"]
            ),
            "name": st.sampled_from(["Mahsun Rasidi", "M. Mahsun Rasidi", "Mahsun", "Mahsun Rosidi"]),
            "birth_date": st.sampled_from([None, date(1990, 12, 12), date(1984, 3, 4)]),
            "sex": st.sampled_from([None, "L"]),
            "no_kk": st.sampled_from([None, "5203011501100007"]),
            "mother_name": st.sampled_from([None, "Sahnim"]),
            "phone": st.sampled_from([None, "081912345678"]),
            "desa_code": st.sampled_from([None, "52.03.01.2001"]),
        }
    ),
    min_size=2,
    max_size=10,
)


@settings(max_examples=40, deadline=None)
@given(people=_PEOPLE)
def test_two_valid_niks_are_never_one_cluster(people: list[dict[str, object]], rows_of: RowsOf) -> None:
    """However alike all else is, and whoever stands between: these NIKs are no typos of one another."""
    rows = rows_of(*people)
    found = link(rows).rows
    held = found.filter(pl.col("nik").is_not_null()).group_by("cluster").agg(pl.col("nik").n_unique())
    assert held.filter(pl.col("nik") > 1).is_empty()
    whose = found.filter(pl.col("nik").is_not_null()).group_by("nik").agg(pl.col("cluster").n_unique())
    assert whose.filter(pl.col("cluster") > 1).is_empty()


def test_a_mistyped_nik_joins_on_its_own_evidence(rows_of: RowsOf) -> None:
    one = {
        "name": "Mahsun Rasidi",
        "birth_date": date(1990, 12, 12),
        "sex": "L",
        "mother_name": "Sahnim",
        **VILLAGE,
    }
    assert clusters(rows_of({"nik": "5203011212900003", **one}, {"nik": "5203071212900003", **one})) == [0, 0]


def test_what_is_shown_of_a_result_holds_no_person(rows_of: RowsOf) -> None:
    rows = rows_of(
        {"nik": "5203011212900003", "name": "Mahsun"}, {"nik": "5203011212900003", "name": "Mahsun"}
    )
    shown = repr(link(rows))
    assert "5203011212900003" not in shown
    assert "Mahsun" not in shown


def test_known_people_are_joined_and_untouched_rows_stay_as_they_were() -> None:
    frame = linkage_rows(4_000, seed=9)
    first, second = frame.head(3_000), frame.tail(1_000)
    before = link(first).rows
    register = first.join(before.select("row_id", "cluster", own="nik"), on="row_id").sort("row_id")
    known = register.unique("cluster", keep="first", maintain_order=True).with_columns(
        person_id=pl.col("cluster"), nik=pl.col("own")
    )
    known = known.with_columns(nik_raw=pl.col("nik"))
    after = link(second, known)
    joined = after.rows.filter(pl.col("person").is_not_null())
    truth = dict(frame.select("row_id", "person").iter_rows())
    whose = dict(known.select("person_id", "person").iter_rows())
    right = sum(truth[row] == whose[person] for row, person in joined.select("row_id", "person").iter_rows())
    assert joined.height > 150
    assert right / joined.height > 0.99
    whole = link(frame).rows.join(before.select("row_id", was="cluster"), on="row_id")
    moved = whole.group_by("was").agg(pl.col("cluster").n_unique()).filter(pl.col("cluster") > 1)
    assert moved.height <= 0.005 * before["cluster"].n_unique()
