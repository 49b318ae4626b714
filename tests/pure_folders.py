"""The folders without Django, as `pyproject.toml` lists them for import-linter.

`python -m tests.pure_folders` prints them for mypy: -p values -p spreadsheets.reading …
"""

import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def pure_folders() -> list[str]:
    contracts = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]
    return next(each["source_modules"] for each in contracts if each["type"] == "forbidden")


if __name__ == "__main__":
    print(*(f"-p {folder}" for folder in pure_folders()))
