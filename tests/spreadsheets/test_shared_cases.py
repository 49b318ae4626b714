"""Sheets as ministries make them, and inputs after public bug reports, end as their list says."""

import json
import re
from pathlib import Path

import pytest

from programs.models import Organization, Program, Source, YearlyBudget
from timeline.models import Event, TimelineRow

from .deck_records import CASES, DECK
from .ministry_sheets import run_import, told

FOLDER = Path("/work/shared/cases")
LABELS = FOLDER / "deck" / "expected.json"

pytestmark = [
    pytest.mark.skipif(not LABELS.exists(), reason="the shared cases are not on this machine"),
    pytest.mark.slow,
]
FIGURE = "--set=年表=2023-kokusai"
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


def budgets():
    rows = YearlyBudget.objects.values_list("program__code", "fiscal_year", "basis", "amount_yen")
    return {(code, year, basis): yen for code, year, basis, yen in rows}


def refused(result):
    """Whether a refusal says in words what is wrong and where; nothing was written."""
    assert result["errors"]
    for error in result["errors"]:
        assert error["code"]
        assert JAPANESE.search(error["message"]), error
        assert "Traceback" not in error["message"]
    return result["errors"]


@pytest.mark.parametrize(
    ("path", "sheet"),
    [
        *((FOLDER / "deck" / name, sheet) for name, sheet in DECK.items()),
        *((FOLDER / name, sheet) for name, sheet in CASES.items()),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_a_budget_sheet_gives_what_a_careful_reader_enters(path, sheet, chapter_nine):
    before = budgets()
    if sheet.asked:
        _status, result = run_import("budgets", path)
        assert [error["code"] for error in refused(result)] == [sheet.asked]
        assert budgets() == before
    status, result = run_import("budgets", path, *sheet.flags)
    after = budgets()
    changed = {key: yen for key, yen in after.items() if before.get(key) != yen}

    assert changed.items() <= (sheet.records | sheet.perhaps).items()
    if status:
        refused(result)
        assert sheet.end in ("refused", "either"), result["errors"]
        assert not changed
    else:
        assert sheet.end in ("read", "either"), result
        assert sheet.records.items() <= after.items()


@pytest.mark.parametrize("name", sorted(DECK))
def test_our_reading_of_the_deck_is_that_of_its_labels(name):
    label = json.loads(LABELS.read_text())[name]
    ours = DECK[name].records | DECK[name].perhaps

    for each in label["records"]:
        key = each["program"], each["fiscal_year"], each["basis"]
        assert ours[key] == each["amount_yen"]
    for each in label["absent"]:
        key = each["program"], each["fiscal_year"], each["basis"]
        assert ours.get(key) != each["amount_yen"]


def test_every_sheet_of_the_deck_is_tried():
    tried = set(DECK) | {
        "24_年表_色塗り.xlsx",
        "26_行事_和暦.xlsx",
        "28_組織_法人番号.xlsx",
        "29_施策_期間.xlsx",
    }
    assert tried == set(json.loads(LABELS.read_text()))


DATES = {
    "deck-ev1": "2022年3月30日",
    "deck-ev2": "2022年3月30日",
    "deck-ev3": "2022年3月30日",
    "deck-ev4": "2018年4月",
    "deck-ev5": "2018年度",
    "deck-ev6": "2022年3月30日",
    "deck-ev7": "2022年3月30日",
    "deck-ev8": "2022年3月30日",
    "deck-ev11": "2022年3月30日",
    "deck-ev12": "2022年3月30日",
    "deck-ev13": "2018年",
}


def test_dates_in_every_writing_keep_their_precision(chapter_nine):
    path = FOLDER / "deck" / "26_行事_和暦.xlsx"
    status, result = run_import("events", path, "--unused-rest", "--rows=good")
    stored = {each.code: str(each.date) for each in Event.objects.filter(code__startswith="deck")}
    doubtful = {code: date for code, date in stored.items() if code not in DATES}

    assert status == 0, result
    assert {code: date for code, date in stored.items() if code in DATES} == DATES
    assert doubtful.items() <= {"deck-ev10": "2022年3月28日", "deck-ev14": "2018年4月"}.items()
    refused_rows = {error["row"] for error in refused(result)}
    assert {11, 17, 18} <= refused_rows


def test_periods_are_split_into_their_years(chapter_nine):
    path = FOLDER / "deck" / "29_施策_期間.xlsx"
    status, result = run_import("programs", path, "--map=終了の状態=end_state", "--rows=good")
    found = Program.objects.filter(code__startswith="deck")
    years = {each.code: (each.start_fiscal_year, each.end_fiscal_year) for each in found}

    assert status == 0, result
    assert years.items() >= {
        ("deck-p1", (2012, 2015)),
        ("deck-p2", (2008, None)),
        ("deck-p3", (2008, None)),
    }
    rest = {"deck-p4": (2016, 2020), "deck-p5": (2019, 2023)}
    assert all(rest.get(code, years[code]) == years[code] for code in years)


def test_no_corporate_number_is_stored_that_is_none(chapter_nine):
    path = FOLDER / "deck" / "28_組織_法人番号.xlsx"
    _status, result = run_import("organizations", path, "--unused-rest", "--rows=good")
    found = Organization.objects.filter(code__startswith="deck")
    numbers = {each.code: each.corporate_number for each in found}

    refused(result)
    assert "deck-x" not in numbers
    assert "deck-y" not in numbers
    assert all(
        {
            "deck-nims": "2050005005211",
            "deck-riken": "1030005007111",
            "deck-aist": "7010005005425",
            "deck-nedo": "2020005008481",
            "deck-z": "7010005005425",
        }[code]
        == number
        for code, number in numbers.items()
    )


def test_the_colours_of_a_figure_are_announced_as_left_out(chapter_nine):
    path = FOLDER / "deck" / "24_年表_色塗り.xlsx"
    status, result = run_import("timeline-rows", path, FIGURE, "--rows=good")

    label = "地球規模課題対応国際科学技術協力プログラム"
    assert status == 0, result
    assert TimelineRow.objects.filter(printed_label=label).exists()
    assert "色" in told(result)


@pytest.mark.parametrize("name", ["36o.csv", "36p.csv", "36q.csv", "36s.csv"])
def test_a_sign_of_a_figure_is_never_ignored(name, chapter_nine):
    Event.objects.create(code="zz-m", name_ja="年度末の会議", kind="meeting", date="2020-03-15")
    before = list(TimelineRow.objects.order_by("pk").values())
    status, result = run_import("timeline-rows", FOLDER / name, FIGURE)

    if status:
        assert all(error["row"] for error in refused(result))
        assert list(TimelineRow.objects.order_by("pk").values()) == before
    else:
        assert told(result), "accepted in silence"


def test_an_event_s_date_has_the_precision_its_cell_shows(chapter_nine):
    for name in ("02a-month-format.xlsx", "02d-year-only.xlsx"):
        status, result = run_import("events", FOLDER / name)
        assert status == 0, result

    dates = {each.code: str(each.date) for each in Event.objects.filter(code__startswith="zz-")}
    assert dates == {"zz-a": "2019年3月", "zz-b": "2019年3月1日", "zz-c": "2019年"}


def test_a_source_s_date_has_the_precision_its_cell_shows(chapter_nine):
    status, result = run_import("sources", FOLDER / "35e-date-in-source.xlsx")

    if status:
        assert [(e["column"], e["row"]) for e in refused(result)] == [("D", 2)]
    else:
        assert str(Source.objects.get(code="zz-s").published_on) == "2019年3月"


def test_a_parent_may_stand_in_the_same_sheet(chapter_nine):
    status, result = run_import("organizations", FOLDER / "22f-org.csv")

    assert status == 0, result
    assert Organization.objects.get(code="zz-p").parent.code == "zz-o"


def test_two_byte_order_marks_are_none_of_the_heading(chapter_nine):
    status, result = run_import("programs", FOLDER / "08h-bom.csv")

    assert status == 0, result
    assert Program.objects.get(code="zz-a").name_ja == "海の計画"


@pytest.mark.parametrize("name", ["08e-mixed.csv", "08f-cut.csv"])
def test_bytes_of_no_encoding_are_refused_with_their_line(name, chapter_nine):
    status, result = run_import("programs", FOLDER / name)

    assert status == 1
    (error,) = refused(result)
    assert error["row"] == 3 or "3" in error["message"]
    assert not Program.objects.filter(code__startswith="zz-").exists()
