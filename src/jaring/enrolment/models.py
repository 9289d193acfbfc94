"""Person-months and the papers that move them. The migrations add the laws that hold for any writer."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from jaring.enrolment.models_checked import Checked, refused_by_another
from jaring.enrolment.models_discrepancy import Discrepancy
from jaring.enrolment.models_paper import Card, Letter, Reminder
from jaring.enrolment.models_person import Pause, Report
from jaring.enrolment.models_request import PaymentRequest, RequestLine
from jaring.enrolment.models_settlement import BillLine, Settlement, SettlementLine
from jaring.enrolment.policy import CLAIMS
from jaring.officers.seeing import Seen

_PAPER: dict[str, Any] = {"null": True, "db_constraint": False, "db_index": False}


class Decree(Checked):
    """An SK with its annex. ``digest``: of the annex, so that what was read is what is approved."""

    number = models.CharField(max_length=80, unique=True)
    month = models.DateField()
    date = models.DateField(null=True)
    digest = models.BinaryField(max_length=32)
    people = models.IntegerField()
    months = models.IntegerField()
    total_idr = models.BigIntegerField()
    state = models.CharField(max_length=10, default="draft")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (~Q(approved_by="") & ~Q(approved_by=F("made_by")) & Q(date__isnull=False)),
                name="enrolment_decree_two_people",
            ),
            refused_by_another("enrolment_decree_refused"),
        ]

    def __str__(self) -> str:
        return self.number


class DecreeLine(models.Model):
    """One person of an annex: the months and their prices, as they were signed."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="lines")
    person_id = models.BigIntegerField(db_index=True)
    award_id = models.BigIntegerField()
    fund = models.ForeignKey("funding.Fund", on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=12)
    wadah = models.CharField(max_length=80)
    kind = models.CharField(max_length=5)
    programmes = models.CharField(max_length=20)
    segment = models.CharField(max_length=30)
    month_from = models.DateField()
    prices_idr = ArrayField(models.BigIntegerField())
    base_idr = models.BigIntegerField(null=True)
    #: False when the draft was withdrawn: its awards are free for the next one.
    stands = models.BooleanField(db_default=True)

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["award_id"], condition=Q(stands=True), name="enrolment_line_one_an_award"
            ),
            models.UniqueConstraint(fields=["decree", "person_id", "month_from"], name="enrolment_line_once"),
            models.CheckConstraint(condition=Q(month_from__day=1), name="enrolment_line_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.decree_id}/{self.person_id}"


class Batch(Checked):
    """Names for one wadah and month, sent to the insurer once a second person has approved them."""

    number = models.CharField(max_length=120, unique=True)
    month = models.DateField(db_index=True)
    wadah = models.CharField(max_length=80)
    source = models.CharField(max_length=12)
    follows = models.BooleanField(default=False)
    people = models.IntegerField()
    iuran_idr = models.BigIntegerField()
    state = models.CharField(max_length=10, default="draft")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | (~Q(approved_by="") & ~Q(approved_by=F("made_by"))),
                name="enrolment_batch_two_people",
            ),
            refused_by_another("enrolment_batch_refused"),
        ]

    def __str__(self) -> str:
        return self.number


class BatchLine(models.Model):
    """One person in a batch, and what the insurer said of them. ``sent``: digest of the data as sent."""

    reference = models.UUIDField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    person_id = models.BigIntegerField(db_index=True)
    wadah = models.CharField(max_length=80)
    action = models.CharField(max_length=6)
    month = models.DateField()
    iuran_idr = models.BigIntegerField()
    sent = models.BinaryField(max_length=16, null=True)
    state = models.CharField(max_length=4, default="rcvd")
    code = models.CharField(max_length=20, default="")
    started = models.DateField(null=True)
    answer_id = models.BigIntegerField(null=True)
    mended = models.BooleanField(default=False)

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "person_id", "action"], name="enrolment_batchline_once"),
            models.CheckConstraint(
                condition=~Q(state="rjct") | ~Q(code=""), name="enrolment_batchline_refusal_has_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"


class Answer(models.Model):
    """A file of the insurer, by its content. ``held``: its totals do not add up; nothing was taken over."""

    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    batch_number = models.CharField(max_length=120)
    state = models.CharField(max_length=10)
    rows = models.IntegerField()
    accepted = models.IntegerField()
    rejected = models.IntegerField()
    pending = models.IntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.batch_number} {self.state}"


