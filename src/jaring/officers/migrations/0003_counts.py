"""Where failed tries are counted: seen by every worker process, worth nothing after a crash."""

from django.db import migrations

FORWARD = """
CREATE UNLOGGED TABLE officers_cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX officers_cache_expires ON officers_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("officers", "0002_roles_and_reveals")]
    operations = [migrations.RunSQL(FORWARD, "DROP TABLE officers_cache")]
