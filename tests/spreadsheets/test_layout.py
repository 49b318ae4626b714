import io
import re

import openpyxl
import pytest

from spreadsheets.reading import Place, ReadError, read
from spreadsheets.understanding.columns import Column, Overrides, Schema, YearColumns
from spreadsheets.understanding.layout import understand
from tests.words import english


def year_of(text):
    """A stand-in for an app's parser: 2016, 2016年度, FY2016, H28, R4."""
    match = re.fullmatch(r"(?:FY)?(20\d\d)(?:年度)?", text)
    if match:
        return int(match[1])
    match = re.fullmatch(r"(H|平成|R|令和)(\d+)(?:年度)?", text)
    return int(match[2]) + (1988 if match[1] in ("H", "平成") else 2018) if match else None


BUDGETS = Schema(
    columns=(
        Column("code", ("コード", "Code"), required=True),
        Column("name", ("施策名", "名称", "Name")),
        Column("ministry", ("府省", "所管"), carry_down=True),
        Column("fiscal_year", ("年度", "Fiscal year")),
        Column("basis", ("予算区分",)),
        Column("amount", ("予算額", "金額", "Amount"), takes_unit=True),
        Column("unit", ("単位",), is_unit=True),
    ),
    years=YearColumns("amount", year_of, year="fiscal_year", caption="basis"),
    units=("円", "千円", "百万円", "億円", "million yen"),
)
ROWS = Schema(
    columns=(
        Column("group", ("区分",), carry_down=True),
        Column("label", ("名称",), required=True, blank_heading=True, slides_to="group"),
        Column("marks", ("年度",)),
    ),
    years=YearColumns("marks", year_of, gather=True),
)


def understood(text, schema=BUDGETS, **overrides):
    return understand(read(text.encode()), schema, Overrides(**overrides))


def records(table, *names):
    return list(zip(*map(table.values, names), strict=True))


