"""A row keeps its numbers sealed and nothing else of them: whoever has a NIK is found among the people.

Nothing ever asked these columns, and their index, filled in random order, was the dearest of the table.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("rosters", "0006_problems_by_key")]

    operations = [
        migrations.RemoveIndex("row", "rosters_row_nik"),
        migrations.RemoveField("row", "nik_bi"),
        migrations.RemoveField("row", "kk_bi"),
    ]
