import re

import nh3
import pytest
from django.template import Context, Template
from django.utils.translation import override

from timeline.drawing.html import row_reasons, timeline_blocks, timeline_table
from timeline.drawing.words import figure_words
from timeline.figure.chart import draw
from timeline.figure.facts import Citation, MarkFact, RowFacts, SourcedAmount, TimelineFacts
from values.tiers import TierRule

A = TierRule("A", "50億円以上", "¥5 billion or more", 5_000_000_000, True)
B = TierRule("B", "50億円未満", "", 1_000_000_000, False)


def figure(*rows, last=2017, tiers=(A, B)):
    return TimelineFacts(2016, last, tuple(tiers), "initial", tuple(rows))


def table(*rows, language="ja", caption="年表", **figure_fields):
    with override(language):
        chart = draw(figure(*rows, **figure_fields), words=figure_words())
        return timeline_table(chart, caption=caption)


def printed_figure(*rows, language="ja"):
    with override(language):
        chart = draw(figure(*rows), words=figure_words())
        tag = Template("{% load timeline_tags %}{% timeline_figure chart '年表' %}")
        return tag.render(Context({"chart": chart}))


def words_of(html):
    """The text that is heard, hidden signs left out."""
    heard = re.sub(r'<span [^>]*aria-hidden="true">[^<]*</span>', "", html)
    return " ".join(nh3.clean(heard.replace("<", " <"), tags=set()).split())


def cells_of(html, css_class="cell"):
    """The cells of a class, each up to the next cell, row or group: their end tags are left out."""
    tags = re.split(r"(?=<t[dhr]\b|<tbody|</t(?:head|able)>)", html)
    return [tag for tag in tags if re.match(rf'<td[^>]* class="{css_class}', tag)]


def program(amounts=None, **fields):
    found = {(year, basis): SourcedAmount(yen) for (year, basis), yen in (amounts or {}).items()}
    fields = {"label_ja": "施策", "code": "x", "start_fiscal_year": 2010, **fields}
    return RowFacts(kind="program", amounts=found, **fields)


def test_two_header_rows_give_each_column_its_year_and_era():
    html = table(RowFacts(kind="heading", label_ja="施策等"), last=2019)
    assert re.findall(r'<th scope="col">(\d+)', html) == ["2016", "2017", "2018", "2019"]
    assert '<tr class="timeline-eras"><td>H28<td>H29<td>H30<td>R1</thead>' in html
    assert '<th scope="col" rowspan="2">施策・出来事<th' in html
    assert "<caption>年表</caption>" in html


def test_each_row_has_a_cell_for_each_column():
    html = table(
        RowFacts(kind="heading", label_ja="見出し"),
        program(),
        RowFacts(kind="event", label_ja="会合", code="g20", marks=(MarkFact(2016),)),
    )
    rows = re.findall(r'<tr class="row-(\w+)"[^>]*>(.*?)(?=<tr|<tbody|</table>)', html)
    assert [(kind, cells.count("<td")) for kind, cells in rows] == [
        ("heading", 2),
        ("program", 2),
        ("event", 2),
    ]


def test_rows_of_a_group_share_a_body_under_its_name():
    html = table(
        program(label_ja="一", group=""),
        program(label_ja="二", group="施策等"),
        program(label_ja="三", group="施策等"),
        program(label_ja="四", group="出来事"),
    )
    assert html.count("<tbody") == 3
    assert re.findall(r'scope="rowgroup" lang="ja" colspan="3"><span>(\w+)<', html) == [
        "施策等",
        "出来事",
    ]


def test_a_figure_without_rows_is_still_a_table():
    assert table().endswith("<td>H28<td>H29</thead></table>")


def test_a_label_leads_to_its_record_in_the_readers_language():
    rows = (program(code="iter"), RowFacts(kind="event", label_ja="会合", code="g20"))
    assert '<a href="/programs/iter/">施策</a>' in table(*rows)
    assert '<a href="/events/g20/">会合</a>' in table(*rows)
    assert '<a href="/en/programs/iter/">施策</a>' in table(*rows, language="en")


def test_a_heading_is_no_link():
    assert '<th scope="row">見出し<td>' in table(RowFacts(kind="heading", label_ja="見出し"))


def test_english_pages_say_which_labels_are_japanese():
    html = table(program(label_en="ITER Project"), program(label_ja="国際活動"), language="en")
    assert '<th scope="row"><a href="/en/programs/x/">ITER Project</a><details' in html
    assert '<span lang="ja"><a href="/en/programs/x/">国際活動</a></span>' in html


