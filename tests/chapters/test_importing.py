"""A manuscript becomes the draft of a chapter."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chapters.importing import import_chapter
from chapters.manuscript.reading import ManuscriptError
from chapters.models import Chapter, Edition, Footnote, ManuscriptImport, Section
from programs.models import Program, ProgramName, Tier, TierScheme
from timeline.models import Event, Timeline, TimelineRow
from timeline.rows.printed_table import TableError
from values.partial_date_text import PartialDate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)

UMI = (Path(__file__).parents[1] / "samples" / "umi.md").read_text()
REAL = Path(__file__).parents[3] / "shared" / "source" / "000_adc4864da52d8016.txt"


def run(text=UMI, **arguments):
    known = {"edition_code": "2020", "number": 4, "now": NOW}
    return import_chapter(text, **known | arguments)


def history_count():
    models = (Edition, Chapter, Section, Footnote, Timeline, TimelineRow, Tier, Program, Event)
    return sum(model.history.count() for model in models)


@pytest.fixture
def records():
    """Every record that the sample names, some by another name only."""
    tide = Program.objects.create(code="tide", name_ja="潮汐観測網整備事業")
    ProgramName.objects.create(program=tide, kind="former", name="TIDE計画等の実施")
    Program.objects.create(code="kelp", name_ja="海藻研究支援プログラム", abbreviation="KELP")
    Event.objects.create(
        code="wide", name_ja="海辺の観測を広げる方針", kind="document", date=PartialDate(2018, 4)
    )
    Event.objects.create(
        code="port", name_ja="港町サミット", kind="meeting", date=PartialDate(2019, 6)
    )


def test_counts_tell_what_the_manuscript_holds(records):
    done = run()
    assert (done.headings, done.paragraphs, done.footnotes) == (5, 5, 4)
    assert (done.timeline_rows, done.marks, done.rows_bound) == (5, 2, 5)
    assert (done.edition, done.number, done.slug, done.changed) == ("2020", 4, "chapter-4", True)
    assert (done.bound, done.unbound) == (3, ("名のない計画",))
    assert (done.created, done.warnings) == ((), ())


def test_draft_says_what_the_manuscript_says(records):
    run()
    chapter = Chapter.objects.get(edition__code="2020", number=4)
    assert (chapter.title_ja, chapter.edition.title_ja) == ("海と観測", "2020")
    assert chapter.lead_ja.startswith("沿岸の観測は")
    assert list(chapter.sections.values_list("position", "level", "anchor", "heading_ja")) == [
        (1, 2, "s1", "背景"),
        (2, 3, "s1-1", "観測の担い手"),
        (3, 3, "s1-2", "観測の国際協力"),
        (4, 2, "s2", "今後の課題（これから取り組むこと）"),
        (5, 3, "s2-1", "観測の担い手"),
    ]
    assert list(chapter.footnotes.values_list("key", flat=True)) == ["n1", "n2", "n3", "n4"]


def test_bold_names_of_records_become_mentions(records):
    run()
    body = Section.objects.get(anchor="s1-1").body_ja
    assert "「[潮汐観測網整備事業](program:tide)[^n2]」" in body
    assert "[海藻研究支援プログラム（KELP）](program:kelp)" in body
    assert "**名のない計画**" in body
    assert "[港町サミット](event:port)[^n3]" in Section.objects.get(anchor="s1-2").body_ja


def test_timeline_rows_are_bound_and_keep_their_printed_labels(records):
    run()
    timeline = Timeline.objects.get(slug="2020-chapter-4")
    assert (timeline.title_ja, timeline.first_fiscal_year, timeline.last_fiscal_year) == (
        "海と観測",
        2017,
        2019,
    )
    rows = timeline.rows.values_list(
        "position", "group", "printed_label", "program__code", "event__code"
    )
    assert list(rows) == [
        (1, "施策等", "森林庁 若手会議「海辺の観測を広げる方針」", None, "wide"),
        (2, "施策等", "港町サミット", None, "port"),
        (3, "施策等", "海藻研究支援プログラム (KELP)", "kelp", None),
        (4, "施策等", "潮汐観測網整備事業", "tide", None),
        (5, "施策等", "Ｔ Ｉ Ｄ Ｅ計画等の実施", "tide", None),
    ]


def test_legend_becomes_tiers():
    run()
    tiers = Timeline.objects.get().tier_scheme.tiers.values_list(
        "letter", "label_ja", "lower_bound_yen", "is_lower_bound_included"
    )
    assert list(tiers) == [
        ("A", "3億円以上", 300_000_000, True),
        ("B", "3~1億円", 100_000_000, False),
        ("C", "1億円以下", 0, False),
    ]


def test_scheme_with_the_same_tiers_is_used_again():
    scheme = TierScheme.objects.create(code="small", name_ja="小規模")
    TierScheme.objects.create(code="none", name_ja="なし")
    for letter, yen, included in (("A", 300_000_000, True), ("B", 100_000_000, False)):
        Tier.objects.create(
            scheme=scheme, letter=letter, lower_bound_yen=yen, is_lower_bound_included=included
        )
    Tier.objects.create(scheme=scheme, letter="C", lower_bound_yen=0)
    run()
    assert Timeline.objects.get().tier_scheme == scheme


@pytest.mark.parametrize("known", [True, False])
def test_second_run_writes_nothing(known, request):
    if known:
        request.getfixturevalue("records")
    first = run()
    written = history_count()
    second = run()
    assert (first.changed, second.changed) == (True, False)
    assert second.created == ()
    assert history_count() == written


def test_dry_run_tells_everything_and_keeps_nothing():
    done = run(dry_run=True)
    assert (done.changed, done.headings, len(done.created)) == (True, 5, 5)
    assert not Edition.objects.exists()
    assert not Program.objects.exists()
    assert not Chapter.history.exists()


def test_rows_without_a_record_get_one_so_that_no_mark_is_lost():
    done = run()
    assert done.created == (
        "event:2020-chapter-4-row-1",
        "event:2020-chapter-4-row-2",
        "program:2020-chapter-4-row-3",
        "program:2020-chapter-4-row-4",
        "program:2020-chapter-4-row-5",
    )
    port = Event.objects.get(name_ja="港町サミット")
    assert (port.fiscal_year, port.kind) == (2019, "other")
    assert "港町サミット" in done.warnings[1]


def test_new_label_in_a_row_gets_a_record_of_its_own():
    run()
    done = run(UMI.replace("潮汐観測網整備事業\t", "潮流観測事業\t"))
    assert done.created == ("program:2020-chapter-4-row-4-2",)
    assert TimelineRow.objects.get(position=4).program.name_ja == "潮流観測事業"


def test_marked_row_that_names_a_programme_gets_an_event_of_it(records):
    run(UMI.replace("潮汐観測網整備事業\t\t\t", "潮汐観測網整備事業\t\t▲\t"))
    row = TimelineRow.objects.get(position=4)
    assert (row.program, row.event.program.code, row.event.fiscal_year) == (None, "tide", 2017)


def test_row_that_may_name_two_records_is_bound_to_none_and_keeps_its_mark(records):
    Event.objects.create(code="port-2", name_ja="港町サミット", kind="meeting")
    done = run()
    row = TimelineRow.objects.get(position=2)
    assert (row.program, row.event, row.note) == (None, None, "▲ 2019")
    assert done.rows_unbound == ("港町サミット",)
    assert "event:port、event:port-2" in done.warnings[0]
    assert "港町サミット" in done.unbound
    assert "**港町サミット**" in Section.objects.get(anchor="s1-2").body_ja


def test_mark_outside_the_year_of_its_event_is_noted_and_reported(records):
    done = run(UMI.replace("港町サミット\t\t\t▲", "港町サミット\t▲\t\t▲"))
    assert TimelineRow.objects.get(position=2).note == "▲ 2017"
    assert "2017年度" in done.warnings[0]
    assert run(UMI.replace("港町サミット\t\t\t▲", "港町サミット\t▲\t\t▲")).changed is False
    assert run().changed is True
    assert TimelineRow.objects.get(position=2).note == ""


def test_row_keeps_the_record_and_note_that_an_editor_gave_it(records):
    run()
    other = Program.objects.create(code="other", name_ja="別の事業")
    TimelineRow.objects.filter(position=4).update(program=other, note="要確認")
    assert run().changed is False
    row = TimelineRow.objects.get(position=4)
    assert (row.program, row.note) == (other, "要確認")


def test_next_import_overwrites_hand_edits_and_history_keeps_them(records):
    run()
    section = Section.objects.get(anchor="s1-2")
    section.body_ja, section.body_en = "書き換えた。", "Rewritten."
    section.save()
    assert run().changed is True
    section.refresh_from_db()
    assert section.body_ja.startswith("各国の観測網を")
    assert section.body_en == "Rewritten."
    assert section.history.filter(body_ja="書き換えた。").exists()


def test_what_the_file_no_longer_holds_is_deleted(records):
    run()
    shorter = UMI.replace("■観測の国際協力", "■船の国際協力").replace(
        "Ｔ Ｉ Ｄ Ｅ計画等の実施\t\t\t\t\n", ""
    )
    shorter = shorter.replace("<sup>4</sup>", "").replace(
        "\n- 4 Sea Data Forum ‘Open tides’ の呼び掛けによる。", ""
    )
    run(shorter)
    assert list(Section.objects.values_list("anchor", "heading_ja"))[1:3] == [
        ("s1-1", "観測の担い手"),
        ("s1-2", "船の国際協力"),
    ]
    assert TimelineRow.objects.count() == 4
    assert list(Footnote.objects.values_list("key", flat=True)) == ["n1", "n2", "n3"]


def test_sections_keep_their_anchors_when_one_is_put_before_them(records):
    run()
    run(
        UMI.replace(
            "#### ■観測の担い手\n\n観測員", "#### ■船\n\n船も使う。\n\n#### ■観測の担い手\n\n観測員"
        )
    )
    assert list(Section.objects.values_list("position", "anchor", "heading_ja")) == [
        (1, "s1", "背景"),
        (2, "s1-1-v2", "船"),
        (3, "s1-1", "観測の担い手"),
        (4, "s1-2", "観測の国際協力"),
        (5, "s2", "今後の課題（これから取り組むこと）"),
        (6, "s2-1", "観測の担い手"),
    ]


def test_chapter_without_a_table_has_no_timeline(records):
    run(UMI[: UMI.index("【海と観測】")])
    assert Chapter.objects.get().timeline is None
    assert not Timeline.objects.exists()


def test_a_timeline_that_the_manuscript_does_not_print_stays(records):
    run()
    run(UMI[: UMI.index("【海と観測】")])
    assert Chapter.objects.get().timeline.rows.count() == 5


def test_same_chapter_of_another_edition_lends_its_slug():
    edition = Edition.objects.create(code="2018", title_ja="2018年版")
    Chapter.objects.create(edition=edition, number=4, slug="umi", title_ja="海と 観測")
    assert run().slug == "umi"
    assert Chapter.objects.get(edition__code="2020").slug == "umi"


def test_slug_is_kept_until_another_is_named():
    assert run(slug="sea").slug == "sea"
    assert run().slug == "sea"
    done = run(slug="ocean")
    assert (done.slug, done.changed) == ("ocean", True)
    assert Timeline.objects.count() == 1


def test_timeline_that_another_chapter_shows_is_left_alone(records):
    run()
    shared = Timeline.objects.get()
    edition = Edition.objects.create(code="2021", title_ja="2021年版")
    Chapter.objects.create(
        edition=edition, number=4, slug="chapter-4", title_ja="海と観測", timeline=shared
    )
    run(edition_code="2021")
    assert Chapter.objects.get(edition=edition).timeline.slug == "2021-chapter-4"
    assert shared.rows.count() == 5


@pytest.mark.parametrize(
    ("text", "arguments", "error", "code", "line"),
    [
        ("潮の話", {}, ManuscriptError, "manuscript.no_title", 1),
        (UMI, {"number": 5}, ManuscriptError, "manuscript.number_differs", 2),
        (UMI, {"slug": "taken"}, ManuscriptError, "manuscript.slug_taken", 2),
        (UMI, {"slug": "x" * 61}, ManuscriptError, "manuscript.code_too_long", 2),
        (UMI.replace("H29", "H28"), {}, TableError, "table.eras_disagree", 40),
        (UMI[: UMI.index("\n: 単年度")], {}, TableError, "legend.missing", 45),
        (UMI.replace("が3億円以上", "が多い"), {}, TableError, "legend.unknown", 47),
    ],
)
def test_refused_manuscript_writes_nothing(text, arguments, error, code, line):
    edition = Edition.objects.create(code="2020", title_ja="2020年版")
    Chapter.objects.create(edition=edition, number=1, slug="taken", title_ja="序")
    written = history_count()
    with pytest.raises(error) as caught:
        run(text, **arguments)
    assert (caught.value.code, caught.value.line) == (code, line)
    assert history_count() == written
    assert Chapter.objects.count() == 1


LATER = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
HEAD = "## 4 | 海と観測\n\n"
PORT_SUMMIT = r"[https://example.org/port\\_summit](https://example.org/port…"


def decided(done):
    return [(each.code, each.line, each.words, each.outcome) for each in done.decisions]


def test_what_was_decided_is_kept_with_the_chapter(records):
    Event.objects.filter(code="port").update(date=PartialDate(2020, 3), fiscal_year=2019)
    done = run(file_name="umi.md", sha256="ab" * 32)
    assert decided(done) == [
        ("address.mended", 15, "https://example.org/tide\\_net", ""),
        ("seam.joined", 17, "た。その後、観測点は20|18年までに三倍になった", ""),
        ("name.alias", 17, "海藻研究支援プログラム（KELP）", "program:kelp"),
        ("level.set", 21, "## ■観測の国際協力", "3"),
        ("address.mended", 26, PORT_SUMMIT, ""),
        ("seam.joined", 29, "、そのための会議も開かれ|た<sup>4</sup", ""),
        ("level.set", 33, "### ■観測の担い手", "3"),
        ("row.alias", 41, "森林庁 若手会議「海辺の観測を広げる方針」", "event:wide"),
        ("row.year", 42, "港町サミット", "2020-03 → 2019"),
        ("row.alias", 43, "海藻研究支援プログラム (KELP)", "program:kelp"),
        ("row.alias", 45, "Ｔ Ｉ Ｄ Ｅ計画等の実施", "program:tide"),
    ]
    kept = Chapter.objects.get().manuscript_import
    assert (kept.file_name, kept.sha256) == ("umi.md", "ab" * 32)
    assert tuple(kept.decided) == done.decisions
    assert str(kept) == "4 海と観測 umi.md"


def test_records_made_for_rows_are_decisions_of_every_run():
    made = ("row.created", 44, "潮汐観測網整備事業", "program:2020-chapter-4-row-4")
    assert made in decided(run())
    assert made in decided(run())


def test_second_run_leaves_the_record_of_the_first():
    run()
    run(now=LATER)
    assert ManuscriptImport.objects.get().imported_at == NOW


def test_another_file_that_says_the_same_changes_no_draft():
    run()
    first = ManuscriptImport.objects.get()
    assert run(UMI + "\n", now=LATER).changed is False
    kept = ManuscriptImport.objects.get()
    assert kept.sha256 != first.sha256
    assert kept.imported_at == LATER


def test_decisions_that_differ_are_kept_although_the_file_is_the_same(records):
    text = HEAD + "潮の**潮汐観測網**。\n"
    ProgramName.objects.create(
        program=Program.objects.get(code="tide"), kind="former", name="潮汐観測網"
    )
    run(text)
    Program.objects.filter(code="tide").update(name_ja="潮汐観測網")
    assert run(text).changed is False
    assert ManuscriptImport.objects.get().decisions == []


def test_warnings_name_their_lines(records):
    Event.objects.create(code="port-2", name_ja="港町サミット", kind="meeting")
    done = run(UMI.replace("(2011年～15年)", "<br>(2011年～15年)"))
    assert done.warnings == (
        "10行目: 本文にない書き方のため、文字のまま残しました: <br>",
        "42行目: 「港町サミット」はevent:port、event:port-2のどれか分かりません。"
        "年表の行で選んでください。",
        "42行目: 「港町サミット」の印は2019年度にありますが、記録の年度は不明です。",
        "23行目: 「港町サミット」はevent:port、event:port-2のどれか分かりません。"
        "本文で選んでください。",
    )


def test_what_is_left_out_is_listed_and_warned_of():
    done = run(
        HEAD + "潮<!-- 内緒 -->。\n\n所管\t施策\t2018\n甲\t潮\t▲\n\n: 当初予算が1億円以上（税込）\n"
    )
    assert done.dropped == (
        {"line": 3, "text": "<!-- 内緒 -->"},
        {"line": 5, "text": "所管"},
        {"line": 8, "text": "（税込）"},
    )
    assert done.warnings[:3] == (
        "3行目: コメントを取り込みませんでした: <!-- 内緒 -->",
        "5行目: 年表の列の名を取り込みませんでした: 所管",
        "8行目: 凡例のこの部分を取り込みませんでした: （税込）",
    )


def test_notes_of_every_style_are_stored_with_their_keys():
    run(
        HEAD
        + "潮[^1]と[^tide]。\n\n[^1]: 満潮。\n\n    二段落。\n\n[^tide]: 干潮。\n\n"
        + "### (1) 背景[^3]\n\n潮[^1]。\n\n[^1]: 大潮。\n\n[^3]: 題の注。\n"
    )
    assert list(Footnote.objects.values_list("key", "body_ja")) == [
        ("n1", "満潮。\n\n二段落。"),
        ("tide", "干潮。"),
        ("s1-n1", "大潮。"),
        ("n3", "題の注。"),
    ]
    section = Section.objects.get()
    assert (section.heading_ja, section.body_ja) == ("背景[^n3]", "潮[^s1-n1]。")


def test_section_is_known_again_when_the_mark_in_its_heading_changes():
    text = HEAD + "### (1) 背景[^1]\n\n潮。\n\n[^1]: 注。\n"
    run(text)
    Section.objects.update(heading_en="Background")
    run(text.replace("[^1]", "[^2]"))
    section = Section.objects.get()
    assert (section.heading_ja, section.heading_en) == ("背景[^n2]", "Background")


def test_body_that_mentions_make_too_long_is_refused(records):
    body = "**KELP**、" * 3_000
    with pytest.raises(ManuscriptError) as caught:
        run(HEAD + body)
    assert (caught.value.code, caught.value.line) == ("manuscript.too_long", 1)
    assert not Chapter.objects.exists()


def test_row_with_more_lost_marks_than_its_note_holds_is_refused():
    years = range(1950, 2040)
    table = "区分\t\t" + "\t".join(map(str, years)) + "\n\t潮" + "\t▲" * len(years)
    with pytest.raises(TableError) as caught:
        run(HEAD + f"潮。\n\n{table}\n\n: 1億円以上\n")
    assert (caught.value.code, caught.value.line) == ("table.text_too_long", 6)


@pytest.mark.skipif(not REAL.exists(), reason="the manuscript is not on this machine")
def test_real_manuscript_is_imported_once_and_whole():
    text = REAL.read_text()
    done = import_chapter(text, edition_code="2023-source", number=9, now=NOW)
    assert (done.headings, done.paragraphs, done.footnotes) == (10, 29, 25)
    assert (done.timeline_rows, done.marks, done.rows_bound) == (34, 11, 34)
    assert done.changed is True
    assert done.dropped == ()
    again = import_chapter(text, edition_code="2023-source", number=9, now=NOW)
    assert (again.changed, again.warnings) == (False, ())
