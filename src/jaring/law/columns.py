"""The columns that the law reads, with their types: the cases to price and the workers to decide on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

_TEXTS = pl.List(pl.String())

#: What a contribution depends on; the last four only where it is paid by contract (jakon, pmi).
PRICE: dict[str, pl.DataType] = {
    "month": pl.Date(),
    "kind": pl.String(),
    "programmes": pl.String(),
    "source": pl.String(),
    "sector": pl.String(),
    "income_idr": pl.Int64(),
    "wage_idr": pl.Int64(),
    "risk_class": pl.String(),
    "contract_value_idr": pl.Int64(),
    "contract_months": pl.Int64(),
    "route": pl.String(),
    "jht_choice_idr": pl.Int64(),
}

#: One person in one month, as ``decide`` puts the lists together.
WORKER: dict[str, pl.DataType] = {
    "person_id": pl.Int64(),
    "month": pl.Date(),
    "birth_date": pl.Date(),
    "sex": pl.String(),
    "desa_code": pl.String(),
    "kecamatan_code": pl.String(),
    "age_years": pl.Int64(),
    "alive": pl.Boolean(),
    "moved": pl.Boolean(),
    "asn": pl.Boolean(),
    "abroad": pl.Boolean(),
    "segments": _TEXTS,
    "wage_idr": pl.Int64(),
    "income_idr": pl.Int64(),
    "land_m2": pl.Int64(),
    "desil": pl.Int64(),
    "sector": pl.String(),
    "risk_class": pl.String(),
    "covered_by": pl.String(),
    "covered_kind": pl.String(),
    "covered_segment": pl.String(),
    "covered_as_of": pl.Date(),
    "member_since": pl.Date(),
    "last_paid_month": pl.Date(),
    "last_paid_by": pl.String(),
    "occupations": _TEXTS,
}

#: What a worker is when the lists are silent.
_SILENT: dict[str, object] = {"alive": True, "moved": False, "asn": False, "abroad": False, "sector": "other"}


def workers(frame: pl.DataFrame) -> pl.DataFrame:
    """The worker columns of ``frame``, typed; what is absent is null, or what silence means."""
    columns = []
    for name, kind in WORKER.items():
        column = pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind)
        if name in _SILENT:
            column = column.fill_null(_SILENT[name])
        elif kind == _TEXTS:
            column = column.fill_null(pl.lit([], dtype=kind))
        columns.append(column.alias(name))
    return frame.select(columns)


def typed(kind: pl.DataType, cell: Any) -> Any:
    """A cell written as text in the type of its column: ``2026-04``, ``16_800``, ``ya``, ``a, b``.

    Blank is null; what is no text stays as it is. ValueError when the text does not fit.
    """
    if not isinstance(cell, str):
        return cell
    if cell == "":
        return None
    if kind == pl.Date():
        return dt.date.fromisoformat(cell if len(cell) > len("2026-04") else f"{cell}-01")
    if kind == pl.Boolean():
        if cell not in {"ya", "tidak"}:
            raise ValueError(f"harus ya atau tidak, bukan {cell!r}")
        return cell == "ya"
    if kind == pl.Int64():
        return int(cell)
    if kind == pl.List(pl.Int64()):
        return [int(item) for item in cell.split(",")]
    return [item.strip() for item in cell.split(",")] if kind == _TEXTS else cell
