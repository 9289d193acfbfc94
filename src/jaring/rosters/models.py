"""The tables of lists: the file, its rows, what was found wrong, and what offices taught us."""

from __future__ import annotations

from typing import Any

from django.db import models

from jaring.officers.seeing import Seen


def _said() -> models.TextField[Any, Any]:
    """A cell's text: null when the list does not say, which is not the same as an empty answer."""
    return models.TextField(null=True)


def _sum() -> models.BigIntegerField[Any, Any]:
    return models.BigIntegerField(null=True)


class Roster(models.Model):
    """One file from one office. The same bytes from the same office are the same roster."""

    sha256 = models.CharField(max_length=64)
    file_name = models.TextField()
    office = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    rows_in = models.IntegerField()
    accepted = models.IntegerField()
    quarantined = models.IntegerField()
    as_of = models.DateField(null=True)
    #: received; or replaced, when the office withdrew it
    state = models.CharField(max_length=12, default="received")

    objects = models.Manager()
    seen = Seen(kind="kind", office="office")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "office"], name="rosters_one_roster_per_file_and_office"
            ),
            models.CheckConstraint(
                condition=models.Q(rows_in=models.F("accepted") + models.F("quarantined")),
                name="rosters_counts_add_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.file_name}"


class Row(models.Model):
    """One row as its office wrote it, read. NIK, family card, phone and mother's name only sealed."""

    # Rows enter only with their roster, by one COPY of one action: checking the reference row by row took
    # a sixth of the whole intake. The unique constraint below leads with it, so it needs no index.
    roster = models.ForeignKey(
        Roster, on_delete=models.CASCADE, related_name="rows", db_index=False, db_constraint=False
    )
    sheet = models.TextField()
    row_no = models.BigIntegerField()
    accepted = models.BooleanField()
    nik_state = models.CharField(max_length=10)
    #: AES-GCM of the JSON of nik_raw, nik, no_kk, phone, mother_name
    secret = models.BinaryField(null=True)
    name = _said()
    birth_place = _said()
    birth_date = models.DateField(null=True)
    sex = _said()
    father_name = _said()
    address = _said()
    rt = _said()
    rw = _said()
    desa_code = _said()
    kecamatan_code = _said()
    position = _said()
    segment = _said()
    occupation = _said()
    sector = _said()
    wage_idr = _sum()
    income_idr = _sum()
    land_m2 = _sum()
    desil = _sum()
    employer = _said()
    npp = _said()
    status = _said()
    event_date = models.DateField(null=True)
    amount_idr = _sum()
    until = models.DateField(null=True)
    cover_segment = _said()
    cover_source = _said()
    programmes = _said()

    objects = models.Manager()
    seen = Seen(desa="desa_code", through={"roster_id": "rosters.Roster"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "sheet", "row_no"], name="rosters_one_row_per_place"),
        ]
        indexes = [
            # A village asks for its few held rows among all rows of the regency.
            models.Index(fields=["desa_code"], name="rosters_row_held", condition=models.Q(accepted=False)),
            models.Index(
                fields=["roster", "id"], name="rosters_row_held_of", condition=models.Q(accepted=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roster_id} {self.sheet} {self.row_no}"


class Problem(models.Model):
    """What was found in a row (or in the whole file, when ``row`` is null), and how to mend it."""

    roster = models.ForeignKey(
        Roster, on_delete=models.CASCADE, related_name="problems", db_index=False, db_constraint=False
    )
    row = models.ForeignKey(
        Row, on_delete=models.CASCADE, related_name="problems", null=True, db_constraint=False
    )
    sheet = models.TextField()
    row_no = models.BigIntegerField(null=True)
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    column = models.CharField(max_length=40)
    sentence = models.TextField()
    mend = models.TextField()

    objects = models.Manager()
    seen = Seen(through={"roster_id": "rosters.Roster", "row_id": "rosters.Row"})

    class Meta:
        ordering = ["roster_id", "sheet", "row_no"]
        indexes = [models.Index(fields=["roster", "code"], name="rosters_problem_code")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row_no}: {self.code}"


class Mapping(models.Model):
    """What a header means at one office; goes before the table of synonyms."""

    office = models.CharField(max_length=200)
    header_key = models.CharField(max_length=80)
    field = models.CharField(max_length=20)
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ["office", "header_key"]
        constraints = [
            models.UniqueConstraint(fields=["office", "header_key"], name="rosters_one_meaning_per_header"),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.header_key} = {self.field}"


# Django looks for a room's tables here.
from jaring.rosters.models_mend import Mended, Typed  # noqa: E402

__all__ = ["Mapping", "Mended", "Problem", "Roster", "Row", "Typed"]
