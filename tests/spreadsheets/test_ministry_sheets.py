"""Sheets as ministries make them are read as a careful person reads them, or not at all."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .ministry.books import sheet
from .ministry.chance import drawn
from .ministry_sheets import make_programs, outcome

LEAST_READ = 85
"""Per cent of the sheets that are read, at once or when answered."""


@st.composite
def sheets(draw):
    return sheet(drawn(draw))


@pytest.mark.slow
def test_a_sheet_is_read_as_it_is_or_refused_with_a_reason(db, tmp_path):
    make_programs()
    ends = Counter()

    @settings(
        max_examples=200,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(sheets())
    def each(case):
        with transaction.atomic():
            try:
                ended = outcome(case, tmp_path)
            except Exception as error:
                error.add_note(case.as_text())
                raise
            finally:
                transaction.set_rollback(True)
        ends[ended.split(" | ")[0]] += 1

    each()

    read = ends["read"] + ends["read when answered"]
    assert 100 * read >= LEAST_READ * ends.total(), ends
