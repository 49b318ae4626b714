"""Invented tables of review sheets, zipped as the published ones are."""

import zipfile
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples" / "review"
EXTRACT = ("extract-sheets.csv", "extract-budgets.csv")
OFFICIAL = ("official-1-2.csv", "official-2-1.csv")


def zipped(directory, name, *, replace=()):
    """Return the path of a zip with the sample `name`; `replace` holds pairs (old, new) of text."""
    text = (SAMPLES / name).read_text("utf-8")
    for old, new in replace:
        assert old in text
        text = text.replace(old, new, 1)
    path = directory / name.replace(".csv", ".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return path
