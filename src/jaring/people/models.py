"""The tables of people: persons, which row is whose, open questions, and answers that bind for ever."""

from __future__ import annotations

import uuid

from django.db import models


class Person(models.Model):
    """One human being. NIK, family card, phone and mother's name are sealed under the person's own context.

    Two persons that turn out to be one are not deleted: ``merged_into`` names the one that stays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    nik_bi = models.BinaryField(max_length=16, null=True)
    nik_ct = models.BinaryField(null=True)
    kk_bi = models.BinaryField(max_length=16, null=True)
    kk_ct = models.BinaryField(null=True)
    phone_ct = models.BinaryField(null=True)
    mother_ct = models.BinaryField(null=True)
    name = models.TextField()
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, null=True)  # noqa: DJ001 -- null: no list says
    desa_code = models.CharField(max_length=13, null=True)  # noqa: DJ001 -- null: no list says
    kecamatan_code = models.CharField(max_length=8, null=True)  # noqa: DJ001 -- null: no list says
    first_seen = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nik_bi"], name="people_one_person_per_nik", condition=models.Q(nik_bi__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["desa_code"], name="people_person_desa"),
            models.Index(
                fields=["merged_into"],
                name="people_person_merged",
                condition=models.Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"orang {self.pk}"


class Link(models.Model):
    """Whose row it is, how surely, and the blind key of what the row said of its person."""

    row = models.OneToOneField("rosters.Row", on_delete=models.CASCADE, related_name="link")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links")
    weight = models.FloatField()
    state = models.CharField(max_length=7)
    record_key = models.BinaryField(max_length=16)

    def __str__(self) -> str:
        return f"baris {self.row_id} → orang {self.person_id}"


class Review(models.Model):
    """Two records that may be one person. The keys say what was asked, whatever becomes of the rows."""

    left_key = models.BinaryField(max_length=16)
    right_key = models.BinaryField(max_length=16)
    left_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    right_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    left_row = models.ForeignKey("rosters.Row", on_delete=models.SET_NULL, null=True, related_name="+")
    right_row = models.ForeignKey("rosters.Row", on_delete=models.SET_NULL, null=True, related_name="+")
    weight = models.FloatField()
    #: per field: name, born, sex, place, nik, kk, mother, tel; log2 odds
    weights = models.JSONField()
    #: open, asked, same, different, closed (its cause is gone)
    state = models.CharField(max_length=9, default="open")
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, default="")

    class Meta:
        ordering = ["-weight", "id"]
        constraints = [
            models.UniqueConstraint(fields=["left_key", "right_key"], name="people_one_review_per_pair"),
        ]
        indexes = [models.Index(fields=["state"], name="people_review_state")]

    def __str__(self) -> str:
        return f"kasus {self.pk}: {self.state}"


class Verdict(models.Model):
    """What a person decided about two records, by their contents: it holds for the next import too."""

    low_key = models.BinaryField(max_length=16)
    high_key = models.BinaryField(max_length=16)
    #: same or different
    verdict = models.CharField(max_length=9)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low_key", "high_key"], name="people_one_verdict_per_pair"),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["same", "different"]), name="people_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        return f"putusan {self.pk}: {self.verdict}"
