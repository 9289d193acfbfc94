"""What is put right or typed by hand on the site: rows in place of held ones, keys of what was sent."""

from __future__ import annotations

from django.db import models

from jaring.officers.seeing import Seen


class Mended(models.Model):
    """A held row, and the row of a correction that says the same with its faults put right."""

    row = models.OneToOneField("rosters.Row", on_delete=models.CASCADE, related_name="mended")
    by_row = models.ForeignKey("rosters.Row", on_delete=models.CASCADE, related_name="+")
    # Of the held row, said again: its policy must not ask for every row that an officer sees.
    roster = models.ForeignKey(
        "rosters.Roster", on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    desa_code = models.TextField(null=True)  # noqa: DJ001 -- null: the row names no desa
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = models.Manager()
    seen = Seen(desa="desa_code", through={"roster_id": "rosters.Roster"})

    def __str__(self) -> str:
        return f"baris {self.row_id} → {self.by_row_id}"


class Typed(models.Model):
    """A row typed on the site. The key is made where it is typed: sent twice, it is one row."""

    key = models.UUIDField(unique=True)
    roster = models.ForeignKey("rosters.Roster", on_delete=models.CASCADE, related_name="typed")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = models.Manager()
    seen = Seen(through={"roster_id": "rosters.Roster"})

    def __str__(self) -> str:
        return f"ketikan {self.key}"
