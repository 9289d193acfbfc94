"""The first lock: rows of a model that the officer at work may see, as ``Person.seen``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.apps import apps
from django.db import models

from jaring.officers.scope import current

_Row = TypeVar("_Row", bound=models.Model)


class Seen(models.Manager[_Row]):
    """Stands beside ``objects`` in each model whose table has a policy, and says the same in Python.

    Pages ask ``seen``; jobs, which work on everybody, ask ``objects``. The names are those of
    ``rowlevel.protect``: columns with a desa's code, a list's kind, the office that sent it, and columns
    that point to another such model's row. The scope is the one in force when the query is made.
    """

    def __init__(
        self, *, desa: str = "", kind: str = "", office: str = "", through: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self.columns = {"desa": desa, "kind": kind, "office": office}
        self.through = dict(through or {})

    def get_queryset(self) -> models.QuerySet[_Row]:
        rows = super().get_queryset()
        parents = {column: _keys(owner, rows.db) for column, owner in self.through.items()}
        return current().narrow(rows, **self.columns, through=parents)


def _keys(owner: str, using: str) -> models.QuerySet[Any]:
    """What is seen of ``room.Model`` or ``room.Model.column``, on the database that the question goes to."""
    room, name, *column = owner.split(".")
    parent = apps.get_model(room, name)._meta.managers_map["seen"]
    return parent.using(using).values(column[0] if column else "pk")


def guarded() -> dict[str, type[models.Model]]:
    """Table → model, for every model with a ``seen``."""
    return {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if isinstance(model._meta.managers_map.get("seen"), Seen)
    }
