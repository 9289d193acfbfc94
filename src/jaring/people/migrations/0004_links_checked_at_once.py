"""A link still has its row and its person, asked once per load: a question per link took longer than all else."""

import django.db.models.deletion
from django.db import migrations, models

HAS_ENDS = """
CREATE FUNCTION people_link_has_ends() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh f WHERE NOT EXISTS (SELECT FROM rosters_row r WHERE r.id = f.row_id))
        OR EXISTS (SELECT FROM fresh f WHERE NOT EXISTS (SELECT FROM people_person p WHERE p.id = f.person_id))
    THEN
        RAISE foreign_key_violation USING MESSAGE = 'a link needs its row and its person';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER people_link_inserted AFTER INSERT ON people_link
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION people_link_has_ends();
CREATE TRIGGER people_link_updated AFTER UPDATE ON people_link
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION people_link_has_ends();

CREATE FUNCTION people_link_keeps_ends() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_TABLE_NAME = 'people_person' AND
            EXISTS (SELECT FROM gone g JOIN people_link l ON l.person_id = g.id)
        OR TG_TABLE_NAME = 'rosters_row' AND
            EXISTS (SELECT FROM gone g JOIN people_link l ON l.row_id = g.id)
    THEN
        RAISE foreign_key_violation USING MESSAGE = 'a row or a person that a link names stays';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER people_link_person_stays AFTER DELETE ON people_person
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION people_link_keeps_ends();
CREATE TRIGGER people_link_row_stays AFTER DELETE ON rosters_row
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION people_link_keeps_ends();
"""
BACK = """
DROP TRIGGER people_link_row_stays ON rosters_row;
DROP TRIGGER people_link_person_stays ON people_person;
DROP FUNCTION people_link_keeps_ends();
DROP TRIGGER people_link_updated ON people_link;
DROP TRIGGER people_link_inserted ON people_link;
DROP FUNCTION people_link_has_ends();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_territory"), ("rosters", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="link",
            name="row",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="link",
                to="rosters.row",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="people.person",
            ),
        ),
        migrations.RunSQL(HAS_ENDS, BACK),
    ]
