"""The published cases come out of single people."""

from __future__ import annotations

import datetime as dt

import polars as pl

from jaring.world import cases


def test_june_2025_by_segment() -> None:
    rows = cases.segments_june_2025(1)
    assert rows.height == 32_613
    assert rows["nik"].n_unique() == 32_613
    counted = rows.group_by("label", maintain_order=True).agg(pl.col("npp").drop_nulls().n_unique(), pl.len())
    assert counted.rows() == [(label, npp, workers) for label, _, npp, workers in cases.SEGMENTS_JUNE_2025]
    without = {
        label: 239 - part["unit_code"].n_unique()
        for (label,), part in rows.partition_by("label", as_dict=True).items()
        if label in {"BPD", "Satlinmas desa", "Kader posyandu", "RT/RW", "Perangkat desa"}
    }
    assert without == {
        "BPD": 158,
        "Satlinmas desa": 84,
        "Kader posyandu": 237,
        "RT/RW": 237,
        "Perangkat desa": 0,
    }


def test_october_2024() -> None:
    case = cases.october_2024(1)
    assert case.enrolled.height == 17_195
    assert case.enrolled["nik"].n_unique() == 17_195
    left = case.enrolled.join(case.mutations, on="person", how="anti").height
    assert left == 17_172
    assert left * cases.IURAN_2024 == 288_489_600
    kinds = dict(case.mutations["kind"].value_counts().iter_rows())
    assert kinds == {"MENINGGAL": 20, "PMI": 1, "MANDIRI": 2}
    deaths = case.mutations.filter(pl.col("kind") == "MENINGGAL")["date"]
    assert deaths.min() >= dt.date(2024, 5, 1)  # type: ignore[operator]
    assert deaths.max() <= dt.date(2024, 9, 30)  # type: ignore[operator]
    assert len(case.blocked) == 5
