"""The databases that cases start from; see fresh.Bench."""

from django.core.management import call_command

from programs.models import Organization
from tests.bench import figures, imports, sheets


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
