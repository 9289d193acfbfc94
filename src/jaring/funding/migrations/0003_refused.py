"""Why a proposal was sent back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0002_one_payer"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="refusal",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AddField(
            model_name="proposal",
            name="refused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="refused_by",
            field=models.CharField(default="", max_length=150),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(
                        models.Q(("refused_by", ""), _negated=True),
                        models.Q(("refusal", ""), _negated=True),
                        models.Q(("refused_by", models.F("made_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="funding_proposal_refused",
            ),
        ),
    ]
