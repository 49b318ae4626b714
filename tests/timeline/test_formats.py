import csv
import io
import json
import struct
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pytest

from tests.timeline.figures import FACTS, SAYS
from tests.words import figure_words_in
from timeline.drawing.files import png as chart_png
from timeline.drawing.files.formats import FORMATS
from timeline.drawing.files.png import NoJapaneseFont
from timeline.drawing.files.texts import Frame
from timeline.drawing.html import timeline_blocks, timeline_table
from timeline.figure.chart import draw
from timeline.figure.facts import RowFacts, TimelineFacts

FRAME = Frame("国際活動の年表", "2023年版 第1版", "https://example.go.jp/v1/")
WORDS = {
    "0": "zero",
    "開始前": "not_started",
    "終了後": "ended",
    "内数": "no_own_budget",
    "不明": "unknown",
}
needs_font = pytest.mark.skipif(
    not chart_png.has_japanese_font(), reason="this machine has no Japanese font"
)


def written(extension, facts=FACTS, language="ja", **choices):
    chart = draw(facts, words=figure_words_in(language), **choices)
    return FORMATS[extension].write(chart, FRAME)


def sheet(**choices):
    return openpyxl.load_workbook(io.BytesIO(written("xlsx", **choices))).active


def says_of_json():
    rows = json.loads(written("json"))["rows"]
    return [
        [cell["tier"] or cell["state"] for cell in row["cells"]]
        or ["▲" if year in row["marks"] else "" for year in range(2016, 2021)]
        for row in rows
    ]


def says_of_csv():
    lines = list(csv.reader(io.StringIO(written("csv").decode("utf-8-sig"))))
    return [[WORDS.get(text, text) for text in line[2:]] for line in lines[2:]]


def says_of_xlsx():
    rows = sheet().iter_rows(min_row=4, max_row=8, min_col=3, max_col=7, values_only=True)
    return [[WORDS.get(text or "", text or "") for text in row] for row in rows]


def says_of_svg():
    svg = "{http://www.w3.org/2000/svg}"
    root = ElementTree.fromstring(written("svg"))
    says = []
    for row in root.findall(f"{svg}g[@data-kind]"):
        said = dict.fromkeys(map(str, range(2016, 2021)), "")
        for cell in row.findall(f"{svg}g[@data-fiscal-year]"):
            word = cell.get("data-tier") or cell.get("data-state") or "▲"
            said[cell.get("data-fiscal-year")] = word
        says.append(list(said.values()))
    return says