class Payment(models.Model):
    """The document behind paid months: an SP2D, or the insurer's own list of active participants."""

    number = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    date = models.DateField()
    amount_idr = models.BigIntegerField()
    document = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="enrolment_payment_once"),
            models.CheckConstraint(condition=~Q(document=""), name="enrolment_payment_has_document"),
            models.CheckConstraint(
                condition=Q(kind="sp2d", amount_idr__gt=0) | Q(kind="insurer_list", amount_idr=0),
                name="enrolment_payment_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Bill(models.Model):
    """The insurer's bill for one wadah and month beside our own sum of the same months.

    ``agreed_*``: what both sides signed for where the two differ; ``owed_*``: what is paid of it.
    """

    number = models.CharField(max_length=80, unique=True)
    code = models.CharField(max_length=40)
    wadah = models.CharField(max_length=80)
    month = models.DateField(db_index=True)
    people = models.IntegerField()
    jkk_idr = models.BigIntegerField()
    jkm_idr = models.BigIntegerField()
    jht_idr = models.BigIntegerField()
    jp_idr = models.BigIntegerField()
    billed_idr = models.BigIntegerField()
    own_people = models.IntegerField()
    recomputed_idr = models.BigIntegerField()
    agreed_people = models.IntegerField(null=True)
    agreed_idr = models.BigIntegerField(null=True)
    owed_people = models.GeneratedField(
        expression=Coalesce("agreed_people", "people"), output_field=models.IntegerField(), db_persist=True
    )
    owed_idr = models.GeneratedField(
        expression=Coalesce("agreed_idr", "billed_idr"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    state = models.CharField(max_length=10)
    due = models.DateField()
    file_sha256 = models.CharField(max_length=64)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="bills")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["month", "wadah"]
        constraints = [
            models.UniqueConstraint(
                fields=["wadah", "month"], condition=~Q(state="withdrawn"), name="enrolment_bill_one_a_month"
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(payment__isnull=False), name="enrolment_bill_paid_by_document"
            ),
            models.CheckConstraint(
                condition=Q(agreed_idr__isnull=True, agreed_people__isnull=True)
                | Q(agreed_idr__lte=F("billed_idr"), agreed_people__lte=F("people")),
                name="enrolment_bill_never_above_billed",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Mutation(models.Model):
    """Someone left: why, on what proof, from which month. The months after it follow."""

    person_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=11)
    event_date = models.DateField()
    from_month = models.DateField()
    proof = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "kind", "event_date"], name="enrolment_mutation_once"
            ),
            models.CheckConstraint(condition=~Q(proof=""), name="enrolment_mutation_has_proof"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_date}"


class PersonMonth(models.Model):
    """One claim of one payer on one month of one person.

    The papers carry no constraint of their own, row by row that would treble the time of a decree;
    a trigger of the migrations checks them for all rows of a statement at once.
    """

    person_id = models.BigIntegerField()
    month = models.DateField()
    state = models.CharField(max_length=9)
    source = models.CharField(max_length=12)
    source_kind = models.CharField(max_length=12, db_default="programme")
    wadah = models.CharField(max_length=80)
    kind = models.CharField(max_length=5)
    programmes = models.CharField(max_length=20)
    segment = models.CharField(max_length=30)
    iuran_idr = models.IntegerField()
    reason = models.CharField(max_length=40, db_default="")
    since = models.DateField(null=True)
    fund = models.ForeignKey("funding.Fund", models.PROTECT, related_name="+", **_PAPER)
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="+", **_PAPER)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", **_PAPER)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="+", **_PAPER)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+", **_PAPER)
    mutation = models.ForeignKey(Mutation, models.PROTECT, related_name="+", **_PAPER)

    objects = models.Manager()
    seen = Seen(through={"person_id": "people.Person"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "month"], condition=Q(state__in=CLAIMS), name="enrolment_one_payer"
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(payment__isnull=False), name="enrolment_paid_has_document"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["billed", "unpaid", "lapsed"]) | Q(bill__isnull=False),
                name="enrolment_billed_has_bill",
            ),
            models.CheckConstraint(
                condition=Q(source_kind="insurer_list", payment__isnull=False) | Q(fund__isnull=False),
                name="enrolment_programme_has_fund",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="enrolment_month_first_day"),
            models.CheckConstraint(condition=Q(iuran_idr__gte=0), name="enrolment_iuran_not_negative"),
        ]
        indexes = [
            # With the unique index each row stands in exactly one of the two.
            models.Index(
                fields=["person_id"], condition=~Q(state__in=CLAIMS), name="enrolment_past_by_person"
            ),
            models.Index(fields=["month", "wadah"], name="enrolment_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.state}"


class Vacancy(models.Model):
    """A place that fell free and who took it, so that the quota stays whole and can be shown."""

    left_person_id = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    proof = models.CharField(max_length=200)
    mutation = models.ForeignKey(Mutation, on_delete=models.PROTECT, null=True)
    fund = models.ForeignKey("funding.Fund", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12)
    wadah = models.CharField(max_length=80)
    month_from = models.DateField()
    month_to = models.DateField()
    free_idr = models.BigIntegerField()
    came_person_id = models.BigIntegerField(null=True)
    came_from = models.DateField(null=True)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, null=True)

    objects = models.Manager()
    seen = Seen(through={"left_person_id": "people.Person", "came_person_id": "people.Person"})

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["left_person_id", "source", "month_from"], name="enrolment_vacancy_once"
            ),
            models.CheckConstraint(
                condition=Q(came_person_id__isnull=True) | Q(came_from__isnull=False),
                name="enrolment_vacancy_from_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.month_from:%Y-%m}"


__all__ = [
    "Answer",
    "Batch",
    "BatchLine",
    "Bill",
    "BillLine",
    "Card",
    "Decree",
    "DecreeLine",
    "Discrepancy",
    "Letter",
    "Mutation",
    "Pause",
    "Payment",
    "PaymentRequest",
    "PersonMonth",
    "Reminder",
    "Report",
    "RequestLine",
    "Settlement",
    "SettlementLine",
    "Vacancy",
]
