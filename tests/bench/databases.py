"""The databases that cases start from; see fresh.Bench."""

import io

from django.core.management import call_command
from django.utils import timezone

from programs.models import Organization
from stipolicy.preparation import load_first_content
from tests.bench import cost_report, figures, imports, sheets


def empty(_size: int) -> dict:
    call_command("migrate", verbosity=0)
    Organization.objects.bulk_create(
        Organization(code=code, name_ja=f"{code}機構", search_key=code)
        for code in sheets.ORGANIZATIONS
    )
    return {}


def imported(size: int) -> dict:
    """`size` programmes, brought in by the engine."""
    imports.bring_in(sheets.as_csv(size))
    return {}


def drawn(rows: int) -> dict:
    """`rows` programmes with twenty years of sums."""
    figures.store(rows)
    return {}


def full(_size: int) -> dict:
    """The site's first content and the review sheets of eight years."""
    load_first_content(now=timezone.now())
    tables = [cost_report.data_folder() / name for name in cost_report.TABLES]
    call_command("import_review_sheets", *tables, stdout=io.StringIO(), stderr=io.StringIO())
    return {}
