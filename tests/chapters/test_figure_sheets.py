"""The sheets of chapter 9's figure, as staff would download, change and import them."""

import json

import pytest
from django.core.management import call_command

from timeline.models import Timeline

FIGURE = "/chapters/2023/kokusai/timeline"


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_the_sheet_of_chapter_nine_reads_back_without_a_change(
    client, chapter_nine, tmp_path, capsys, language, extension
):
    file = tmp_path / f"figure.{extension}"
    file.write_bytes(client.get(f"{language}{FIGURE}.{extension}").content)
    slug = Timeline.objects.get().slug
    call_command("import_sheet", "timeline-rows", str(file), f"--set=timeline={slug}", "--json")
    result = json.loads(capsys.readouterr().out)
    assert (result["new"], result["changed"], result["unchanged"]) == (0, 0, 34)
    assert result["errors"] == []


@pytest.mark.parametrize("basis", ["with_supplementary", "total", "executed"])
def test_the_sheet_on_another_basis_reads_back_without_a_change(
    client, chapter_nine, tmp_path, capsys, basis
):
    file = tmp_path / "figure.xlsx"
    file.write_bytes(client.get(f"{FIGURE}.xlsx?basis={basis}").content)
    slug = Timeline.objects.get().slug
    call_command("import_sheet", "timeline-rows", str(file), f"--set=timeline={slug}", "--json")
    result = json.loads(capsys.readouterr().out)
    assert result["errors"] == []
    assert result["unchanged"] == 34