class CellsOfHTML(HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows = []

    def handle_starttag(self, tag, attributes):
        classes = dict(attributes).get("class", "").split()
        if tag == "tr":
            self.is_row = bool({"row-program", "row-event", "row-heading"} & set(classes))
            if self.is_row:
                self.rows.append([])
        elif tag == "td" and self.is_row:
            look = [each for each in classes if each.startswith(("tier-", "state-"))]
            mark = "▲" if "has-mark" in classes else ""
            says = look[0].removeprefix("state-") if look else mark
            says = says.removeprefix("tier-").upper() if "tier-" in says else says
            self.rows[-1] += [says] * int(dict(attributes).get("colspan", 1))


def says_of_html():
    parser = CellsOfHTML()
    parser.feed(timeline_table(draw(FACTS), caption="年表"))
    return parser.rows


def says_of_blocks():
    parser = CellsOfHTML()
    parser.feed(timeline_blocks(draw(FACTS), caption="年表"))
    return parser.rows


@pytest.mark.parametrize(
    "says", [says_of_html, says_of_blocks, says_of_svg, says_of_csv, says_of_xlsx, says_of_json]
)
def test_every_format_has_the_same_cells(says):
    assert says() == SAYS


def test_every_format_follows_the_basis():
    assert '"tier": "C"' in written("json", basis="total").decode()
    assert 'data-tier="B"' not in written("svg", basis="total").decode()
    assert sheet(basis="total")["E6"].value == "C"
    assert written("csv", basis="total").decode().splitlines()[4].endswith("C,不明,不明")


def test_csv_has_both_heading_rows_and_a_byte_order_mark_and_no_formula():
    lines = written("csv").decode().split("\r\n")
    assert lines[0] == "\ufeff区分,施策・出来事,2016,2017,2018,2019,2020"
    assert lines[1] == ",,H28,H29,H30,R1,R2"
    assert lines[3] == "出来事,'=TICAD7に向けた提言 <&>,,,▲,,"


def test_no_group_below_a_group_is_said_in_a_sheet():
    assert written("csv").decode().splitlines()[-1].startswith("（なし）,内数の事業")


def test_json_is_the_charts_own():
    document = json.loads(written("json"))
    assert list(document) == ["columns", "tiers", "basis", "rows"]
    assert document["columns"][0] == {"fiscal_year": 2016, "era": "H28"}
    assert document["rows"][2]["cells"][1] == {
        "fiscal_year": 2017,
        "state": "amount",
        "tier": "A",
        "amount_yen": 5_000_000_000,
        "running": True,
        "reason": "当初予算 50億円（行政事業レビューシート 2018年度）",
        "source": {
            "title": "行政事業レビューシート 2018年度",
            "url": "/sources/review-2018/",
            "locator": "0281",
        },
    }


def test_the_workbook_looks_as_the_figure_does():
    cells = sheet()
    assert cells["A1"].value == "国際活動の年表"
    assert [cells["C2"].value, cells["C3"].value] == [2016, "H28"]
    assert cells["D6"].fill.fgColor.rgb == "FF00118F"
    assert (cells["E6"].fill.patternType, cells["E6"].fill.bgColor.rgb) == ("lightUp", "FF4979F5")
    assert cells["F6"].fill.fgColor.rgb == "FFE8F1FE"
    assert cells["F6"].border.top.color.rgb == "FF00118F"
    assert cells["E6"].comment.text.endswith("予算計ではC")
    assert (cells["B5"].value, cells["B5"].data_type) == ("=TICAD7に向けた提言 <&>", "s")


def test_the_workbook_prints_on_landscape_pages_with_its_headings():
    page = sheet()
    assert page.freeze_panes == "C4"
    assert page.print_title_rows == "$2:$3"
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage is True


def test_notes_stand_below_the_rows_of_the_workbook():
    notes = [cell.value for cell in sheet()["A"][8:]]
    assert notes[0].startswith("凡例: A 50億円以上、B 10億円超50億円未満、C 10億円以下")
    assert notes[1].startswith("注: 帯の色は各年度の当初予算による。")
    assert "注: 【=TICAD7に向けた提言 <&>】提言は3月。" in notes
    assert notes[-1] == "出典: 2023年版 第1版 https://example.go.jp/v1/"


def test_the_same_figure_is_the_same_bytes():
    assert written("xlsx") == written("xlsx")


@pytest.mark.parametrize("extension", ["svg", "xlsx", "csv", "json"])
def test_a_figure_without_rows_is_written(extension):
    assert written(extension, replace(FACTS, rows=()))


@needs_font
def test_the_png_is_a_landscape_page_at_300_dpi():
    png = written("png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20]) == (3508,)
    assert png[37:41] == b"pHYs"
    assert struct.unpack(">IIB", png[41:50]) == (11811, 11811, 1)


def test_without_a_japanese_font_the_png_is_refused(monkeypatch):
    monkeypatch.setattr(chart_png, "has_japanese_font", lambda: False)
    chart_png.write_png.cache_clear()
    with pytest.raises(NoJapaneseFont) as refused:
        written("png")
    assert "日本語のフォントがない" in refused.value.in_words()


def png_size(png):
    return struct.unpack(">II", png[16:24])


@needs_font
def test_the_png_of_many_rows_has_no_more_pixels_and_prints_as_wide():
    png = chart_png.write_png(SVG % (1188, 4752))
    width, height = png_size(png)
    assert (width, height) == (1474, 5896)
    assert struct.unpack(">II", png[41:49]) == (4963, 4963)
    assert round(width / 4963, 3) == round(3508 / 11811, 3)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s"></svg>'


@pytest.mark.parametrize(("rows", "years", "is_drawn"), [(10, 100, True), (11, 100, False)])
def test_a_figure_of_more_than_a_thousand_cells_is_no_png(rows, years, is_drawn):
    facts = TimelineFacts(
        2000,
        1999 + years,
        (),
        "initial",
        tuple(RowFacts(kind="program", label_ja="施策", code=f"p-{n}") for n in range(rows)),
    )
    if is_drawn:
        chart_png.check_size(draw(facts))
        return
    with pytest.raises(chart_png.TooLargeForPng) as refused:
        chart_png.check_size(draw(facts))
    assert str(refused.value) == (
        "PNGにできるのは1,000マス（行×年度）までです（この図は1,100マス）。"
        "年度を狭めるか、SVGを使ってください。"
    )
