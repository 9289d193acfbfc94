"""A month is given back once a paper: after a settlement lowered it, a mutation may free the rest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0004_territory"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="release",
            name="funding_release_once",
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                fields=("award", "from_month", "reason", "document"), name="funding_release_once_a_paper"
            ),
        ),
    ]
