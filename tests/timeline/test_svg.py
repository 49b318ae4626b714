import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.timeline.figures import FACTS, program
from tests.words import figure_words_in
from timeline.drawing.files.svg import draw_preview, draw_svg
from timeline.drawing.files.svg_shapes import outline
from timeline.drawing.files.texts import Frame
from timeline.figure.chart import draw
from timeline.figure.text_width import width_em

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame("国際活動の年表", "2023年版 第1版", "https://example.go.jp/v1/")


def parsed(facts=FACTS, language="ja", **choices):
    chart = draw(facts, words=figure_words_in(language), **choices)
    return ElementTree.fromstring(draw_svg(chart, FRAME))


def texts(root):
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def boxes(root):
    """Return (left, right, baseline, size) of each text outside the legend's swatches."""
    found = []
    rows = root.findall(f"{SVG}g[@data-kind]")
    in_rows = [text for row in rows for text in row.iter(f"{SVG}text")]
    for text in root.findall(f"{SVG}text") + in_rows:
        size = float(text.get("font-size", "11"))
        words = "".join(text.itertext())
        width, x = width_em(words) * size, float(text.get("x"))
        left = {"middle": x - width / 2, "end": x - width}.get(text.get("text-anchor"), x)
        found.append((left, left + width, float(text.get("y")), size))
    return found


def test_the_drawing_has_a_title_and_a_description():
    root = parsed()
    assert root.find(f"{SVG}title").text == "国際活動の年表"
    assert root.find(f"{SVG}desc").text.startswith("5行、2016年度から2020年度。帯の色は")
    assert root.get("role") == "img"


def test_the_drawing_stands_alone():
    svg = draw_svg(draw(FACTS), FRAME)
    assert "<script" not in svg
    assert "href" not in svg
    assert "@import" not in svg
    assert set(re.findall(r"url\((.*?)\)", svg)) == {"#hatch"}
    assert "Noto Sans CJK JP" in svg


def test_both_calendars_stand_over_the_years():
    words = texts(parsed())
    for heading in ("2016", "H28", "2019", "R1", "2020", "R2"):
        assert heading in words


def test_title_origin_basis_notes_and_address_are_written():
    words = "\n".join(texts(parsed()))
    assert "国際活動の年表" in words
    assert "2023年版 第1版" in words
    assert "注: 帯の色は各年度の当初予算による。" in words
    assert (
        "注*: 予算の別の区分では色が変わる年度。三つの区分を通る事業 2018年度（予算計ではC" in words
    )
    assert "注1: 提言は3月。" in words
    assert "出典: 行政事業レビューシート 2018年度" in words
    assert "https://example.go.jp/v1/" in words


def test_the_legend_explains_what_is_drawn_and_nothing_else():
    words = texts(parsed())
    for label in ("50億円以上", "0円", "額は不明", "図の年度の前後に続く", "出来事のあった年度"):
        assert label in words
    assert "継続中" not in words
    assert "継続中" in texts(
        parsed(
            replace(
                FACTS, rows=(program("続く事業", {}, start_fiscal_year=2016, end_state="ongoing"),)
            )
        )
    )


def test_markup_in_labels_is_text_and_control_characters_are_left_out():
    root = parsed(replace(FACTS, rows=(program("<b>&\x01事業", {}),)))
    assert "<b>&事業" in texts(root)


def test_a_reason_is_the_title_of_its_cell():
    root = parsed()
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert "2019年3月14日は2018年度" in titles
    assert "当初予算 50億円（行政事業レビューシート 2018年度）" in titles


def test_an_english_drawing_marks_japanese_labels():
    root = parsed(language="en", basis="total")
    marked = [
        "".join(text.itertext())
        for text in root.iter(f"{SVG}text")
        if text.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"
    ]
    assert "見出し" in marked
    assert "A programme of three tiers" in texts(root)
    assert any("Total budget".lower() in words for words in texts(root))


def test_no_text_of_34_long_rows_overlaps_another():
    rows = tuple(
        program(f"{number}番目の、大型ハドロン衝突型加速器（HL-LHC）による素粒子実験を含む" * 2, {})
        for number in range(34)
    )
    root = parsed(replace(FACTS, rows=rows))
    found = boxes(root)
    clashes = [
        (one, other)
        for index, one in enumerate(found)
        for other in found[index + 1 :]
        if min(one[1], other[1]) - max(one[0], other[0]) > 0.5
        and abs(one[2] - other[2]) < min(one[3], other[3]) * 0.9
    ]
    assert clashes == []
    width = float(root.get("width"))
    assert all(left >= 0 and right <= width for left, right, _y, _size in found)


def test_34_short_rows_fit_a_landscape_page():
    rows = tuple(program("大規模学術フロンティア促進事業", {}) for _ in range(34))
    root = parsed(replace(FACTS, rows=rows))
    assert float(root.get("height")) / float(root.get("width")) <= 210 / 297


def test_many_years_make_the_drawing_wider_not_narrower_columns():
    root = parsed(replace(FACTS, first_fiscal_year=1921))
    assert float(root.get("width")) > 2_700


@pytest.mark.parametrize("width", [420, 1000])
def test_a_preview_is_as_wide_as_its_place(width):
    root = ElementTree.fromstring(draw_preview(draw(FACTS), width=width, title="年表"))
    assert float(root.get("width")) == pytest.approx(width)


@pytest.mark.parametrize(
    ("opening", "closing", "edge"),
    [
        ("", "", "M10 0L50 0M50 14L10 14"),
        ("closed", "closed", "M14 14L14 0L46 0L46 14Z"),
        ("closed", "", "M50 14L14 14L14 0L50 0"),
        ("", "closed", "M10 0L46 0L46 14L10 14"),
        ("continues", "ongoing", "M10 0L42 0L49 7L42 14L10 14"),
    ],
)
def test_a_bar_is_closed_open_or_pointed_as_it_ends(opening, closing, edge):
    assert outline(10, 50, 0, 14, opening, closing).edge == edge


def test_an_unknown_end_is_torn():
    area = outline(10, 50, 0, 16, "closed", "unknown").area
    assert area == "M14 16L14 0L43.5 0L48.5 2L43.5 4L48.5 6L43.5 8L48.5 10L43.5 12L48.5 14L43.5 16Z"
