"""Every command of ours that writes, where nothing can be written: a sentence, status 1."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command, load_command_class
from django.db import OperationalError, connection

from programs.models import Organization
from records.commands import StoringCommand
from spreadsheets.models import ImportJob
from stipolicy.settings import BASE_DIR
from tests.cast import cast
from tests.spreadsheets.sheets import csv_bytes

FULL = (
    "ディスクに空きがないため、書き込めません。何も書き込んでいません。"
    "空きを作ってから、もう一度実行してください。"
)
COMMANDS = {
    "import_sheet": ["organizations", "sheet.csv"],
    "import_review_sheets": ["a.zip", "b.zip"],
    "import_chapter": ["chapter.md", "--edition", "2023", "--number", "9"],
    "publish_chapter": ["2023/kokusai", "--note", "改訂"],
    "undo_import": ["1"],
    "prepare": [],
}
WITH_JSON = ["import_sheet", "import_review_sheets", "import_chapter"]


def our_commands():
    """Return {name: app} of the commands in our rooms."""
    return {
        path.stem: app.name
        for app in apps.get_app_configs()
        if Path(app.path).parent == BASE_DIR
        for path in Path(app.path).glob("management/commands/[!_]*.py")
    }


def ended(command, *arguments):
    """Return (exit status, what was printed, what was complained)."""
    printed, complained = StringIO(), StringIO()
    with pytest.raises(SystemExit) as leaving:
        call_command(command, *arguments, stdout=printed, stderr=complained)
    return leaving.value.code, printed.getvalue(), complained.getvalue()


def fail_with(error, monkeypatch):
    def handle(self, *args, **options):
        raise error

    for name, app in our_commands().items():
        monkeypatch.setattr(type(load_command_class(app, name)), "handle", handle)


@pytest.fixture
def full(monkeypatch):
    fail_with(OperationalError("database or disk is full"), monkeypatch)


def test_every_command_of_ours_is_known_here_and_ends_this_way():
    found = our_commands()
    assert set(found) == set(COMMANDS)
    for name, app in found.items():
        assert isinstance(load_command_class(app, name), StoringCommand)


@pytest.mark.parametrize("name", set(COMMANDS) - {"prepare"})
def test_a_full_disk_is_one_sentence_and_status_one(full, name):
    assert ended(name, *COMMANDS[name]) == (1, "", f"{FULL}\n")


def test_preparing_says_it_in_both_languages(full):
    status, _printed, complained = ended("prepare")
    assert status == 1
    assert complained.splitlines()[0] == (
        "ディスクに空きがないため、書き込めません。済んだ段階は残り、次はその続きから進みます。"
        "空きを作ってから、もう一度実行してください。"
    )
    assert len(complained.splitlines()) == 2


@pytest.mark.parametrize("name", WITH_JSON)
def test_json_is_one_object_with_the_error(full, name):
    status, printed, complained = ended(name, *COMMANDS[name], "--json")
    (error,) = json.loads(printed)["errors"]
    assert (status, complained) == (1, "")
    assert (error["code"], error["message"], error["value"]) == ("storage.full", FULL, "")


def test_an_error_of_the_code_stays_one(monkeypatch):
    fail_with(ZeroDivisionError(), monkeypatch)
    with pytest.raises(ZeroDivisionError):
        call_command("undo_import", "1")


@pytest.fixture
def no_room(transactional_db):
    """A database that may grow by so many pages and no more."""
    with connection.cursor() as cursor:
        cast()
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 4}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's bound on its pages")
@pytest.mark.parametrize("as_json", [False, True])
def test_a_sheet_that_does_not_fit_leaves_nothing_half_written(no_room, tmp_path, as_json):
    sheet = tmp_path / "sheet.csv"
    rows = [[f"o-{number}", f"機構{number}" * 20] for number in range(2_000)]
    sheet.write_bytes(csv_bytes(["コード", "名称"], *rows))
    before = Organization.objects.count()

    arguments = ["organizations", str(sheet), *["--json"] * as_json]
    status, printed, complained = ended("import_sheet", *arguments)

    assert status == 1
    said = json.loads(printed)["errors"][0]["message"] if as_json else complained.strip()
    assert said == FULL
    assert Organization.objects.count() == before
    assert ImportJob.objects.count() == 0
