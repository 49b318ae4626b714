"""Printed words find the one record that they name."""

import pytest

from programs.models import Program, ProgramName
from programs.names import name_candidates
from timeline.models import Event, EventName
from timeline.rows.labels import RecordNames, label_candidates
from values.partial_date_text import PartialDate

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    kelp = Program.objects.create(
        code="kelp", name_ja="海藻研究支援プログラム", name_en="Kelp Grants", abbreviation="KELP"
    )
    ProgramName.objects.create(program=kelp, kind="former", name="海藻事業")
    Program.objects.create(code="tide-a", name_ja="潮汐計画A", abbreviation="TIDE")
    tide = Program.objects.create(code="tide-b", name_ja="潮汐計画B", abbreviation="TIDE")
    ProgramName.objects.create(program=tide, kind="former", name="潮汐計画A")
    ProgramName.objects.create(program=kelp, kind="popular", name="海の事業")
    ProgramName.objects.create(program=tide, kind="popular", name="海の事業")
    port = Event.objects.create(
        code="port", name_ja="港町サミット", kind="meeting", date=PartialDate(2019, 6)
    )
    EventName.objects.create(event=port, name="港町首脳会合")
    Event.objects.create(code="kelp-launch", name_ja="海藻研究支援プログラム", kind="launch")
    return RecordNames()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("海藻研究支援プログラム", "kelp"),
        ("海藻 研究支援プログラム", "kelp"),
        ("ＫＥＬＰ ＧＲＡＮＴＳ", "kelp"),
        ("kelp", "kelp"),
        ("海藻事業", "kelp"),
        ("「海藻事業」", "kelp"),
        ("海藻事業（2011年開始）", "kelp"),
        ("新しい事業（海藻事業）", "kelp"),
        ("海藻の事業 (旧 (改称前)) (KELP)", "kelp"),
        ("海の事業（KELP）", "kelp"),
        ("潮汐計画A", "tide-a"),
        ("港町首脳会合", "port"),
    ],
)
def test_bold_name_finds_its_record(names, words, code):
    assert names.find(words).record.code == code


@pytest.mark.parametrize(
    ("words", "ambiguous"),
    [
        ("海の事業", ("program:kelp", "program:tide-b")),
        ("TIDE", ("program:tide-a", "program:tide-b")),
        ("海の事業（TIDE）", ("program:kelp", "program:tide-b")),
        ("山の事業", ()),
        ("農林水産省 海藻事業", ()),
        ("）", ()),
    ],
)
def test_bold_name_of_several_records_or_none_finds_none(names, words, ambiguous):
    match = names.find(words)
    assert (match.record, match.ambiguous) == (None, ambiguous)


@pytest.mark.parametrize(
    "label", ["農林水産省 海藻事業", "水産庁による「海藻事業」", "海藻事業 (KELP) (港町を含む)"]
)
def test_row_without_marks_finds_a_programme_behind_the_body(names, label):
    assert names.find_program_row(label).record.code == "kelp"


def test_row_without_marks_finds_an_event_only_by_its_whole_name(names):
    assert names.find_program_row("港町サミット").record.code == "port"
    assert names.find_program_row("外務省 港町サミット").record is None


def test_row_with_marks_finds_an_event_and_by_a_part_only_in_its_year(names):
    assert names.find_event_row("港町サミット", (2017,)).record.code == "port"
    assert names.find_event_row("外務省「港町サミット」", (2019,)).record.code == "port"
    assert names.find_event_row("外務省「港町サミット」", (2017,)).record is None
    assert names.find_event_row("海藻研究支援プログラム", (2017,)).record.code == "kelp-launch"
    assert names.find_event_row("海藻事業", (2017,)).record is None


def test_candidates_are_tried_from_the_whole_to_its_parts():
    assert list(name_candidates("甲 (乙 (丙))")) == ["甲 (乙 (丙))", "甲", "乙 (丙)", "乙", "丙"]
    assert list(label_candidates("省 会議「甲（乙）」")) == [
        "省 会議「甲（乙）」",
        "甲（乙）",
        "甲",
        "乙",
        "会議「甲（乙）」",
    ]