def workbook(rows, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_long_table_is_read_column_by_column():
    table = understood("コード,年度,金額（千円）\nP1,2016,10\nP2,2017,20\n")

    assert table.rows == [2, 3]
    assert records(table, "code", "fiscal_year", "amount") == [
        ("P1", "2016", "10"),
        ("P2", "2017", "20"),
    ]
    assert table.unit_of(0, "amount") == "千円"
    assert not table.unknown
    assert table.sentence.in_words() == "UTF-8 の CSV、1行目を見出し、単位 千円として読みました。"


@pytest.mark.parametrize(
    "heading",
    ["コード,名称", "ＣＯＤＥ,NAME", " コ ー ド ,施策名", "コード（必須）,名称*", "code,name"],
)
def test_headings_are_known_in_any_width_case_language_and_alias(heading):
    table = understood(heading + "\nP1,x\n")

    assert [column.name for column in table.columns] == ["code", "name"]


def test_titles_above_and_notes_below_are_no_data():
    table = understood(
        "表1 予算の推移,,,\n（単位：億円）,,,\n\nコード,名称,2016年度,平成29年度\n"
        "P1,x,5,6\nP2,y,,7\n\n注1 当初予算。,,,\n  補正を含まない。,,,\n出典：財務省,,,\n"
    )

    assert table.heading_rows == (4,)
    assert [(line.row, line.text) for line in table.note_lines] == [
        (8, "注1 当初予算。"),
        (9, "補正を含まない。"),
        (10, "出典：財務省"),
    ]
    assert records(table, "code", "fiscal_year", "amount") == [
        ("P1", 2016, "5"),
        ("P1", 2017, "6"),
        ("P2", 2017, "7"),
    ]
    assert table.sentence.in_words() == (
        "UTF-8 の CSV、4行目を見出し、2016〜2017年度の2列、単位 億円、"
        "表の下の3行を注記として読みました。"
    )
    assert english(table.sentence) == (
        "Read CSV in UTF-8, row 4 as the heading, 2 columns for 2016-2017, the unit 億円, "
        "3 lines below the table as notes."
    )


@pytest.mark.parametrize(
    ("last", "names", "notes"),
    [
        ("※,速報値", ["x"], ["※ 速報値"]),
        ("注1,暫定値", ["x"], ["注1 暫定値"]),
        ("P9,速報値", ["x", "速報値"], []),
        ("※,速報値,5", ["x", "速報値"], []),
    ],
)
def test_a_row_of_two_cells_is_a_note_when_the_first_is_its_mark(last, names, notes):
    table = understood(f"コード,名称,金額\nP1,x,4\n{last}\n")

    assert list(table.values("name")) == names
    assert [line.text for line in table.note_lines] == notes


@pytest.mark.parametrize("note", ["※ 速報値", "* 速報", "（注）速報値", "Source: X", "備考：速報"])
def test_every_usual_mark_begins_a_note(note):
    assert len(understood(f"コード,名称\nP1,x\n{note},\n").note_lines) == 1


def test_lines_under_a_note_belong_to_it_when_a_full_row_stands_above():
    table = understood("コード,名称\nP1,x\n注1 当初予算。,\n補正を含まない。,\n")

    assert list(table.rows) == [2]
    assert len(table.note_lines) == 2


def test_single_cells_without_a_mark_are_data():
    table = understood("コード,名称\nP1,x\n\n文部科学省作成,\n")

    assert list(table.rows) == [2, 4]
    assert not table.note_lines


def test_a_heading_made_of_marks_costs_no_time():
    table = understood("コード,名称," + ",".join(["*" * 30_000 + "x"] * 20) + "\nP1,x\n")

    assert len(table.unknown) == 20


def test_very_many_notes_are_read_in_time():
    assert len(understood("コード\n" + "※注\n" * 50_000).note_lines) == 50_000


@pytest.mark.parametrize("name", ["注目技術の調査", "資料館の整備", "出典管理事業", "Sourcing"])
def test_a_name_that_begins_like_a_note_is_data(name):
    table = understood(f"名称,コード\nx,P1\n{name},\n")

    assert list(table.values("name")) == ["x", name]


def test_every_record_knows_its_excel_cell():
    table = understood("コード,名称,2016,2017\nP1,x,5,6\n\nP2,y,,7\n")

    assert [table.place(record, "amount").in_words() for record in range(3)] == ["C2", "D2", "D4"]
    assert table.place(2, "code") == Place("", 4, "A")
    assert table.place(2) == Place("", 4)
    assert table.heading_of(1, "amount").text == "2017"


def test_one_column_a_year_in_every_notation():
    table = understood("コード,2016,H29,平成30年度,令和1年度（百万円）,FY2020\nP1,1,2,3,4,5\n")

    assert records(table, "fiscal_year", "amount") == [
        (2016, "1"),
        (2017, "2"),
        (2018, "3"),
        (2019, "4"),
        (2020, "5"),
    ]
    assert [table.unit_of(record, "amount") for record in range(5)] == ["", "", "", "百万円", ""]


def test_a_second_heading_row_may_repeat_the_years_in_another_calendar():
    table = understood("コード,名称,2016,2017\n,,H28,H29\nP1,x,5,6\n")

    assert table.heading_rows == (1, 2)
    assert records(table, "fiscal_year", "amount") == [(2016, "5"), (2017, "6")]


def test_heading_rows_that_name_different_years_are_refused():
    with pytest.raises(ReadError) as raised:
        understood("コード,名称,2016,2017,2018\n,,H28,H29,H29\nP1,x,5,6,7\n")

    assert raised.value.code == "heading.years_disagree"
    assert raised.value.in_words() == (
        "E2: 見出し「2018」の下の「H29」は別の年度（2017）です。"
        "2行の見出しの年度をそろえてください。"
    )
    assert english(raised.value) == (
        "E2: Below the heading 2018 stands H29, which is another year (2017). "
        "Make the two heading rows name the same year."
    )


def test_words_over_the_years_are_the_caption_column():
    table = understood("コード,当初予算（百万円）,,執行\n,2016,2017,2016\nP1,1,2,3\n")

    assert records(table, "fiscal_year", "basis", "amount") == [
        (2016, "当初予算", "1"),
        (2017, "当初予算", "2"),
        (2016, "執行", "3"),
    ]
    assert table.unit_of(1, "amount") == "百万円"


def test_amounts_that_look_like_years_are_data():
    table = understood("コード,名称,2016,2017\nP1,x,2016,2017\n")

    assert table.heading_rows == (1,)
    assert records(table, "fiscal_year", "amount") == [(2016, "2016"), (2017, "2017")]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("単位：億円", "億円"),
        ("（単位 百万円）", "百万円"),
        ("(千円)", "千円"),
        ("予算額（単位:百万円）の推移", "百万円"),
        ("Unit: million yen", "million yen"),
        ("(in million yen)", "million yen"),
    ],
)
def test_a_unit_in_a_cell_above_the_table_is_the_sheets(line, unit):
    table = understood(f"{line},,\nコード,名称,金額\nP1,x,5\n")

    assert table.unit == unit
    assert table.units("amount") == [unit]


def test_the_sentence_names_the_sheets_unit_beside_that_of_a_single_year():
    table = understood("（単位：億円）\nコード,2016,2017年度（百万円）\nP1,1.5,200\n")
    assert table.units("amount") == ["億円", "百万円"]
    assert "単位 億円・百万円として" in table.sentence.in_words()
    table = understood("（単位：億円）\nコード,2016年度（百万円）\nP1,200\n")
    assert "単位 百万円として" in table.sentence.in_words()


