"""How large a sum an assignment approves, and the lists of people that were taken out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("officers", "0004_whole_regency"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("parameters", models.JSONField(default=dict)),
                ("people", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=200)),
                ("state", models.CharField(default="asked", max_length=8)),
                ("asked_by", models.CharField(max_length=150)),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.CharField(default="", max_length=150)),
                ("decided_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(default="", max_length=200)),
                ("sha256", models.CharField(default="", max_length=64)),
                ("made_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="assignment",
            name="limit_idr",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("limit_idr__isnull", True), ("limit_idr__gte", 0), _connector="OR"),
                name="officers_assignment_limit",
            ),
        ),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(fields=["state", "-asked_at"], name="officers_export_open"),
        ),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(fields=["asked_by", "asked_at"], name="officers_export_day"),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "approved", "refused", "made"])),
                name="officers_export_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "made"]), _negated=True),
                    ("people__lte", 500),
                    models.Q(
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="officers_export_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "made"), _negated=True),
                    models.Q(("sha256", ""), _negated=True),
                    _connector="OR",
                ),
                name="officers_export_made",
            ),
        ),
    ]
