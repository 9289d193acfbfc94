"""Held rows put right, rows typed by hand."""

import django.db.models.deletion
from django.db import migrations, models

from jaring.officers.rowlevel import protect


class Migration(migrations.Migration):
    dependencies = [
        ("rosters", "0002_territory"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mended",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "by_row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rosters.row"
                    ),
                ),
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mended", to="rosters.row"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Typed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="typed", to="rosters.roster"
                    ),
                ),
            ],
        ),
        protect("rosters_mended", through={"row_id": "rosters_row"}),
        protect("rosters_typed", through={"roster_id": "rosters_roster"}),
    ]