def test_a_note_stands_below_the_label():
    html = table(program(note="2018年度までは旧称"))
    assert '</details><span class="timeline-note" lang="ja">2018年度までは旧称</span><td' in html


@pytest.mark.parametrize(
    ("row", "seen", "heard"),
    [
        (program({(2016, "initial"): 5_000_000_000}), "A", "A 50億円以上"),
        (program({(2016, "initial"): 1}), "", "区分外の額"),
        (program({(2016, "initial"): 0}), "0", "0円"),
        (program(), "?", "額は不明"),
        (program(has_own_budget=False), "−", "独立した予算なし"),
        (program(start_fiscal_year=2017), "", "開始前"),
        (program(end_fiscal_year=2015), "", "終了後"),
    ],
)
def test_a_cell_is_seen_as_a_sign_and_heard_in_words(row, seen, heard):
    cell = cells_of(table(row))[0]
    assert nh3.clean(cell.split('<span class="visually-hidden">')[0], tags=set()) == seen
    assert words_of(cell) == heard


def test_unknown_is_not_drawn_as_zero():
    unknown, zero = table(program()), table(program({(2016, "initial"): 0}))
    assert "state-unknown" in unknown
    assert "state-zero" not in unknown
    assert "state-zero" in zero


def test_a_bar_begins_and_ends_where_the_programme_does():
    html = table(program(start_fiscal_year=2017, end_fiscal_year=2018), last=2019)
    bars = [set(c.split()) for c in re.findall(r'<td[^>]* class="(cell[^"]*)"', html)]
    assert ["is-running" in c for c in bars] == [False, True, True, False]
    assert ["is-bar-start" in c for c in bars] == [False, True, False, False]
    assert ["is-bar-end" in c for c in bars] == [False, False, True, False]


def test_a_cell_says_on_which_bases_its_tier_is_another():
    row = program(
        {(2016, "initial"): 1_100_000_000, (2016, "total"): 6_000_000_000, (2016, "executed"): 0}
    )
    html = table(row)
    assert 'title="当初予算 11億円 予算計ではA / 執行額では区分なし"' in html
    assert words_of(cells_of(html)[0]) == ("B 50億円未満 予算計ではA / 執行額では区分なし")
    assert "is-sensitive" in html
    assert "予算の別の区分では色が変わる" in printed_figure(row)


def test_the_legend_explains_only_what_is_drawn():
    html = printed_figure(program({(2016, "initial"): 1_100_000_000, (2017, "initial"): 0}))
    legend = html[html.index("<figcaption") :]
    assert re.findall(r"<dd>([^<]+)</dd>", legend) == [
        "50億円以上",
        "50億円未満",
        "0円",
        "終わりは不明",
    ]
    assert "帯の色は各年度の当初予算による。" in legend


def test_the_english_legend_reads_english_labels_and_basis():
    html = printed_figure(program(), language="en")
    assert "<dd>¥5 billion or more</dd>" in html
    assert "<dd>50億円未満</dd>" in html
    assert "Initial budget" in html[html.index("<figcaption") :]


def test_a_mark_is_seen_as_a_triangle_and_heard_as_its_date():
    row = RowFacts(kind="event", label_ja="提言", code="t", marks=(MarkFact(2016, "2017-03-14"),))
    html = table(row)
    assert html.count("▲") == 1
    cell = cells_of(html, "has-mark")[0]
    assert 'title="2017年3月14日は2016年度"' in cell
    assert words_of(cell) == "2017年3月14日は2016年度"


def test_every_text_is_escaped():
    evil = """<b>"'&"""
    tier = TierRule('"', evil, evil, 0, True)
    row = program({(2016, "initial"): 1}, label_ja=evil, group=evil, note=evil)
    event = RowFacts(
        kind="event", label_ja=evil, code="g20", marks=(MarkFact(2016, "", f"x{evil}"),)
    )
    html = table(row, event, tiers=(tier,), caption=evil)
    assert "<b>" not in html
    assert html.count("&lt;b&gt;&quot;&#x27;&amp;") == 9
    assert 'tier-"' not in html


