"""A decision is seen with its person, where the person lives now."""

from django.db import migrations

from jaring.officers.rowlevel import protect_through


class Migration(migrations.Migration):
    dependencies = [
        ("decide", "0001_initial"),
        ("people", "0003_territory"),
        ("officers", "0004_whole_regency"),
    ]
    operations = [
        protect_through("decide_decision", "person_id", "people_person"),
    ]
