"""Why a paper was sent back; pauses, which no batch undoes; what villages report.

The pauses that are open are read through a function of the owner's: were they hidden from somebody by
row-level security, that one's batch would take for free whom another holds.
"""

import uuid

from django.db import migrations, models

from jaring.officers.rowlevel import protect, protect_through

FORWARD = """
CREATE FUNCTION enrolment_open_pauses() RETURNS TABLE (person_id bigint, from_month date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public ROWS 50 AS $$
  -- A person who turned out to be another takes the pause along.
  WITH RECURSIVE held AS (
    SELECT p.person_id, p.from_month FROM enrolment_pause p WHERE p.resumed_at IS NULL
    UNION
    SELECT o.merged_into_id, h.from_month FROM held h JOIN people_person o ON o.id = h.person_id
     WHERE o.merged_into_id IS NOT NULL)
  SELECT h.person_id, min(h.from_month) FROM held h GROUP BY h.person_id
$$;

CREATE FUNCTION enrolment_pause_holds() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off AS $$
BEGIN
  PERFORM 1 FROM enrolment_open_pauses() z
    JOIN fresh n ON n.person_id = z.person_id AND n.month >= z.from_month AND n.state = 'enrolled'
    JOIN gone o ON o.id = n.id AND o.state IN ('decreed', 'rejected') LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'a person whom somebody holds back is not enrolled' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER enrolment_personmonth_pause AFTER UPDATE ON enrolment_personmonth
  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION enrolment_pause_holds();

CREATE TRIGGER enrolment_pause_stays BEFORE DELETE OR TRUNCATE ON enrolment_pause
  FOR EACH STATEMENT EXECUTE FUNCTION enrolment_refuse();
CREATE TRIGGER enrolment_report_stays BEFORE DELETE OR TRUNCATE ON enrolment_report
  FOR EACH STATEMENT EXECUTE FUNCTION enrolment_refuse();
"""
BACKWARD = """
DROP FUNCTION enrolment_pause_holds() CASCADE; DROP FUNCTION enrolment_open_pauses();
DROP TRIGGER enrolment_report_stays ON enrolment_report; DROP TRIGGER enrolment_pause_stays ON enrolment_pause;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0003_papers"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("from_month", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("resumed_by", models.CharField(default="", max_length=150)),
                ("resumed_at", models.DateTimeField(null=True)),
                ("resumed_reason", models.CharField(default="", max_length=200)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("person_id", models.BigIntegerField()),
                ("desa_code", models.CharField(max_length=13)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("MENINGGAL", "MENINGGAL"),
                            ("PINDAH", "PINDAH"),
                            ("PMI", "PMI"),
                            ("MANDIRI", "MANDIRI"),
                            ("BEKERJA", "BEKERJA"),
                            ("BERHENTI", "BERHENTI"),
                        ],
                        max_length=9,
                    ),
                ),
                ("event_date", models.DateField()),
                ("note", models.CharField(default="", max_length=200)),
                ("photo", models.CharField(max_length=64, null=True)),
                ("state", models.CharField(default="reported", max_length=8)),
                ("reason", models.CharField(default="", max_length=200)),
                ("reported_by", models.CharField(max_length=150)),
                ("reported_at", models.DateTimeField(auto_now_add=True)),
                ("decided_by", models.CharField(default="", max_length=150)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="batch",
            name="refusal",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AddField(
            model_name="batch",
            name="refused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="batch",
            name="refused_by",
            field=models.CharField(default="", max_length=150),
        ),
        migrations.AddField(
            model_name="decree",
            name="refusal",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AddField(
            model_name="decree",
            name="refused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="decree",
            name="refused_by",
            field=models.CharField(default="", max_length=150),
        ),
        migrations.AddConstraint(
            model_name="batch",
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
                name="enrolment_batch_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="decree",
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
                name="enrolment_decree_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("resumed_at__isnull", True)),
                fields=("person_id",),
                name="enrolment_pause_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_month__day", 1)), name="enrolment_pause_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="enrolment_pause_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resumed_at__isnull", True),
                    models.Q(
                        models.Q(("resumed_by", ""), _negated=True),
                        models.Q(("resumed_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="enrolment_pause_resumed_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["desa_code", "state"], name="enrolment_report_of_desa"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["reported", "accepted", "refused"])),
                name="enrolment_report_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("MENINGGAL", "PINDAH", "PMI", "MANDIRI", "BEKERJA", "BERHENTI"))
                ),
                name="enrolment_report_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "reported"),
                    models.Q(
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("decided_by", models.F("reported_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="enrolment_report_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="enrolment_report_refused_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "refused"), _negated=True),
                fields=("person_id", "kind", "event_date"),
                name="enrolment_report_once",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        protect("enrolment_report", "desa_code"),
        protect_through("enrolment_pause", "person_id", "people_person"),
    ]
