"""Templates are read by people: short lines, short files."""

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_at_most_eighty_lines_of_at_most_120_characters(path):
    lines = path.read_text().splitlines()
    assert len(lines) <= 80
    assert [line for line in lines if len(line) > 120] == []
