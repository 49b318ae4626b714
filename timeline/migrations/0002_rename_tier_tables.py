from django.db import migrations


def renamed(model):
    return migrations.AlterModelTable(model, f"programs_{model.lower()}")


class Migration(migrations.Migration):
    """The tables of the tiers take the names that they have in the programmes' room."""

    dependencies = [("timeline", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                renamed("TierScheme"),
                renamed("Tier"),
                renamed("HistoricalTierScheme"),
                renamed("HistoricalTier"),
            ],
        ),
    ]