def test_a_row_opens_to_the_reason_and_source_of_each_year():
    sheet = Citation("レビューシート", "/sources/1/", "シート0281")
    row = RowFacts(
        kind="program",
        label_ja="ITER計画",
        code="iter",
        start_fiscal_year=2007,
        amounts={(2016, "initial"): SourcedAmount(22_384_000_000, sheet)},
        organization_ja="文部科学省",
    )
    html = table(row)
    assert 'class="row-program" data-organization="文部科学省"' in html
    opened = html[html.index('<tr class="timeline-opened">') :]
    assert words_of(opened) == (
        "2016 当初予算 223.84億円（レビューシート） 出典 : レビューシート シート0281 "
        "2017 当初予算の額は不明（2007年度から実施） 施策のページ（名称・系統・出来事）"
    )
    assert 'href="/sources/1/"' in opened
    assert words_of(row_reasons(draw(figure(row)), draw(figure(row)).rows[0])).startswith("2016 当")


def test_an_event_opens_to_the_reason_of_its_mark():
    mark = MarkFact(2016, "2017-03-14", "", Citation("議事録", "/sources/2/"))
    html = table(RowFacts(kind="event", label_ja="提言", code="t", marks=(mark,)))
    opened = html[html.index('<tr class="timeline-opened">') :]
    assert words_of(opened) == "2016 2017年3月14日は2016年度 出典 : 議事録"


def test_a_mark_without_a_date_is_drawn_as_stated():
    assert "has-mark is-stated" in table(
        RowFacts(kind="event", label_ja="任命", code="t", marks=(MarkFact(2016, "", "報道"),))
    )


@pytest.mark.parametrize(
    ("fields", "classes"),
    [
        ({"end_state": "ongoing"}, "closes-ongoing"),
        ({"end_state": "unknown"}, "closes-unknown"),
        ({"end_state": "known", "end_fiscal_year": 2020}, "closes-continues"),
        ({"end_state": "known", "end_fiscal_year": 2017}, 'is-bar-end"'),
        ({"start_fiscal_year": 2010}, "opens-continues"),
        ({"start_fiscal_year": 2016}, 'is-bar-start"'),
    ],
)
def test_edges_are_drawn_by_what_is_known_of_them(fields, classes):
    assert classes in table(program(**fields))


def test_many_rows_stand_in_blocks_of_fifty_with_signs_alone():
    rows = [program({(2016, "initial"): 1_100_000_000}, label_ja=f"施策{n}") for n in range(140)]
    html = timeline_blocks(draw(figure(*rows)), caption="年表", first=301)
    assert re.findall("<caption>(.*?)</caption>", html) == [
        "年表 301–350",
        "年表 351–400",
        "年表 401–440",
    ]
    assert html.count('<div class="timeline-block is-one-of" data-years="2">') == 3
    assert html.count('<tr class="row-program">') == html.count(">B<t") + html.count(">B</t") == 140
    assert "timeline-opened" not in html


@pytest.mark.parametrize(
    ("rows", "captions"),
    [
        (1, ["年表"]),
        (75, ["年表"]),
        (76, ["年表 1–50", "年表 51–76"]),
        (125, ["年表 1–50", "年表 51–125"]),
        (1_000, [f"年表 {n * 50 + 1:,}–{n * 50 + 50:,}" for n in range(20)]),
    ],
)
def test_the_last_block_takes_what_is_less_than_half_a_block_more(rows, captions):
    html = timeline_blocks(draw(figure(*[program()] * rows)), caption="年表")
    assert re.findall("<caption>(.*?)</caption>", html) == captions
    assert html.count('<tr class="row-program">') == rows


def test_years_alike_are_one_cell_of_a_block():
    b, a = 1_100_000_000, 5_000_000_000
    sums = {(2016, "initial"): b, (2017, "initial"): b, (2018, "initial"): a, (2018, "total"): b}
    row = program(sums, start_fiscal_year=2016, end_fiscal_year=2018, end_state="known")
    html = timeline_blocks(draw(figure(row, last=2021)), caption="年表")
    assert cells_of(html) == [
        '<td class="cell tier-b is-running is-bar-start" colspan="2">B',
        '<td class="cell tier-a is-running is-bar-end is-sensitive"'
        ' aria-label="A 50億円以上 予算計ではB">A'
        '<span class="cell-star" aria-hidden="true">*</span>',
        '<td class="cell state-ended" colspan="3" aria-label="終了後">',
    ]


def test_without_a_bar_each_year_of_a_block_has_its_own_sign():
    html = timeline_blocks(draw(figure(program(start_fiscal_year=None))), caption="年表")
    assert cells_of(html) == ['<td class="cell state-unknown" aria-label="額は不明">?'] * 2
