from django.db import migrations, models

from values.text_key import text_key

NAMES = {
    "organization": ("name_ja", "name_en", "short_name"),
    "program": ("name_ja", "name_en", "abbreviation"),
}
LENGTH = 400
BATCH = 1_000


def fill_keys(apps, schema_editor):
    """Write the keys of the names that stand in the tables: derived columns fill when saved."""
    database = schema_editor.connection.alias
    for model_name, names in NAMES.items():
        model = apps.get_model("programs", model_name)
        rows = model._base_manager.using(database)
        columns = [f"{name}_key" for name in names]
        table = schema_editor.quote_name(model._meta.db_table)
        sets = ", ".join(f"{schema_editor.quote_name(column)} = %s" for column in columns)
        last = 0
        while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", *names)[:BATCH]):
            with schema_editor.connection.cursor() as cursor:
                cursor.executemany(
                    f"UPDATE {table} SET {sets} WHERE id = %s",
                    [(*(text_key(name)[:LENGTH] for name in texts), pk) for pk, *texts in batch],
                )
            last = batch[-1][0]


class Migration(migrations.Migration):
    """Names are found by the keys that text folds to, by index."""

    dependencies = [
        ('programs', '0002_tier'),
    ]

    operations = [
        migrations.AddField(
            model_name='organization',
            name='name_en_key',
            field=models.CharField(blank=True, editable=False, max_length=400, null=True, verbose_name='照合用の名'),
        ),
        migrations.AddField(
            model_name='organization',
            name='name_ja_key',
            field=models.CharField(blank=True, editable=False, max_length=400, null=True, verbose_name='照合用の名'),
        ),
        migrations.AddField(
            model_name='organization',
            name='short_name_key',
            field=models.CharField(blank=True, editable=False, max_length=400, null=True, verbose_name='照合用の名'),
        ),
        migrations.AddField(
            model_name='program',
            name='abbreviation_key',
            field=models.CharField(blank=True, editable=False, max_length=400, null=True, verbose_name='照合用の名'),
        ),
        migrations.AddField(
            model_name='program',
            name='name_en_key',
            field=models.CharField(blank=True, editable=False, max_length=400, null=True, verbose_name='照合用の名'),
        ),
        migrations.AddField(
            model_name='program',
            name='name_ja_key',
            field=models.CharField(blank=True, editable=False, max_length=400, null=True, verbose_name='照合用の名'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['name_ja_key'], name='organization_name_ja_key'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['name_en_key'], name='organization_name_en_key'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['short_name_key'], name='organization_short_name_key'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(fields=['name_ja_key'], name='program_name_ja_key'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(fields=['name_en_key'], name='program_name_en_key'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(fields=['abbreviation_key'], name='program_abbreviation_key'),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
