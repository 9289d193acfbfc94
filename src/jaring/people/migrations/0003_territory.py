"""Persons by the desa they live in; what is known about them by the person."""

from django.db import migrations

from jaring.officers.rowlevel import protect, protect_through


class Migration(migrations.Migration):
    dependencies = [("people", "0002_search_and_undo"), ("officers", "0004_whole_regency")]
    operations = [
        protect("people_person", "desa_code"),
        protect_through("people_link", "person_id", "people_person"),
        # Either side's desa, and the one that was asked.
        protect(
            "people_review",
            "asked_desa",
            through={"left_person_id": "people_person", "right_person_id": "people_person"},
        ),
        # A verdict knows records, not persons: it is seen with a row of the same record.
        protect(
            "people_verdict",
            through={"low_key": "people_link.record_key", "high_key": "people_link.record_key"},
        ),
        protect("people_merge", through={"kept_id": "people_person", "gone_id": "people_person"}),
    ]
