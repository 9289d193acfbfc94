"""Who may see a mended row is read from its own list and desa; held rows of a list by index."""

import django.db.models.deletion
from django.db import migrations, models

from jaring.officers.rowlevel import protect


class Migration(migrations.Migration):
    dependencies = [("rosters", "0004_held_rows")]
    operations = [
        migrations.AddField(
            "mended",
            "roster",
            models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="rosters.roster",
            ),
        ),
        migrations.AddField("mended", "desa_code", models.TextField(null=True)),
        migrations.RunSQL(
            "UPDATE rosters_mended m SET roster_id = r.roster_id, desa_code = r.desa_code"
            " FROM rosters_row r WHERE r.id = m.row_id",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "mended",
            "roster",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="rosters.roster",
            ),
        ),
        migrations.RunSQL(
            "DROP POLICY jaring_seen ON rosters_mended; DROP POLICY IF EXISTS jaring_whole ON rosters_mended",
            migrations.RunSQL.noop,
        ),
        protect("rosters_mended", "desa_code", through={"roster_id": "rosters_roster"}),
        migrations.AddIndex(
            "row",
            models.Index(
                condition=models.Q(accepted=False), fields=["roster", "id"], name="rosters_row_held_of"
            ),
        ),
    ]
