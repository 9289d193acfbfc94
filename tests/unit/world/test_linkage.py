"""Rows for scoring linkage: the contract's columns, the truth beside them, errors at the stated rates."""

from __future__ import annotations

import polars as pl

from jaring.world.linkage import faults_seen, linkage_rows


def test_columns_counts_and_rates() -> None:
    rows = linkage_rows(20_000, 5)
    assert rows.height == 20_000
    assert rows["person"].n_unique() == 15_000
    contract = [
        "row_id",
        "nik",
        "nik_raw",
        "name",
        "birth_date",
        "sex",
        "desa_code",
        "kecamatan_code",
        "no_kk",
        "mother_name",
        "phone",
    ]
    assert set(contract) <= set(rows.columns)
    assert rows["name"].null_count() == 0
    assert rows["row_id"].to_list() == list(range(20_000))
    for code, seen, rate in faults_seen(rows).iter_rows():
        if code != "nik_of_head":  # heads themselves cannot be wronged so
            assert abs(seen - rate) < 0.006, code


def test_same_seed_same_rows() -> None:
    assert linkage_rows(3_000, 5).equals(linkage_rows(3_000, 5))
    assert not linkage_rows(3_000, 5).equals(linkage_rows(3_000, 6))


def test_nik_alone_neither_finds_all_nor_is_always_right() -> None:
    rows = linkage_rows(30_000, 2)

    def pairs(frame: pl.DataFrame, by: list[str]) -> int:
        return int(frame.group_by(by).len().select((pl.col("len") * (pl.col("len") - 1) // 2).sum()).item())

    known = rows.drop_nulls("nik")
    right = pairs(known, ["nik", "person"])
    assert 0.7 < right / pairs(rows, ["person"]) < 0.88
    assert 0.93 < right / pairs(known, ["nik"]) < 0.999
