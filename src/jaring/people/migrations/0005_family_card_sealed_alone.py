"""Families are compared in memory: nothing ever asked the register for the blind key of a family card."""

from django.db import migrations

FORGET = "UPDATE people_merge SET columns = array_remove(columns, 'kk_bi') WHERE 'kk_bi' = ANY(columns)"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_links_checked_at_once")]

    operations = [
        migrations.RemoveField("person", "kk_bi"),
        # What a merge moved is named by column, so that it can be undone.
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
