"""Lists by their kind and the office that sent them, their rows also by the desa they name."""

from django.db import migrations

from jaring.officers.rowlevel import protect


class Migration(migrations.Migration):
    dependencies = [("rosters", "0001_initial"), ("officers", "0004_whole_regency")]
    operations = [
        protect("rosters_roster", kind="kind", office="office"),
        protect("rosters_row", "desa_code", through={"roster_id": "rosters_roster"}),
        # A village reads what is wrong with its own people's rows, also in an office's list.
        protect("rosters_problem", through={"roster_id": "rosters_roster", "row_id": "rosters_row"}),
    ]
