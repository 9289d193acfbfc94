"""The accepted rows as a frame, for the rooms above. Opened in memory only; never written or logged."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jaring.rosters.formats import formats
from jaring.rosters.models import Row
from jaring.rosters.normalise import COLUMNS
from jaring.rosters.sealing import SEALED, unseal
from jaring.tables.frames import read

_CLOSED = frozenset(SEALED)


def accepted(
    roster_ids: Sequence[int] | None = None,
    unlinked_only: bool = False,
    kinds: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> pl.DataFrame:
    """``row_id, roster_id, kind, office, as_of`` and ``normalise.COLUMNS``, in order of row_id.

    Only rows of persons, unless ``kinds`` names others (``["proyek"]``). ``unlinked_only``: rows that no
    person has been linked to yet. ``columns``: only these of ``COLUMNS``; what is sealed stays closed
    unless it is named, and nothing more is read than is asked for.
    """
    chosen = list(kinds) if kinds is not None else [kind for kind, own in formats().items() if own.persons]
    wanted = list(COLUMNS) if columns is None else [name for name in COLUMNS if name in set(columns)]
    if columns is not None and len(wanted) != len(set(columns)):
        raise ValueError("a column that lists do not have")
    opened = bool(_CLOSED & set(wanted))
    stored = [name for name in COLUMNS if name in wanted and name not in _CLOSED]
    keys = ["sheet", "row_no", "secret"] if opened else []
    taken = "".join(f', r."{name}"' for name in [*stored, *(key for key in keys if key not in stored)])
    # Only names of our own columns become text of the query; what the caller gives is bound.
    query = (
        f"SELECT r.id AS row_id, r.roster_id, o.kind, o.office, o.as_of, o.sha256{taken} FROM rosters_row r"  # noqa: S608
        " JOIN rosters_roster o ON o.id = r.roster_id"
        " WHERE r.accepted AND o.state = 'received' AND o.kind = ANY(%s)"
    )
    params: list[object] = [chosen]
    if roster_ids is not None:
        query += " AND r.roster_id = ANY(%s)"
        params.append(list(roster_ids))
    if unlinked_only:
        query += _unlinked()
    rows = read(query + " ORDER BY r.id", params)
    rows = unseal(rows) if opened else rows
    return rows.select("row_id", "roster_id", "kind", "office", "as_of", *wanted)


def _unlinked() -> str:
    """Rows that the room above has not linked: it points at a row at most once, which tells its table."""
    links = [
        relation
        for relation in Row._meta.related_objects
        if relation.field.unique and relation.related_model._meta.app_label != "rosters"
    ]
    return "".join(
        f' AND NOT EXISTS (SELECT 1 FROM "{link.related_model._meta.db_table}" l'  # noqa: S608  names of our own models
        f' WHERE l."{link.field.column}" = r.id)'
        for link in links
    )
