"""Persons on a bill, settlements of bills that differ, what both sides agreed to."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

from jaring.officers.rowlevel import protect_through

FORWARD = "".join(
    f"CREATE TRIGGER enrolment_{name}_stays BEFORE DELETE OR TRUNCATE ON enrolment_{name} "
    "FOR EACH STATEMENT EXECUTE FUNCTION enrolment_refuse();\n"
    for name in ("billline", "settlement", "settlementline")
)
BACKWARD = "".join(
    f"DROP TRIGGER enrolment_{name}_stays ON enrolment_{name};\n"
    for name in ("billline", "settlement", "settlementline")
)


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0006_payment_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="BillLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.IntegerField()),
                ("person_id", models.BigIntegerField(null=True)),
                ("nik_bi", models.BinaryField(max_length=16, null=True)),
                ("name", models.CharField(max_length=120)),
                ("iuran_idr", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_by", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("approved_by", models.CharField(default="", max_length=150)),
                ("approved_at", models.DateTimeField(null=True)),
                ("refused_by", models.CharField(default="", max_length=150)),
                ("refused_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(default="", max_length=200)),
                ("way", models.CharField(max_length=6)),
                ("reason", models.CharField(max_length=200)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("people", models.IntegerField()),
                ("agreed_idr", models.BigIntegerField()),
                ("released_idr", models.BigIntegerField()),
                ("unacknowledged_idr", models.BigIntegerField()),
                ("figures", models.JSONField()),
                ("digest", models.BinaryField(max_length=32)),
                ("signed_on", models.DateField(null=True)),
                ("signed_by", models.CharField(default="", max_length=150)),
                ("signed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SettlementLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_id", models.BigIntegerField(db_index=True)),
                ("act", models.CharField(max_length=9)),
                ("code", models.CharField(max_length=40)),
                ("own_idr", models.BigIntegerField()),
                ("agreed_idr", models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="bill",
            name="agreed_idr",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="bill",
            name="agreed_people",
            field=models.IntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_idr__isnull", True), ("agreed_people__isnull", True)),
                    models.Q(
                        ("agreed_idr__lte", models.F("billed_idr")),
                        ("agreed_people__lte", models.F("people")),
                    ),
                    _connector="OR",
                ),
                name="enrolment_bill_never_above_billed",
            ),
        ),
        migrations.AddField(
            model_name="billline",
            name="bill",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="enrolment.bill"
            ),
        ),
        migrations.AddField(
            model_name="settlement",
            name="bill",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="settlements", to="enrolment.bill"
            ),
        ),
        migrations.AddField(
            model_name="settlement",
            name="letter",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="enrolment.letter"
            ),
        ),
        migrations.AddField(
            model_name="settlementline",
            name="settlement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="enrolment.settlement"
            ),
        ),
        migrations.AddField(
            model_name="bill",
            name="owed_idr",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce("agreed_idr", "billed_idr"),
                output_field=models.BigIntegerField(),
            ),
        ),
        migrations.AddField(
            model_name="bill",
            name="owed_people",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce("agreed_people", "people"),
                output_field=models.IntegerField(),
            ),
        ),
        migrations.AddConstraint(
            model_name="billline",
            constraint=models.UniqueConstraint(fields=("bill", "row"), name="enrolment_billline_once"),
        ),
        migrations.AddConstraint(
            model_name="billline",
            constraint=models.CheckConstraint(
                condition=models.Q(("iuran_idr__gte", 0)), name="enrolment_billline_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "approved"))),
                fields=("bill",),
                name="enrolment_settlement_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "signed"]), _negated=True),
                    models.Q(
                        models.Q(("approved_by", ""), _negated=True),
                        models.Q(("approved_by", models.F("made_by")), _negated=True),
                        ("letter__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="enrolment_settlement_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "signed"), _negated=True),
                    models.Q(
                        ("way", "accept"),
                        ("signed_on__isnull", False),
                        models.Q(("signed_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="enrolment_settlement_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="enrolment_settlement_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(
                        models.Q(("refused_by", ""), _negated=True),
                        models.Q(("refusal", ""), _negated=True),
                        models.Q(("refused_by", models.F("made_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="enrolment_settlement_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementline",
            constraint=models.UniqueConstraint(
                fields=("settlement", "person_id"), name="enrolment_settlementline_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementline",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_idr__gte", 0), ("agreed_idr__lte", models.F("own_idr"))),
                name="enrolment_settlementline_never_more",
            ),
        ),
        protect_through("enrolment_billline", "person_id", "people_person"),
        protect_through("enrolment_settlementline", "person_id", "people_person"),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
