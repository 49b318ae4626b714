import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Timelines refer to the programmes' tiers: in Django's view; their rows did so all along."""

    dependencies = [
        ("programs", "0002_tier"),
        ("timeline", "0002_rename_tier_tables"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="timeline",
                    name="tier_scheme",
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="timelines", to="programs.tierscheme", verbose_name="予算区分"),
                ),
                migrations.AlterField(
                    model_name="historicaltimeline",
                    name="tier_scheme",
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="programs.tierscheme", verbose_name="予算区分"),
                ),
                migrations.DeleteModel(name="HistoricalTier"),
                migrations.DeleteModel(name="Tier"),
                migrations.DeleteModel(name="HistoricalTierScheme"),
                migrations.DeleteModel(name="TierScheme"),
            ],
        ),
    ]
