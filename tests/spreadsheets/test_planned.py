"""What was stored before November 2026 is opened as what it was; what is stored now is the same."""

import json
import zlib

import pytest
from django.core import serializers

from spreadsheets.models import ImportJob
from spreadsheets.planning.issues import Issue
from spreadsheets.planning.planned import (
    Change,
    ChangedRow,
    DeletedRow,
    NewRow,
    RefusedRow,
    UnchangedRow,
)
from spreadsheets.planning.plans import packed, unpacked
from spreadsheets.planning.understood import (
    Conflict,
    Question,
    StaleCell,
    Understood,
    UnknownHeading,
    UsedHeading,
)

FAULT = Issue("", 4, "B", "年度", "平成32", "cell.unreadable", "という年はありません。")
STORED = [
    ("new", [2, ["nsf", "財団", None], {"organizations": [1, 2]}]),
    ("changed", [3, 7, {"name_ja": ["旧", "新"]}, {"themes": [[], [5]]}, ["name_ja"]]),
    ("unchanged", [5, None]),
    ("deleted", [0, 8, {"code": ["x", "x"], "amount_yen": [1, 1]}]),
    (
        "refused",
        [
            4,
            [
                {
                    "sheet": "",
                    "row": 4,
                    "column": "B",
                    "heading": "年度",
                    "value": "平成32",
                    "code": "cell.unreadable",
                    "message": "という年はありません。",
                }
            ],
        ],
    ),
]
ROWS = {
    "new": NewRow(2, ["nsf", "財団", None], {"organizations": [1, 2]}),
    "changed": ChangedRow(
        3, 7, {"name_ja": Change("旧", "新")}, {"themes": Change([], [5])}, ["name_ja"]
    ),
    "unchanged": UnchangedRow(5, None),
    "deleted": DeletedRow(0, 8, {"code": "x", "amount_yen": 1}),
    "refused": RefusedRow(4, (FAULT,)),
}


@pytest.mark.parametrize(("kind", "stored"), STORED)
def test_a_stored_row_is_opened_and_stored_again_alike(kind, stored):
    chunk = zlib.compress(json.dumps([stored, stored]).encode())
    assert unpacked(kind, chunk) == [ROWS[kind]] * 2
    assert json.loads(zlib.decompress(packed([ROWS[kind]]))) == [stored]


def test_withheld_values_are_not_written():
    row = ROWS["changed"]
    assert (row.written, row.written_links) == ({}, {"themes": Change([], [5])})


def test_what_is_not_withheld_is_written():
    changes = {"name_ja": Change("旧", "新"), "name_en": Change("Old", "New")}
    links = {"themes": Change([], [5])}
    row = ChangedRow(3, 7, changes, links, ["name_ja", "themes"])
    assert (row.written, row.written_links) == ({"name_en": Change("Old", "New")}, {})


PLANNED = {
    "sentence": {"ja": "読みました。", "en": "Read."},
    "parts": {"ja": [["header_row", "1行目を見出し"]], "en": [["header_row", "row 1"]]},
    "columns": [["A", "コード", "code", "コード"], ["B", "備考", "", "備考"]],
    "heading_row": 1,
    "read_as": {"encoding": None, "sheet": None, "delimiter": None},
    "notices": ["マクロ付きのブックです。"],
    "encoding": "utf-8",
    "sheets": ["予算"],
    "stored": ["code", "name_ja"],
    "keys": ["code"],
    "plan": "0123456789abcdef",
    "hindrance": {"stale": [[2, 7, "name_ja", "旧", "別", "新"]], "count": 120},
}
STOPPED = {
    "stop": {
        "code": "column.unknown",
        "text": {"ja": "分かりません。", "en": "Not known."},
        "samples": {},
        "unknown": [["C", "なぞ", "なぞ"]],
    }
}


def test_what_was_understood_is_opened_with_names():
    understood = Understood.from_json(PLANNED)
    assert understood.columns[1] == UsedHeading("B", "備考", "", "備考")
    assert (understood.heading_row, understood.plan) == (1, "0123456789abcdef")
    assert understood.conflict == Conflict(120, (StaleCell(2, 7, "name_ja", "旧", "別", "新"),))
    assert understood.question is None
    assert Understood.from_json(STOPPED).question == Question(
        "column.unknown",
        {"ja": "分かりません。", "en": "Not known."},
        unknown=(UnknownHeading("C", "なぞ", "なぞ"),),
    )


@pytest.mark.parametrize(
    "stored",
    [
        {},
        PLANNED,
        STOPPED,
        {"stop": {"code": "column.missing", "text": {}, "samples": {}, "missing": ["code"]}},
        {"plan": "x", "hindrance": {"rules": [], "count": 0}},
    ],
)
def test_what_was_understood_is_stored_as_before(stored):
    assert json.loads(json.dumps(Understood.from_json(stored).as_json())) == stored


@pytest.mark.django_db
def test_a_job_keeps_what_was_understood_as_json():
    job = ImportJob.objects.create(resource="sources", understood=Understood(plan="x"))
    assert ImportJob.objects.filter(understood__plan="x").values_list("pk", flat=True).get()
    job.refresh_from_db()
    assert job.understood == Understood(plan="x")
    assert ImportJob.objects.create(resource="sources").understood == Understood()


@pytest.mark.django_db
def test_a_job_is_checked_dumped_and_loaded():
    job = ImportJob(resource="sources", understood=Understood(plan="x"))
    job.full_clean(exclude=["owner"])
    job.save()
    text = serializers.serialize("json", [job])
    assert json.loads(text)[0]["fields"]["understood"] == {"plan": "x"}
    (loaded,) = serializers.deserialize("json", text)
    assert loaded.object.understood == Understood(plan="x")
