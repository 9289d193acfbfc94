"""Lines of papers and person-months are seen with their person; the papers themselves hold sums."""

from django.db import migrations

from jaring.officers.rowlevel import protect, protect_through


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0004_pauses_and_reports"),
        ("people", "0003_territory"),
        ("officers", "0004_whole_regency"),
    ]
    operations = [
        *(
            protect_through(f"enrolment_{name}", "person_id", "people_person")
            for name in ("decreeline", "batchline", "personmonth", "mutation", "discrepancy")
        ),
        # Whoever left and whoever came may be of two desa: each sees its own change of hands.
        protect(
            "enrolment_vacancy",
            through={"left_person_id": "people_person", "came_person_id": "people_person"},
        ),
    ]
