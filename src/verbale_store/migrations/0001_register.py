import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CounterRow',
            fields=[
                ('series', models.TextField(primary_key=True, serialize=False)),
                ('last', models.BigIntegerField()),
            ],
            options={
                'db_table': 'register_counter',
            },
        ),
        migrations.CreateModel(
            name='EntryRow',
            fields=[
                ('receipt', models.BigIntegerField(primary_key=True, serialize=False)),
                ('state', models.TextField()),
                ('key', models.TextField(null=True, unique=True)),
                ('fingerprint', models.TextField(db_index=True)),
                ('received_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(db_index=True, null=True)),
                ('embargo_until', models.DateTimeField(null=True)),
                ('restricted', models.BooleanField(default=False)),
                ('record', models.TextField()),
            ],
            options={
                'db_table': 'register_entry',
                'indexes': [models.Index(fields=['state', 'receipt'], name='entry_by_state')],
            },
        ),
        migrations.CreateModel(
            name='EventRow',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('symbol', models.TextField()),
                ('act', models.TextField()),
                ('actor', models.TextField()),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('values', models.TextField()),
                ('record', models.CharField(max_length=64)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='verbale_store.entryrow')),
            ],
            options={
                'db_table': 'register_event',
            },
        ),
        migrations.CreateModel(
            name='FileRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='verbale_store.entryrow')),
            ],
            options={
                'db_table': 'register_file',
                'constraints': [models.UniqueConstraint(fields=('entry', 'sha256'), name='file_once_in_entry')],
            },
        ),
        migrations.CreateModel(
            name='RelationRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('symbol', models.TextField(db_index=True)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations', to='verbale_store.entryrow')),
            ],
            options={
                'db_table': 'register_relation',
                'constraints': [models.UniqueConstraint(fields=('entry', 'kind', 'symbol'), name='relation_once')],
            },
        ),
        migrations.CreateModel(
            name='SymbolRow',
            fields=[
                ('symbol', models.TextField(primary_key=True, serialize=False)),
                ('series', models.TextField()),
                ('number', models.BigIntegerField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='symbols', to='verbale_store.entryrow')),
            ],
            options={
                'db_table': 'register_symbol',
                'constraints': [models.UniqueConstraint(fields=('series', 'number'), name='number_once_in_series')],
            },
        ),
    ]