def test_a_unit_right_of_the_headings_is_the_sheets():
    table = understood("コード,2016,2017,単位：億円\nP1,5,6,\n")

    assert (table.unit, table.unknown) == ("億円", ())


def test_a_units_column_goes_before_the_heading_and_that_before_the_sheet():
    table = understood("単位：億円,,\nコード,金額（百万円）,単位\nP1,5,千円\nP2,6,\n")

    assert table.units("amount") == ["千円", "百万円"]


def test_two_units_for_one_table_are_refused():
    with pytest.raises(ReadError) as raised:
        understood("単位：億円\n単位：百万円\nコード,金額\nP1,5\n")

    assert (raised.value.code, raised.value.place) == ("unit.conflict", Place("", 2))
    assert understood("単位：億円\n単位：百万円\nコード,金額\nP1,5\n", unit="円").unit == "円"


def test_an_unknown_unit_is_told():
    table = understood("単位：千人\nコード,金額\nP1,5\n")

    assert [notice.code for notice in table.notices] == ["unit.unknown"]


def test_blank_cells_and_ditto_marks_take_the_value_above():
    table = understood("コード,名称,府省\nP1,x,文部科学省\nP2,〃,\nP3,y,同上\n")

    assert list(table.values("name")) == ["x", "x", "y"]
    assert list(table.values("ministry")) == ["文部科学省"] * 3
    assert table.carried == {"name": {1}, "ministry": {1, 2}}


def test_a_blank_cell_of_another_column_stays_blank():
    assert list(understood("コード,名称\nP1,x\nP2,\n").values("name")) == ["x", ""]


def test_a_ditto_mark_with_nothing_above_is_a_fault():
    table = understood("コード,名称\nP1,〃\nP2,x\n")

    fault = table.faults[0, "name"]
    assert fault.code == "cell.ditto_first"
    assert (
        fault.in_words()
        == "B2: 「〃」の上に、同じとする値がありません。値そのものを入れてください。"
    )


def test_a_row_with_more_cells_than_headings_is_a_fault():
    table = understood("コード,名称\nP1,x\nP2,y,z\nP3,w\n")

    assert table.faults[1, ""].code == "row.ragged"
    assert english(table.faults[1, ""]).startswith(
        "C3: The heading has 2 columns, but this row has 3 cells (z)."
    )


def test_a_full_column_without_a_heading_is_unknown():
    table = understood("コード,名称\nP1,x,1\nP2,y,2\n")

    assert [(column.letter, column.text) for column in table.unknown] == [("C", "")]


def test_unknown_columns_are_told_and_the_answer_is_taken():
    text = "コード,名称,謎,なぞ\nP1,x,1,2\n"
    table = understood(text)
    again = understood(text, mapping={table.unknown[0].key: "amount", table.unknown[1].key: ""})

    assert [(column.letter, column.text) for column in table.unknown] == [
        ("C", "謎"),
        ("D", "なぞ"),
    ]
    assert list(again.values("amount")) == ["1"]
    assert not again.unknown
    assert [heading.text for heading in again.headings if heading.name == ""] == ["なぞ"]


def test_a_missing_required_column_is_told():
    assert understood("名称,金額\nx,1\n").missing == ("code",)


def test_two_columns_of_one_meaning_are_refused():
    with pytest.raises(ReadError) as raised:
        understood("コード,名称,施策名\nP1,x,y\n")

    assert raised.value.code == "heading.duplicate"
    assert raised.value.in_words() == (
        "C1: B列の「名称」とC列の「施策名」は、どちらも「施策名」です。"
        "使わない方の列を消すか、見出しを変えてください。"
    )


def test_a_sheet_without_a_known_heading_is_refused():
    with pytest.raises(ReadError) as raised:
        understood("あ,い\n1,2\n")

    error = raised.value
    assert (error.code, error.place, error.value) == ("heading.not_found", Place("", 1), "あ | い")
    assert "コード、施策名、府省" in error.remedy.in_words()


def test_the_heading_row_can_be_chosen():
    text = "コード,名称\nコード,名称,金額\nP1,x,5\n"

    assert understood(text, header_row=2).heading_rows == (2,)
    with pytest.raises(ReadError):
        understood(text, header_row=9)


def test_the_last_row_can_be_chosen():
    table = understood("コード,名称\nP1,x\nP2,y\nここから別の話,\n", last_row=3)

    assert list(table.rows) == [2, 3]
    assert table.note_lines[0].text == "ここから別の話"


def test_a_repeated_heading_is_left_out_and_told():
    table = understood("コード,名称\nP1,x\nコード,名称\nP2,y\n")

    assert list(table.rows) == [2, 4]
    assert table.notices[0].in_words() == "3行目は見出しの繰返しなので除きました。"


