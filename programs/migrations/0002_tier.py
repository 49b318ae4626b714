import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

MOVED = ["tier", "tierscheme", "historicaltier", "historicaltierscheme"]


def move_content_types(apps, from_app, to_app):
    """Let permissions, and what the admin logged, go with their models."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    content_types.filter(app_label=from_app, model__in=MOVED).update(app_label=to_app)


def forwards(apps, schema_editor):
    move_content_types(apps, "timeline", "programs")


def backwards(apps, schema_editor):
    move_content_types(apps, "programs", "timeline")


class Migration(migrations.Migration):
    """Tiers are of the programmes' room now; timeline.0002 has renamed their tables."""

    dependencies = [
        ("programs", "0001_initial"),
        ("timeline", "0002_rename_tier_tables"),
        ("spreadsheets", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='TierScheme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(help_text='半角英数字とハイフン。公開後は変えません（例 satreps）。', max_length=80, unique=True, verbose_name='コード')),
                        ('name_ja', models.CharField(max_length=100, verbose_name='名称')),
                        ('name_en', models.CharField(blank=True, max_length=100, verbose_name='英語名称')),
                    ],
                    options={
                        'verbose_name': '予算区分の定義',
                        'verbose_name_plural': '予算区分の定義',
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalTierScheme',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('code', models.SlugField(help_text='半角英数字とハイフン。公開後は変えません（例 satreps）。', max_length=80, verbose_name='コード')),
                        ('name_ja', models.CharField(max_length=100, verbose_name='名称')),
                        ('name_en', models.CharField(blank=True, max_length=100, verbose_name='英語名称')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.TextField(null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('import_job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='spreadsheets.importjob', verbose_name='取込み')),
                    ],
                    options={
                        'verbose_name': 'historical 予算区分の定義',
                        'verbose_name_plural': 'historical 予算区分の定義',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='HistoricalTier',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('letter', models.CharField(max_length=1, verbose_name='記号')),
                        ('label_ja', models.CharField(help_text='例 50億円以上', max_length=60, verbose_name='表示')),
                        ('label_en', models.CharField(blank=True, max_length=60, verbose_name='英語表示')),
                        ('lower_bound_yen', models.BigIntegerField(verbose_name='下限（円）')),
                        ('is_lower_bound_included', models.BooleanField(default=False, help_text='「以上」なら含み、「超」なら含みません。', verbose_name='下限を含む')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.TextField(null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('import_job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='spreadsheets.importjob', verbose_name='取込み')),
                        ('scheme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.tierscheme', verbose_name='定義')),
                    ],
                    options={
                        'verbose_name': 'historical 予算区分',
                        'verbose_name_plural': 'historical 予算区分',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Tier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('letter', models.CharField(max_length=1, verbose_name='記号')),
                        ('label_ja', models.CharField(help_text='例 50億円以上', max_length=60, verbose_name='表示')),
                        ('label_en', models.CharField(blank=True, max_length=60, verbose_name='英語表示')),
                        ('lower_bound_yen', models.BigIntegerField(verbose_name='下限（円）')),
                        ('is_lower_bound_included', models.BooleanField(default=False, help_text='「以上」なら含み、「超」なら含みません。', verbose_name='下限を含む')),
                        ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tiers', to='programs.tierscheme', verbose_name='定義')),
                    ],
                    options={
                        'verbose_name': '予算区分',
                        'verbose_name_plural': '予算区分',
                        'ordering': ['scheme', '-lower_bound_yen'],
                        'constraints': [models.UniqueConstraint(fields=('scheme', 'letter'), name='tier_letter_unique', violation_error_message='この記号はすでに使われています。'), models.UniqueConstraint(fields=('scheme', 'lower_bound_yen'), name='tier_lower_bound_unique', violation_error_message='同じ下限の区分がすでにあります。')],
                    },
                ),
            ],
        ),
        migrations.RunPython(forwards, backwards),
    ]
