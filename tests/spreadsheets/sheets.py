"""Sheets as a test writes them down, and the engine's steps in one call each."""

import json
from datetime import UTC, datetime

from spreadsheets import registry
from spreadsheets.importing import plan_job, start_job
from spreadsheets.planning.plans import planned_issues, planned_rows
from spreadsheets.writing.applying import apply_job

NOW = datetime(2099, 4, 1, 9, 0, tzinfo=UTC)


def csv_bytes(*rows, encoding="utf-8"):
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode(encoding)


def plan(resource, *rows, **options):
    """Plan a CSV of the rows given; options as importing.plan_job lists them."""
    job = start_job(resource, csv_bytes(*rows), filename="sheet.csv", options=options)
    return plan_job(job)


def apply(job, **keywords):
    model = registry.get(job.resource)._meta.model
    return apply_job(job.pk, model, **{"user": None, "now": NOW, **keywords})


def bring_in(resource, *rows, **options):
    return apply(plan(resource, *rows, **options))


def issues(job):
    """Return (place, message) of every fault; a fault of a whole row has only its number."""
    return [(f"{each.column}{each.row}", each.message) for each in planned_issues(job)]


def rows(job, kind):
    """Return a job's rows of a kind in their stored form."""
    return json.loads(json.dumps([row.stored() for row in planned_rows(job, kind)]))
