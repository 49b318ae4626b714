"""Bringing in a sheet: the engine, the stock Resource, and the least that any import must do."""

import csv
import io
from collections.abc import Callable

import tablib
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone, translation
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Result
from import_export.widgets import ForeignKeyWidget

from programs.models import Organization, Program
from spreadsheets import registry
from spreadsheets.importing import plan_job, start_job
from spreadsheets.models import ImportJob
from spreadsheets.writing.applying import apply_job
from tests.bench import sheets
from tests.bench.fresh import cost
from tests.spreadsheets.import_pages import confirm, upload

TABLE = Program._meta.db_table


def bring_in(content: bytes) -> ImportJob:
    """Preview and confirm, as the admin's pages do."""
    job = plan_job(start_job("programs", content, filename="bench.csv"))
    model = registry.get("programs")._meta.model
    return apply_job(job.pk, model, user=None, now=timezone.now())


def engine(size: int) -> dict:
    content = sheets.as_csv(size)
    with translation.override("ja"):
        _warm_up(bring_in)
        with cost(TABLE) as taken:
            job = bring_in(content)
    return {**taken.as_dict, "new": job.counts["new"], "unchanged": job.counts["unchanged"]}


def _warm_up(import_sheet: Callable[[bytes], object]) -> None:
    """Import ten rows and take them back: a server has done that before, and so has each case."""
    with transaction.atomic():
        import_sheet(sheets.as_csv(10))
        transaction.set_rollback(True)


UPSERT = f"""
    INSERT INTO {TABLE} (code, name_ja, name_en, summary_ja, lead_organization_id,
        start_fiscal_year, official_url, abbreviation, summary_en, end_state, has_own_budget,
        search_key)
    VALUES (%s, %s, %s, %s, %s, %s, %s, '', '', 'unknown', 1, '')
    ON CONFLICT (code) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en,
        summary_ja = excluded.summary_ja, lead_organization_id = excluded.lead_organization_id,
        start_fiscal_year = excluded.start_fiscal_year, official_url = excluded.official_url
"""


def limit(size: int) -> dict:
    """Decode, csv.reader, convert, one upsert into the same table: no preview, no history."""
    content = sheets.as_csv(size)
    _warm_up(_upsert)
    with cost() as taken:
        _upsert(content)
    return taken.as_dict


def _upsert(content: bytes) -> None:
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True)
    next(lines)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT code, id FROM programs_organization")
        pks = dict(cursor.fetchall())
        cursor.executemany(
            UPSERT,
            [
                (code, ja, en, summary, pks[owner], int(year), url)
                for code, ja, en, summary, owner, year, url in lines
            ],
        )


class StockResource(ModelResource):
    """What the library's documentation shows: the natural key and a widget for the foreign key."""

    lead_organization = Field(
        attribute="lead_organization",
        column_name="lead_organization",
        widget=ForeignKeyWidget(Organization, "code"),
    )

    class Meta:
        model = Program
        import_id_fields = ["code"]
        fields = sheets.COLUMNS


def stock(size: int) -> dict:
    """A dry run for the preview and the real one, as the library's own admin pages do."""
    content = sheets.as_csv(size)
    _warm_up(_stock_import)
    with cost(TABLE) as taken:
        result = _stock_import(content)
    return {**taken.as_dict, "new": result.totals["new"]}


def _stock_import(content: bytes) -> Result:
    _heading, _, body = content.decode("utf-8-sig").partition("\r\n")
    text = f"{','.join(sheets.COLUMNS)}\r\n{body}"
    for dry_run in (True, False):
        dataset = tablib.Dataset().load(text, format="csv")
        result = StockResource().import_data(dataset, dry_run=dry_run, raise_errors=True)
    return result


def pages(size: int) -> dict:
    """The admin's pages: upload, read the preview, press the button, read the result.

    In one transaction, so that no thread is started for the work.
    """
    content = sheets.as_csv(size)
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create_superuser("bench"))

    def through_pages(content: bytes) -> ImportJob:
        with transaction.atomic():
            job, _preview = upload(client, Program, content)
            confirm(client, job, rows="all")
        return job

    with translation.override("ja"):
        _warm_up(through_pages)
        with cost(TABLE) as taken:
            job = through_pages(content)
    job.refresh_from_db()
    assert job.state == ImportJob.State.APPLIED
    return {**taken.as_dict, "new": job.counts["new"]}
