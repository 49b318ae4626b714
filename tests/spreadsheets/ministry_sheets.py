"""Sheets of budgets as ministries lay them out, at random, and whether the importer reads them.

`python -m tests.spreadsheets.ministry_sheets 2000 [seed]` imports so many of them into a database
of its own and counts what became of them. Nothing here knows how sheets are read: sheets are made
from records, and go in as a person brings them in, by the command and its flags.
"""

import json
import os
import sys
import tempfile
from collections import Counter
from io import StringIO
from pathlib import Path

from .ministry.books import sheet
from .ministry.case import Case
from .ministry.chance import thrown
from .ministry.words import PROGRAMS

MOST_QUESTIONS = 5


class Wrong(AssertionError):
    """The importer wrote other records than there are in the sheet, or left without a reason."""


def make_programs() -> None:
    from programs.models import Program

    for code, (name, short) in PROGRAMS.items():
        Program.objects.create(code=code, name_ja=name, abbreviation=short, start_fiscal_year=1990)


def run_import(resource: str, path: Path, *flags: str) -> tuple[int, dict]:
    """Import a file by the command; return its exit status and what it prints."""
    from django.core.management import call_command

    printed = StringIO()
    try:
        arguments = (resource, str(path), "--json", *flags)
        call_command("import_sheet", *arguments, stdout=printed, stderr=StringIO())
    except SystemExit as leaving:
        return int(leaving.code or 0), json.loads(printed.getvalue())
    return 0, json.loads(printed.getvalue())


def answer(case: Case, error: dict, flags: list[str]) -> list[str]:
    """Return the flags with which a reader of the sheet answers a question; none: they cannot."""
    code, asked = error["code"], error["value"].split("」「")
    if code == "unit.missing" and case.unit and "--unit" not in flags:
        return ["--unit", case.unit]
    if code == "column.missing":
        return [
            word
            for name in asked
            if name in case.constants and f"{name}={case.constants[name]}" not in flags
            for word in ("--set", f"{name}={case.constants[name]}")
        ]
    if code == "table.several" and case.sheets and "--sheet" not in flags:
        return [word for name in case.sheets for word in ("--sheet", name)]
    if code == "table.several" and not case.sheets and "--table" not in flags:
        sheet = case.papers[0].name
        return [word for label in asked for word in ("--table", f"{sheet}!{label.split()[-1]}")]
    if code == "column.unknown" and "--unused-rest" not in flags:
        return ["--unused-rest"] if all(map(case.is_unused, asked)) else []
    return []


def outcome(case: Case, folder: Path) -> str:
    """Import a sheet and say what became of it; Wrong where it was read wrongly.

    "read", "read when answered", or "refused: " and the code.
    """
    path = folder / f"sheet{case.suffix}"
    path.write_bytes(case.content)
    flags: list[str] = []
    for _question in range(MOST_QUESTIONS):
        status, result = run_import("budgets", path, *flags)
        found = stored()
        if status == 0:
            if found.items() < case.records.items() and (left := sheets_left_out(case, result)):
                return f"refused: sheet left out | {left}"
            check_read(case, found, result, flags)
            return "read when answered" if flags else "read"
        errors = result["errors"]
        if found:
            raise Wrong(f"refused, yet written: {found}")
        if status != 1 or not errors or not all(e["code"] and e["message"] for e in errors):
            raise Wrong(f"refused without a reason: {status} {result}")
        more = answer(case, errors[0], flags)
        if not more:
            return f"refused: {errors[0]['code']} | {errors[0]['message'][:90]}"
        flags += more
    return f"refused: asked more than {MOST_QUESTIONS} times | {flags}"


def stored() -> dict[tuple[str, int, str], int]:
    from programs.models import YearlyBudget

    rows = YearlyBudget.objects.values_list("program__code", "fiscal_year", "basis", "amount_yen")
    return {(code, year, basis): yen for code, year, basis, yen in rows}


def told(result: dict) -> str:
    """Return all that the command says of what it left out or read with care."""
    return "\n".join(map(str, [*result["left_out"], *result["warnings"]]))


def sheets_left_out(case: Case, result: dict) -> list[str]:
    """Return the sheets with records that the warnings name as not read: told, and yet missed."""
    said = [line for line in told(result).splitlines() if "読んでいません" in line]
    return [name for name in case.sheets if any(name in line for line in said)]


def check_read(case: Case, found: dict, result: dict, flags: list[str]) -> None:
    faults = [
        *(f"missing {key} {yen:,}" for key, yen in case.records.items() if key not in found),
        *(f"invented {key} {yen:,}" for key, yen in found.items() if key not in case.records),
        *(
            f"{key} is {yen:,}, not {case.records[key]:,}"
            for key, yen in found.items()
            if key in case.records and case.records[key] != yen
        ),
    ]
    said = told(result)
    if not sheets_left_out(case, result):
        faults += [f"not told: {words}" for words in case.told if words not in said]
    if faults:
        raise Wrong("\n".join([f"flags {flags}", *faults, "told", said]))


def main(count: int, seed: str) -> int:
    """Import `count` sheets; print what was read wrongly, and how many ended how."""
    from django.db import transaction

    counts: Counter[str] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    make_programs()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            case = sheet(thrown(f"{seed}/{number}"))
            with transaction.atomic():
                try:
                    ended = outcome(case, Path(folder))
                except Exception as error:
                    ended = "wrong" if isinstance(error, Wrong) else f"crash: {error!r}"
                    print(f"\n== {seed}/{number} {ended}\n{case.as_text()}\n{error}")
                transaction.set_rollback(True)
            counts[ended.split(" | ")[0]] += 1
            reasons[case.shape, ended] += 1
            if ended.startswith("refused") and os.environ.get("SHOW", "…") in ended.split(" | ")[0]:
                print(f"\n-- {seed}/{number} {ended}\n{case.as_text()}")
    print()
    for ended, times in counts.most_common():
        print(f"{times:6} {100 * times / count:5.1f} % {ended}")
    for (shape, ended), times in reasons.most_common(60):
        if "refused" in ended:
            print(f"{times:6} {shape}: {ended}")
    return int(any(ended.startswith(("wrong", "crash")) for ended in counts))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    import django
    from django.core.management import call_command
    from django.utils import translation

    django.setup()
    call_command("migrate", verbosity=0)
    with translation.override("ja"):
        asked = int(sys.argv[1]) if len(sys.argv) > 1 else 200
        sys.exit(main(asked, sys.argv[2] if len(sys.argv) > 2 else "1"))
