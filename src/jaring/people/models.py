"""The tables of people: persons, which row is whose, open questions, and answers that bind for ever."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jaring.officers.seeing import Seen


class Person(models.Model):
    """One human being. NIK, family card, phone and mother's name are sealed under the person's own context.

    Two persons that turn out to be one are not deleted: ``merged_into`` names the one that stays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    nik_bi = models.BinaryField(max_length=16, null=True)
    nik_ct = models.BinaryField(null=True)
    kk_ct = models.BinaryField(null=True)
    phone_ct = models.BinaryField(null=True)
    mother_ct = models.BinaryField(null=True)
    name = models.TextField()
    #: The name as it sounds, a blank before each word: what a search by name looks through.
    sought = models.GeneratedField(
        expression=models.Func(models.F("name"), function="people_sound"),
        output_field=models.TextField(),
        db_persist=True,
    )
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, null=True)  # noqa: DJ001 -- null: no list says
    desa_code = models.CharField(max_length=13, null=True)  # noqa: DJ001 -- null: no list says
    kecamatan_code = models.CharField(max_length=8, null=True)  # noqa: DJ001 -- null: no list says
    first_seen = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False
    )

    objects = models.Manager()
    seen = Seen(desa="desa_code")

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

    # Both ends are checked by triggers once per load (migration 0004), not link by link.
    row = models.OneToOneField(
        "rosters.Row", on_delete=models.CASCADE, related_name="link", db_constraint=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links", db_constraint=False)
    weight = models.FloatField()
    state = models.CharField(max_length=7)
    record_key = models.BinaryField(max_length=16)

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

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
    #: open, asked, answered (by the village), same, different, closed (its cause is gone)
    state = models.CharField(max_length=9, default="open")
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, default="")
    #: The desa whose operator was asked, and what they said: same, different or unknown.
    asked_desa = models.CharField(max_length=13, default="", db_default="")
    answer = models.CharField(max_length=9, default="", db_default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, default="", db_default="")

    objects = models.Manager()
    seen = Seen(
        desa="asked_desa",
        through={"left_person_id": "people.Person", "right_person_id": "people.Person"},
    )

    class Meta:
        ordering = ["-weight", "id"]
        constraints = [
            models.UniqueConstraint(fields=["left_key", "right_key"], name="people_one_review_per_pair"),
        ]
        indexes = [models.Index(fields=["state"], name="people_review_state")]

    def __str__(self) -> str:
        return f"kasus {self.pk}: {self.state}"


class Merge(models.Model):
    """What a verdict "same" moved from one person to another, so that it can be moved back."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="merges")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: Columns of the kept person that came from the other.
    columns = ArrayField(models.CharField(max_length=20))
    links = ArrayField(models.BigIntegerField())
    #: Other open questions in which the one took the other's place.
    left_cases = ArrayField(models.BigIntegerField())
    right_cases = ArrayField(models.BigIntegerField())
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = models.Manager()
    seen = Seen(through={"kept_id": "people.Person", "gone_id": "people.Person"})

    def __str__(self) -> str:
        return f"kasus {self.review_id}: {self.gone_id} menjadi {self.kept_id}"


class Verdict(models.Model):
    """What a person decided about two records, by their contents: it holds for the next import too."""

    low_key = models.BinaryField(max_length=16)
    high_key = models.BinaryField(max_length=16)
    #: same or different
    verdict = models.CharField(max_length=9)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = models.Manager()
    seen = Seen(through={"low_key": "people.Link.record_key", "high_key": "people.Link.record_key"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low_key", "high_key"], name="people_one_verdict_per_pair"),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["same", "different"]), name="people_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        return f"putusan {self.pk}: {self.verdict}"
