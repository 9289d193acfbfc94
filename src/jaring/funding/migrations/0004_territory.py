"""Who is paid for and who waits is seen with the person."""

from django.db import migrations

from jaring.officers.rowlevel import protect_through


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0003_refused"),
        ("people", "0003_territory"),
        ("officers", "0004_whole_regency"),
    ]
    operations = [
        protect_through("funding_award", "person_id", "people_person"),
        protect_through("funding_waiting", "person_id", "people_person"),
        protect_through("funding_release", "award_id", "funding_award"),
    ]
