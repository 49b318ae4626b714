import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from chapters.models import Chapter, Section
from chapters.prose.rendered import Record
from chapters.releasing.document import ReleasedBlock, ReleasedEdition, ReleasedNote
from chapters.releasing.drafts import mentioned_records, render_draft
from programs.models import Program
from tests.cast import cast

pytestmark = pytest.mark.django_db


def test_a_draft_holds_everything_the_page_prints():
    draft = render_draft(cast().chapter)
    document = draft.document
    assert document.edition == ReleasedEdition("2023年版", "2023 edition", "2023")
    assert (document.number, document.title("ja"), document.title("en")) == (
        9,
        "国際活動",
        "International Activities",
    )
    assert [block.id for block in document.blocks] == [
        "lead-p1",
        "joint-research",
        "joint-research-p1",
        "meetings",
        "meetings-p1",
    ]
    assert document.blocks[1] == ReleasedBlock("joint-research", "heading", 2, "共同研究")
    assert '<h2 id="joint-research">共同研究</h2>' in draft.html
    assert document.footnotes[0] == ReleasedNote(
        1, "satreps", "JSTの公式サイトによる。", ("fnref-satreps",)
    )
    assert "<p>JSTの<strong>公式サイト</strong>による。</p>" in draft.html
    assert [row.code for row in document.facts.rows] == ["", "iter", "ticad7-proposal"]


def test_sections_follow_their_position_and_not_their_age():
    who = cast()
    Section.objects.create(chapter=who.chapter, position=0, heading_ja="序", anchor="first")
    document = render_draft(who.chapter).document
    assert [heading.text for heading in document.headings] == ["序", "共同研究", "国際会議"]


def test_a_chapter_without_timeline_has_no_figure():
    who = cast()
    who.chapter.timeline = None
    assert render_draft(who.chapter).document.facts is None


def test_a_draft_is_the_same_in_whatever_language_the_editor_works():
    who = cast()
    japanese = render_draft(who.chapter)
    with override("en"):
        english = render_draft(who.chapter)
    assert english == japanese
    assert 'href="/programs/satreps/"' in english.html


@pytest.mark.parametrize(
    ("years", "printed"),
    [
        ({"start_fiscal_year": 2008, "end_state": "ongoing"}, "2008年度～"),
        (
            {"start_fiscal_year": 2014, "end_fiscal_year": 2017, "end_state": "known"},
            "2014～2017年度",
        ),
        ({"start_fiscal_year": 2014, "end_fiscal_year": 2014, "end_state": "known"}, "2014年度"),
        ({"start_fiscal_year": 2014}, "2014年度開始"),
        ({"end_fiscal_year": 2017, "end_state": "known"}, ""),
        ({}, ""),
    ],
)
def test_a_record_brings_its_years(years, printed):
    program = Program.objects.create(code="x", name_ja="施策", **years)
    assert mentioned_records({("program", "x"), ("event", "x")}) == [
        Record("program", "x", program.pk, "施策", "/programs/x/", printed)
    ]


def test_an_event_brings_its_fiscal_year():
    event = cast().ticad
    assert mentioned_records({("event", "ticad7-proposal")}) == [
        Record(
            "event",
            "ticad7-proposal",
            event.pk,
            "TICAD7に向けた提言",
            "/events/ticad7-proposal/",
            "2018年度",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[SATREPS](program:satreps)",
        '[](program:satreps "years")',
        "[](<program:satreps>)",
        "[]( program:satreps )",
    ],
)
def test_every_way_to_write_a_mention_finds_its_record(text):
    who = cast()
    who.chapter.lead_ja = text
    draft = render_draft(who.chapter)
    assert draft.problems == ()
    assert draft.mentions[0].record.code == "satreps"


def test_problems_of_a_draft_are_listed_and_do_not_stop_it():
    who = cast()
    who.chapter.lead_ja = "[語](program:none)[^none]"
    who.chapter.footnotes.create(key="spare", body_ja="使わない。")
    found = [(p.code, p.place, p.value) for p in render_draft(who.chapter).problems]
    assert sorted(found) == [
        ("footnote.undefined", "lead-p1", "none"),
        ("footnote.unused", "[^spare]", "spare"),
        ("mention.unknown", "lead-p1", "program:none"),
    ]


def queries_of_a_draft(pk):
    chapter = Chapter.objects.select_related("edition").get(pk=pk)
    with CaptureQueriesContext(connection) as queries:
        render_draft(chapter)
    return len(queries)


def test_queries_stay_the_same_for_fifty_sections():
    who = cast()
    few = queries_of_a_draft(who.chapter.pk)
    for position in range(10, 60):
        program = Program.objects.create(code=f"p{position}", name_ja=f"施策{position}")
        who.chapter.footnotes.create(key=f"n{position}", body_ja=f"[](program:{program.code})")
        who.chapter.sections.create(
            position=position,
            heading_ja="節",
            anchor=f"s{position}",
            body_ja=f"[](program:{program.code})[^n{position}]",
        )
    assert queries_of_a_draft(who.chapter.pk) == few <= 12