def test_overrides_are_kept_as_json():
    overrides = Overrides(header_row=3, unit="億円", mapping={"謎": ""})

    assert overrides.as_dict() == {"header_row": 3, "unit": "億円", "mapping": {"謎": ""}}
    assert Overrides(**overrides.as_dict()) == overrides


def test_rows_without_a_value_in_any_year_are_told():
    table = understood("コード,2016,2017\nP1,1,\nP2,,\n")

    assert len(table) == 1
    assert english(table.notices[0]) == "Rows without a value in any year: 1 (3)."


STRATEGY = """【国際活動】

区分\t\t2016\t2017\t2018
\t\tH28\tH29\tH30
施策等\t首脳宣言\t\t▲\t
\t科学技術大臣会合\t\t\t▲
\t交流の枠組み\t\t\t
展開支援事業\t\t\t\t
計画推進\t\t\t\t

: 50億円以上
: 10億円以下
"""


def test_a_table_of_events_and_programmes_keeps_a_record_a_row():
    table = understood(STRATEGY, ROWS)

    assert records(table, "group", "label", "marks") == [
        ("施策等", "首脳宣言", ((2017, "▲", "D"),)),
        ("施策等", "科学技術大臣会合", ((2018, "▲", "E"),)),
        ("施策等", "交流の枠組み", ()),
        ("施策等", "展開支援事業", ()),
        ("施策等", "計画推進", ()),
    ]
    assert not table.unknown
    assert [line.text for line in table.note_lines] == [": 50億円以上", ": 10億円以下"]
    assert [notice.code for notice in table.notices] == ["row.label_slid"]


def test_the_same_table_as_a_workbook_with_merged_cells():
    rows = [line.split("\t") for line in STRATEGY.splitlines()]

    def merge(sheet):
        sheet.merge_cells("A5:A7")
        sheet.merge_cells("A8:B8")

    table = understand(read(workbook(rows, merge)), ROWS)

    assert records(table, "group", "label", "marks") == records(
        understood(STRATEGY, ROWS), "group", "label", "marks"
    )
    assert [notice.code for notice in table.notices] == ["row.label_slid"]


def test_merged_amounts_are_told_and_not_spread():
    data = workbook(
        [["コード", 2016, 2017], ["P1", 5, 6], ["P2", None, 7]],
        lambda sheet: sheet.merge_cells("B2:B3"),
    )

    table = understand(read(data), BUDGETS)

    assert records(table, "code", "amount") == [("P1", 5), ("P1", 6), ("P2", 7)]
    assert table.notices[0].in_words() == (
        "結合されたセル B2:B3 の値は、左上のセルだけの値として読みました。"
    )


def test_hidden_rows_are_told_and_can_be_left_out():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    grid = read(workbook([["コード", "名称"], ["P1", "x"], ["P2", "y"]], hide))

    table = understand(grid, BUDGETS)
    assert list(table.rows) == [2, 3]
    assert [notice.in_words() for notice in table.notices] == [
        "非表示の行が 1 行あります（3行目）。取り込みます。",
        "非表示の列があります（B列）。取り込みます。",
    ]
    assert list(understand(grid, BUDGETS, Overrides(skip_hidden=True)).rows) == [2]


def test_error_cells_stay_with_their_record():
    def spoil(sheet):
        for address in ("C2", "B3", "D3"):
            sheet[address].value = "#N/A"
            sheet[address].data_type = "e"

    data = workbook([["コード", "府省", 2016, 2017], ["P1", "x", 5, 6], ["P2", "", 7, 8]], spoil)

    table = understand(read(data), BUDGETS)

    assert records(table, "code", "ministry", "fiscal_year") == [
        ("P1", "x", 2016),
        ("P1", "x", 2017),
        ("P2", "", 2016),
        ("P2", "", 2017),
    ]
    assert {key: fault.place.in_words() for key, fault in table.faults.items()} == {
        (0, "amount"): "「Sheet」C2",
        (2, "ministry"): "「Sheet」B3",
        (3, "ministry"): "「Sheet」B3",
        (3, "amount"): "「Sheet」D3",
    }


def test_a_sheet_is_named_in_the_sentence():
    table = understand(read(workbook([["コード", "名称"], ["P1", "x"]])), BUDGETS)

    assert table.sentence.in_words() == "XLSX のシート「Sheet」、1行目を見出しとして読みました。"
    assert english(table.sentence) == "Read XLSX sheet Sheet, row 1 as the heading."


def test_a_second_heading_row_below_the_end_is_refused_with_the_remedy():
    with pytest.raises(ReadError) as caught:
        understood("コード,名称\n", header_row=1, heading_rows=2)
    assert caught.value.code == "heading.one_row_left"
    assert caught.value.in_words() == (
        "1行目: 見出しを2行としましたが、「コード | 名称」の下に行がありません。"
        "見出しの行数を1行にするか、見出しの行を選び直してください。"
    )
