"""A small sheet of each way in which ministries lay out tables: tests/samples/sheets/."""

import json
from pathlib import Path

import pytest

from programs.models import YearlyBudget

from .ministry_sheets import run_import, stored, told

FOLDER = Path(__file__).parents[1] / "samples" / "sheets"
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


def test_every_sample_has_its_expectation():
    files = {path.name for path in FOLDER.iterdir() if path.suffix in (".xlsx", ".csv")}
    assert files == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_gives_the_records_it_shows(name, chapter_nine):
    """`asked` is the question raised before `flags` answer it, "*" any; `refused` a place."""
    expected = EXPECTED[name]
    YearlyBudget.objects.all().delete()
    path = FOLDER / name
    if code := expected.get("asked"):
        status, result = run_import("budgets", path)
        assert status == 1
        assert code in ("*", *(error["code"] for error in result["errors"])), result
        assert stored() == {}
    status, result = run_import("budgets", path, *expected.get("flags", ()))

    if place := expected.get("refused"):
        assert status == 1
        places = [f"{error['column']}{error['row']}" for error in result["errors"]]
        assert any(place in each for each in places), result
        assert stored() == {}
        return
    assert status == 0, result
    records = [(code, year, basis, yen) for (code, year, basis), yen in stored().items()]
    assert sorted(records) == sorted(map(tuple, expected["records"]))
    said = told(result)
    assert [words for words in expected.get("told", ()) if words not in said] == []
