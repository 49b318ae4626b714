"""Make the sheets of this folder anew: `python -m tests.samples.sheets.make`.

Each is one way in which ministries lay out a table. What is in them is typed in expected.json.
"""

import datetime
from pathlib import Path

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.spreadsheets.ministry.paper import Cell, Paper, as_csv, as_xlsx

HERE = Path(__file__).parent
SATREPS, SICORP = "地球規模課題対応国際科学技術協力プログラム", "戦略的国際共同研究プログラム"
MILLION, THOUSAND = "（単位：百万円）", "（単位：千円）"
STRUCK, RAISED, PLAIN = InlineFont(strike=True), InlineFont(vertAlign="superscript"), InlineFont()
_ = None


def paper(*rows, name="予算", merges=(), hidden_rows=(), hidden_columns=()):
    sheet = Paper(name, merges=list(merges))
    sheet.hidden_rows, sheet.hidden_columns = set(hidden_rows), set(hidden_columns)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            sheet.put(number, column, value)
    return sheet


def struck(*values):
    return [Cell(value, struck=True) for value in values]


def part_struck(gone, left):
    return Cell(CellRichText(TextBlock(STRUCK, gone), TextBlock(PLAIN, left)))


BOOKS = {
    "three-heading-rows": paper(
        ["令和13年度　国際関係予算一覧（抄）"],
        [_, _, _, _, _, MILLION],
        ["番号", "施策名", "予算額・執行額"],
        [_, _, "令和13年度", _, "令和14年度"],
        [_, _, "当初", "執行", "当初", "執行"],
        [1, SATREPS, 1001, 902, 1003, 904],
        [2, "WPI", 5, 0, "－", 6],
        merges=[(3, 1, 5, 1), (3, 2, 5, 2), (3, 3, 3, 6), (4, 3, 4, 4), (4, 5, 4, 6)],
    ),
    "kinds-over-years-blank": paper(
        [MILLION],
        ["事業名", "当初予算", _, "補正予算（第1号）"],
        [_, "2031年度", "2032年度", "2031年度", "2032年度"],
        ["SATREPS", 11, 12, 13, "▲14"],
    ),
    "letters-and-units-below": paper(
        ["事業名", "令和13年度", _, "令和14年度"],
        [_, "当初", "補正", "当初", "補正"],
        [_, "(A)", "(B)", "(C)", "(D)"],
        [_, "（百万円）", "（百万円）", "（百万円）", "（百万円）"],
        ["SATREPS", 21, 22, 23, 24],
        merges=[(1, 2, 1, 3), (1, 4, 1, 5)],
    ),
    "year-and-kind-in-one-heading": paper(
        [
            "施策名",
            "平成4年度当初予算額（百万円）",
            "H5補正（千円）",
            "1994年度執行額（億円）",
            "R13補正後（百万円）",
        ],
        ["SATREPS", 31, 32, 3.3, 99],
    ),
    "kinds-as-rows": paper(
        [_, _, _, MILLION],
        ["事業名", "区分", "2031年度", "2032年度"],
        ["SATREPS", "当初", 41, 42],
        [_, "補正", 3, 0],
        [_, "計", 44, 42],
        ["WPI", "当初", 43, "皆増"],
        [_, "執行", 44, _],
        merges=[(3, 1, 5, 1), (6, 1, 7, 1)],
    ),
    "two-tables-below": paper(
        ["表１　当初予算額（百万円）"],
        ["施策名", "2031年度", "2032年度"],
        ["SATREPS", 51, 52],
        [],
        ["表２　執行額（千円）"],
        ["施策名", "2031年度", "2032年度"],
        ["SATREPS", 50900, 51900],
    ),
    "two-tables-beside": paper(
        ["当初予算額（百万円）", _, _, "執行額（千円）"],
        ["施策名", "2031年度", _, "施策名", "2031年度"],
        ["SATREPS", 61, _, "SATREPS", 60900],
        [SICORP, 62],
    ),
    "total-after-a-blank": paper(
        [_, _, _, _, MILLION],
        ["府省", "事業名", "区分", "2031年度", "2032年度", "備考"],
        ["文部科学省", "WPI", "当初", 71, 72],
        [_, "SATREPS", "当初", _, _, "運営費交付金の内数"],
        ["文部科学省　計", _, _, 71, 72],
        merges=[(3, 1, 4, 1), (5, 1, 5, 3)],
    ),
    "total-that-does-not-agree": paper(
        [MILLION], ["事業名", "区分", "2031年度"], ["WPI", "当初", 81], ["合計", _, 82]
    ),
    "one-column-without-unit": paper(
        ["事業名", "区分", "2031年度（百万円）", "2032年度（千円）", "2033年度"],
        ["SATREPS", "当初", 91, 92000, 93],
    ),
    "unit-in-a-note-only": paper(
        ["事業名", "区分", "2031年度"], ["SATREPS", "当初", 101], [], ["（注）単位：千円"]
    ),
    "format-that-scales": paper(
        ["事業名", "区分", "2031年度（百万円）", "2032年度（千円）"],
        ["SATREPS", "当初", Cell(111_000_000, "#,##0,,"), Cell(112_000, "#,##0,")],
    ),
    "format-that-names-the-unit": paper(
        ["事業名", "年度", "区分", "金額"],
        ["SATREPS", 2031, "当初", Cell(121, '#,##0"百万円"')],
        ["SATREPS", 2032, "当初", Cell(12.2, '0.0"億円"')],
        ["SATREPS", 2033, "当初", Cell(123_000, '#,##0,"千円"')],
    ),
    "percent-for-an-amount": paper(
        [MILLION], ["事業名", "年度", "区分", "金額"], ["SATREPS", 2031, "当初", Cell(0.5, "0%")]
    ),
    "struck-through": paper(
        [MILLION],
        ["事業名", "年度", "区分", "金額"],
        ["SATREPS", 2031, "当初", part_struck("1", "41")],
        struck("SATREPS", "2032", "当初", 142),
        ["SATREPS", 2033, "当初", *struck(143)],
        ["SATREPS", 2034, "当初", 144],
    ),
    "mark-of-a-note-set-high": paper(
        [MILLION],
        ["事業名", "年度", "区分", "金額"],
        [
            Cell(CellRichText(TextBlock(PLAIN, SATREPS), TextBlock(RAISED, "1"))),
            2031,
            "当初",
            151,
        ],
        [
            SATREPS,
            2032,
            "当初",
            Cell(CellRichText(TextBlock(PLAIN, "152"), TextBlock(RAISED, "2"))),
        ],
    ),
    "english": paper(
        ["Budget by programme (JPY million)"],
        ["Programme", "FY2031 initial", "FY2031 executed", "FY2032 initial"],
        ["SATREPS", 161, 162, 163],
        ["Total", 161, 162, 163],
    ),
    "hidden-row-and-column": paper(
        [MILLION],
        ["事業名", "区分", "2031年度", "2032年度"],
        ["SATREPS", "当初", 171, 172],
        ["WPI", "当初", 173, 174],
        hidden_rows=[4],
        hidden_columns=[4],
    ),
    "dates-for-years": paper(
        [MILLION],
        [
            "事業名",
            "区分",
            Cell(datetime.date(2031, 4, 1), 'yyyy"年度"'),
            Cell(datetime.date(2032, 4, 1), 'yyyy"年度"'),
        ],
        ["SATREPS", "当初", 181, 182],
    ),
    "year-in-the-title": paper(
        ["令和13年度予算（百万円）"], ["事業名", "当初", "執行"], ["SATREPS", 191, 192]
    ),
    "amounts-are-formulas": paper(
        [MILLION], ["事業名", "年度", "区分", "金額"], ["SATREPS", 2031, "当初", "=100+1"]
    ),
    "far-from-the-corner": paper(
        [],
        [],
        [_, _, "（百万円）"],
        [_, _, "担当課", "2031年度当初", "事業名", "2031年度執行"],
        [_, _, "国際課", Cell(211, colour="FFFF00"), "SATREPS", 212],
        [_, _, "※ 各府省の資料による。"],
    ),
}
TEXTS = {
    "years-over-kinds-repeated": (
        [MILLION],
        ["事業名", "R13", "R13", "R14", "R14"],
        ["", "当初", "補正", "当初", "補正"],
        ["SATREPS", "1,301", "302", "1,303", "304"],
    ),
    "era-named-once": (
        ["国際関係当初予算（千円）"],
        ["施策名", "区分", "平成10年度", "11年度", "12年度"],
        ["SATREPS", "当初", "311", "312", "313"],
    ),
    "kinds-beside-a-year-column": (
        ["事業名", "年度", "当初予算額", "補正予算額", "執行額", "（千円）"],
        ["SATREPS", "令和13年度", "321000", "0", "322000"],
        ["〃", "令和14年度", "323000", "324000", "…"],
    ),
    "heading-again": (
        ["（千円）"],
        ["事業名", "区分", "2031年度"],
        ["SATREPS", "当初", "331"],
        ["事業名", "区分", "2031年度"],
        ["WPI", "当初", "332"],
    ),
    "no-unit": (["事業名", "区分", "2031年度"], ["SATREPS", "当初", "341"]),
    "words-for-amounts": (
        ["（百万円）"],
        ["事業名", "区分", *(f"{year}年度" for year in range(2031, 2039))],
        ["SATREPS", "当初", "351の内数", "皆増", "皆減", "*", "…", "0", "－", "352"],
    ),
    "brackets-explained": (
        ["（百万円）"],
        ["事業名", "区分", "2031年度", "2032年度"],
        ["SATREPS", "当初", "(361)", "362"],
        ["（注）（ ）書きは内数である。"],
    ),
    "ministries-across": (
        ["（百万円）"],
        ["事業名", "文部科学省", "外務省", "総計"],
        ["SATREPS", "371", "", "371"],
        ["科学技術顧問関係経費", "", "372", "372"],
        ["総計", "371", "372", "743"],
    ),
    "name-in-quotes": (
        ["事業名", "年度", "区分", "金額（百万円）"],
        ['"さくらサイエンス"', "2031", "当初", "401"],
        ["「SATREPS」※", "2031", "当初", "402"],
    ),
    "unquoted-thousands": (
        ["事業名", "年度", "区分", "金額（百万円）"],
        ["SATREPS", "2031", "当初", "1", "381"],
        ["WPI", "2031", "当初", "382"],
    ),
}
SHEETS_OF_MINISTRIES = [
    paper([], ["令和13年度 各府省の国際関係予算"], [], ["担当：国際課"], name="表紙"),
    *(
        paper(["事業名", "令和13年度当初予算額（百万円）", "担当課"], [*row, "国際課"], name=name)
        for name, row in {
            "文部科学省": ("SATREPS", 391),
            "外務省": ("科学技術顧問関係経費", 392),
        }.items()
    ),
]


def make() -> None:
    for name, sheet in BOOKS.items():
        (HERE / f"{name}.xlsx").write_bytes(as_xlsx([sheet]))
    for name, rows in TEXTS.items():
        (HERE / f"{name}.csv").write_bytes(as_csv(paper(*rows), encoding="utf-8"))
    (HERE / "a-sheet-a-ministry.xlsx").write_bytes(as_xlsx(SHEETS_OF_MINISTRIES))


if __name__ == "__main__":
    make()
