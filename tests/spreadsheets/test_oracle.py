"""The stock Resource is slow but plain: on the same valid sheet the engine must do what it does."""

import random

import pytest
import tablib
from django.db import models, transaction

from programs.models import Organization, Program, ProgramName, YearlyBudget
from spreadsheets import registry
from tests.cast import cast
from tests.spreadsheets.random_sheets import SHEETS
from tests.spreadsheets.sheets import bring_in
from timeline.models import Event

pytestmark = pytest.mark.django_db

MODELS = {
    "organizations": Organization,
    "programs": Program,
    "names": ProgramName,
    "budgets": YearlyBudget,
    "events": Event,
}


def table(model: type[models.Model]) -> list[tuple]:
    """All rows of a model without their ids, each with the ids that it is linked to."""
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    rows = []
    for record in model._base_manager.all():
        values = [getattr(record, name) for name in fields]
        linked = [
            sorted(getattr(record, field.name).values_list("pk", flat=True))
            for field in model._meta.many_to_many
        ]
        rows.append((*values, *linked))
    return sorted(rows, key=repr)


def left_by_stock(name: str, sheet: list[list[str]]) -> list[tuple]:
    """What the stock Resource leaves of a sheet; then its import is taken back."""
    with transaction.atomic():
        headings, *rows = sheet
        dataset = tablib.Dataset(*rows, headers=headings)
        result = registry.get(name)().import_data(dataset)
        faults = [row.error for row in result.invalid_rows] + result.row_errors()
        assert not faults, (sheet, faults)
        left = table(MODELS[name])
        transaction.set_rollback(True)
    return left


def check(name: str, seed: int) -> None:
    cast()
    blanks_erase = seed % 2 == 0
    chance = random.Random(seed)
    sheet = SHEETS[name](chance, with_blanks=blanks_erase)
    by_stock = left_by_stock(name, sheet)
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in sheet]
    bring_in(name, *quoted, blank="erase" if blanks_erase else "keep")
    assert table(MODELS[name]) == by_stock


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", SHEETS)
def test_a_random_sheet_leaves_the_same_table(name, seed):
    check(name, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 50))
@pytest.mark.parametrize("name", SHEETS)
def test_two_hundred_random_sheets_leave_the_same_tables(name, seed):
    check(name, seed)
