"""The sound of names for searching, what the village says of a doubtful pair, what a merge moved."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

#: Old and new spellings of one sound, and doubled letters: written one way. Immutable, so that the
#: column can be made from it. The blank before each word lets a search ask how a word begins.
_PAIRS = (
    *(("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("NJ", "NY"), ("SJ", "S"), ("SY", "S"), ("SH", "S")),
    *(("TS", "S"), ("KH", "H"), ("CH", "H"), ("DZ", "J"), ("DH", "D"), ("TH", "T"), ("PH", "P")),
    *(("AE", "AI"), ("X", "KS")),
)
_DOUBLED = "ABDGHIJKLMNPRSTU"


def _sound() -> str:
    # Marks inside a word join it, all others part words.
    text = "replace(replace(upper(name), '''', ''), '`', '')"
    for old, new in _PAIRS:
        text = f"replace({text}, '{old}', '{new}')"
    text = f"translate({text}, 'FVZQWY.,-/()\"', 'PPJKUI       ')"
    for letter in _DOUBLED:
        text = f"replace({text}, '{letter * 2}', '{letter}')"
    return f"' ' || {text}"


SOUND = f"""CREATE FUNCTION people_sound(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT {_sound()} $$"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(SOUND, "DROP FUNCTION people_sound(text)"),
        migrations.AddField(
            model_name="person",
            name="sought",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("name"), function="people_sound"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="asked_desa",
            field=models.CharField(db_default="", default="", max_length=13),
        ),
        migrations.AddField(
            model_name="review",
            name="answer",
            field=models.CharField(db_default="", default="", max_length=9),
        ),
        migrations.AddField(model_name="review", name="answered_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="review",
            name="answered_by",
            field=models.CharField(db_default="", default="", max_length=150),
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "links",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "left_cases",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "right_cases",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="people.review"
                    ),
                ),
            ],
        ),
    ]
