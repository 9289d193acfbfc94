"""The role for work on the whole regency may do with the tables that are there what the application may.

What the owner makes later is handed to it as it is made (``tables.migrating``).
"""

from django.db import migrations

FORWARD = """
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO jaring_whole;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO jaring_whole;
"""


class Migration(migrations.Migration):
    dependencies = [("officers", "0003_counts")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
