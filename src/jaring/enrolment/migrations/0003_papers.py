"""Numbered letters, reminders, cards. The database itself keeps a series without gaps and a number given."""

import django.db.models.deletion
from django.db import migrations, models

from jaring.officers.rowlevel import protect_through

FORWARD = """
CREATE FUNCTION enrolment_letter_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number <> 1 + coalesce((SELECT max(number) FROM enrolment_letter
                                  WHERE series = NEW.series AND year = NEW.year), 0) THEN
    RAISE EXCEPTION 'letter %/%/% does not follow the one before', NEW.series, NEW.year, NEW.number
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER enrolment_letter_follows BEFORE INSERT ON enrolment_letter
  FOR EACH ROW EXECUTE FUNCTION enrolment_letter_follows();

CREATE FUNCTION enrolment_letter_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a letter that has its number stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER enrolment_letter_stays BEFORE UPDATE OR DELETE ON enrolment_letter
  FOR EACH ROW EXECUTE FUNCTION enrolment_letter_stays();
"""
BACKWARD = """
DROP TRIGGER enrolment_letter_stays ON enrolment_letter; DROP FUNCTION enrolment_letter_stays();
DROP TRIGGER enrolment_letter_follows ON enrolment_letter; DROP FUNCTION enrolment_letter_follows();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0002_laws"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("series", models.CharField(max_length=20)),
                ("year", models.IntegerField()),
                ("number", models.IntegerField()),
                ("subject", models.CharField(max_length=200)),
                ("date", models.DateField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["series", "year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "year", "number"), name="enrolment_letter_number"
                    ),
                    models.UniqueConstraint(fields=("series", "subject"), name="enrolment_letter_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_bi", models.BinaryField(max_length=16, unique=True)),
                ("code_ct", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=150)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.CharField(db_default="", max_length=150)),
                ("revoked_reason", models.CharField(db_default="", max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("person",),
                        name="enrolment_card_one_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("desa_code", models.CharField(max_length=13)),
                ("year", models.IntegerField()),
                ("level", models.IntegerField()),
                ("date", models.DateField()),
                ("deadline", models.DateField()),
                ("owed", models.JSONField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(default="", max_length=150)),
                ("withdrawn_reason", models.CharField(default="", max_length=200)),
                (
                    "letter",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="enrolment.letter"),
                ),
            ],
            options={
                "ordering": ["date", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("desa_code", "year", "level"),
                        name="enrolment_reminder_level_once",
                    ),
                    models.UniqueConstraint(
                        fields=("desa_code", "date"), name="enrolment_reminder_one_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1)), name="enrolment_reminder_level"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(
                                models.Q(("withdrawn_by", ""), _negated=True),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="enrolment_reminder_withdrawn_by_whom",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        # Whoever may not see a person does not see that the person has a card.
        protect_through("enrolment_card", "person_id", "people_person"),
    ]
