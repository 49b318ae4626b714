"""The shapes in which ministries print budgets, each read into the same kind of records."""

import pytest

from spreadsheets.reading import ReadError

from .budget_sheets import codes, records, said, tables, workbook

TWO_YEARS = [
    ("W", 2021, "当初予算", 10, "百万円"),
    ("W", 2021, "補正予算", 20, "百万円"),
    ("W", 2022, "当初予算", 30, "百万円"),
    ("W", 2022, "補正予算", 40, "百万円"),
]
ROW = ["W", 10, 20, 30, 40]
UNIT = ["（単位：百万円）"]
YEARS = ["事業名", "令和3年度", None, "令和4年度", None]
KINDS = [None, "当初", "補正", "当初", "補正"]


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([UNIT, YEARS, KINDS, ROW], ["A2:A3", "B2:C2", "D2:E2"]),
        ([UNIT, YEARS, KINDS, ROW], []),
        ([UNIT, ["事業名", "R3", "R3", "R4", "R4"], KINDS, ROW], []),
        (
            [UNIT, ["事業名", "予算額", None, None, None], [None, *YEARS[1:]], KINDS, ROW],
            ["A2:A4", "B2:E2", "B3:C3", "D3:E3"],
        ),
        (
            [UNIT, ["事業名", "予算額・執行額", None, None, None], [None, *YEARS[1:]], KINDS, ROW],
            ["B2:E2", "B3:C3", "D3:E3"],
        ),
        ([UNIT, YEARS, KINDS, [None, "(A)", "(B)", "(C)", "(D)"], ROW], ["B2:C2", "D2:E2"]),
        ([YEARS, KINDS, [None, *["（百万円）"] * 4], ROW], ["B1:C1", "D1:E1"]),
        ([YEARS, KINDS, [None, None, None, None, "（百万円）"], ROW], ["B1:C1", "D1:E1"]),
        (
            [
                UNIT,
                [
                    "事業名",
                    "令和3年度当初予算額",
                    "令和3年度補正予算額",
                    "R4当初",
                    "2022年度補正予算（第2号）",
                ],
                ROW,
            ],
            [],
        ),
        (
            [
                [
                    "Programme",
                    "FY2021 initial (JPY million)",
                    "FY2021 supplementary (in million yen)",
                    "Initial budget FY2022 [JPY million]",
                    "FY2022 supplementary budget, JPY million",
                ],
                ROW,
            ],
            [],
        ),
    ],
    ids=[
        "merged",
        "blank",
        "repeated",
        "caption of amounts",
        "unknown caption",
        "letters below",
        "units below",
        "one unit below",
        "one row",
        "English",
    ],
)
def test_years_over_kinds(rows, merges):
    (table,) = tables(workbook(*rows, merges=merges))

    assert records(table) == TWO_YEARS
    assert not table.unknown


def test_hostile_cells_cost_no_time():
    for cell in ("計" + " " * 30_000 + "x", "計" + "A-" * 15_000, "（" * 30_000):
        (table,) = tables(f"（千円）\n事業名,2018年度\n{cell},1\n")
        assert len(table) == 1


def test_kinds_over_years():
    rows = [
        UNIT,
        ["事業名", "当初予算", None, "執行額", None],
        [None, "2021年度", "2022年度", "2021年度", "2022年度"],
        ROW,
    ]
    (table,) = tables(workbook(*rows, merges=["B2:C2", "D2:E2"]))

    assert records(table) == [
        ("W", 2021, "当初予算", 10, "百万円"),
        ("W", 2022, "当初予算", 20, "百万円"),
        ("W", 2021, "執行額", 30, "百万円"),
        ("W", 2022, "執行額", 40, "百万円"),
    ]


def test_a_year_and_a_kind_over_one_column_of_letters():
    rows = [UNIT, [None, 2020], [None, "要求額"], ["事業名", "(A)", "政策番号"], ["W1", 5, "x"]]
    (table,) = tables(workbook(*rows), unused_rest=True)

    assert records(table) == [("W1", 2020, "要求額", 5, "百万円")]


def test_a_caption_year_stands_over_years():
    (table,) = tables("（千円）\n事業名,年度,\n,2021,2022\nW,1,2\n")

    assert [each[1] for each in records(table)] == [2021, 2022]


def test_a_column_of_years_beside_columns_of_kinds():
    (table,) = tables("（千円）\n事業名,年度,当初予算額,執行額\nW,R3,1,2\n〃,R4,3,4\n")

    assert records(table) == [
        ("W", "R3", "当初予算", "1", "千円"),
        ("W", "R3", "執行額", "2", "千円"),
        ("W", "R4", "当初予算", "3", "千円"),
        ("W", "R4", "執行額", "4", "千円"),
    ]


@pytest.mark.parametrize("heading", ["区分", ""])
def test_kinds_as_rows_with_or_without_a_heading(heading):
    text = (
        f"（千円）\n事業名,{heading},2021年度,2022年度\nW,当初,1,2\n,補正,3,\n,計,4,2\nV,当初,5,6\n"
    )
    (table,) = tables(text)

    assert records(table) == [
        ("W", 2021, "当初", "1", "千円"),
        ("W", 2022, "当初", "2", "千円"),
        ("W", 2021, "補正", "3", "千円"),
        ("V", 2021, "当初", "5", "千円"),
        ("V", 2022, "当初", "6", "千円"),
    ]
    assert said(table, "left_out.total_row") == ["合計の行 1 行を除きました（5行目）。"]


def test_ministries_across_are_parts_and_their_total_is_left_out():
    text = "（千円）\n事業名,文部科学省,外務省,総計\nW,1,,1\nV,,2,2\n合計,1,2,3\n"
    (table,) = tables(text)

    assert [(each[0], each[3]) for each in records(table)] == [("W", "1"), ("V", "2")]
    assert table.lacking == {"fiscal_year", "basis"}
    assert "left_out.total_column" in codes(table)


@pytest.mark.parametrize("heading", ["所管府省", "府省", "担当省庁"])
def test_a_column_of_ministries_is_no_amount(heading):
    (table,) = tables(f"（千円）\n事業名,{heading},2021年度\nW,文部科学省,1\n")

    assert [each.text for each in table.unknown] == [heading]
    assert records(table) == [("W", 2021, "", "1", "千円")]


def test_an_unnamed_era_follows_the_year_before_it():
    (table,) = tables("（千円）\n事業名,平成30年度,31年度,2年度,3年度\nW,1,2,3,4\n")

    assert [each[1] for each in records(table)] == [2018, 2019, 2020, 2021]


def test_an_unnamed_era_alone_is_asked_about():
    (table,) = tables("（千円）\n事業名,28年度,平成29年度,平成30年度\nW,1,2,3\n")

    assert [each.text for each in table.unknown] == ["28年度"]


def test_the_first_of_april_heads_a_fiscal_year():
    import datetime

    rows = [UNIT, ["事業名", datetime.date(2016, 4, 1), 42826], ["W", 1, 2]]
    (table,) = tables(workbook(*rows))

    assert [each[1] for each in records(table)] == [2016, 2017]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("R2補正後", "left_out.column"),
        ("令和2年度補正後予算額", "left_out.column"),
        ("増減", "left_out.column"),
        ("対前年度増減額", "left_out.column"),
        ("伸び率（%）", "left_out.column"),
        ("執行率", "left_out.column"),
        ("合計", "left_out.total_column"),
        ("総 計", "left_out.total_column"),
        ("令和2年度 計", "left_out.total_column"),
    ],
)
def test_a_column_that_is_no_amount_of_a_basis_is_left_out_and_said(heading, code):
    (table,) = tables(f"（千円）\n事業名,2018年度当初,2019年度当初,{heading}\nW,1,2,3\n")

    assert [each[1] for each in records(table)] == [2018, 2019]
    assert code in codes(table)
    assert heading in "".join(said(table, code))


@pytest.mark.parametrize(
    "heading",
    ["2020年度繰越額", "2020年度（うち国際分）", "2020年度見込み", "2018～2020年度", "その他"],
)
def test_what_a_column_is_where_it_is_not_sure_is_asked(heading):
    (table,) = tables(f"（千円）\n事業名,2018年度当初,2019年度当初,{heading}\nW,1,2,3\n")

    assert [each.text for each in table.unknown] == [heading]
    assert [each[1] for each in records(table)] == [2018, 2019]


def test_an_answer_gives_a_column_its_kind():
    (table,) = tables(
        "（千円）\n事業名,2018年度当初,2020年度繰越額\nW,1,3\n",
        mapping={"2020年度繰越額": "amount_yen/carried_out"},
    )

    assert records(table)[1] == ("W", 2020, "翌年度へ繰越し", "3", "千円")


def test_words_over_some_amounts_only_are_asked_about():
    rows = [UNIT, ["事業名", "一般会計", None, "特別会計", None], [None, 2021, 2022, 2021, 2022]]
    (table,) = tables(workbook(*rows, ROW, merges=["B2:C2", "D2:E2"]))

    assert [each.text for each in table.unknown] == [
        "一般会計 2021",
        "一般会計 2022",
        "特別会計 2021",
        "特別会計 2022",
    ]


def test_two_columns_of_one_year_are_asked_about():
    (table,) = tables("（千円）\n事業名,2018年度,2019年度,2019年度\nW,1,2,3\n")

    assert [each.letter for each in table.unknown] == ["C", "D"]


def test_a_title_that_says_nothing_but_a_kind_is_the_kind_of_its_years():
    (table,) = tables("表１ 施策別当初予算額の推移（千円）\n事業名,2018年度,2019年度\nW,1,2\n")

    assert records(table) == [
        ("W", 2018, "当初予算", "1", "千円"),
        ("W", 2019, "当初予算", "2", "千円"),
    ]


@pytest.mark.parametrize(
    "title", ["令和5年度概算要求と令和4年度当初予算", "執行の考え方について", "国際関係予算一覧"]
)
def test_a_title_that_says_more_names_no_kind(title):
    (table,) = tables(f"{title}（千円）\n事業名,2018年度,2019年度\nW,1,2\n")

    assert table.lacking == {"basis"}


def test_a_title_may_name_the_year_of_kinds():
    (table,) = tables("令和4年度予算（千円）\n事業名,当初,執行\nW,1,2\n")

    assert [each[1:3] for each in records(table)] == [(2022, "当初予算"), (2022, "執行額")]


def test_a_sheet_may_be_named_for_its_kind():
    rows = [UNIT, ["事業名", "2018年度"], ["W", 1]]
    (table,) = tables(workbook(*rows, title="執行額"))

    assert records(table) == [("W", 2018, "執行額", 1, "百万円")]


def test_five_heading_rows_are_not_taken_for_one_heading():
    rows = [["事業名"], ["W", 1], ["V", 2]]
    with pytest.raises(ReadError) as caught:
        tables(workbook(*rows), header_row=3, heading_rows=4)
    assert caught.value.code == "heading.one_row_left"


# totals


@pytest.mark.parametrize(
    ("word", "column"),
    [
        ("合計", 0),
        ("合　計", 0),
        ("小計", 1),
        ("【総計】", 0),
        ("（計）", 0),
        ("文部科学省 計", 0),
        ("文部科学省合計", 0),
        ("文部科学省計", 0),
        ("一般会計計", 1),
        ("合計（A）", 0),
        ("Total", 0),
        ("Grand total", 1),
        ("TOTAL", 0),
    ],
)
def test_a_row_of_totals_is_left_out_wherever_the_word_stands(word, column):
    total = ["", "", "3", "7"]
    total[column] = word
    text = f"（千円）\n事業名,備考,2018年度,2019年度\nW,,1,3\nV,,2,4\n{','.join(total)}\n"
    (table,) = tables(text, unused_rest=True)

    assert [each[0] for each in records(table)] == ["W", "W", "V", "V"]
    assert said(table, "left_out.total_row") == ["合計の行 1 行を除きました（5行目）。"]
    assert "total.disagrees" not in codes(table)


@pytest.mark.parametrize("name", ["国際共同研究計画", "設計支援", "統計", "会計", "時計の開発"])
def test_a_name_that_ends_like_a_total_is_a_name(name):
    (table,) = tables(f"（千円）\n事業名,2018年度\n{name},1\n")

    assert [each[0] for each in records(table)] == [name]


def test_a_total_that_its_parts_do_not_come_to_is_said():
    (table,) = tables("（千円）\n事業名,2018年度,2019年度\nW,1,3\nV,2,4\n合計,3,8\n")

    assert said(table, "total.disagrees") == [
        "合計が内訳の和と合いません: C5 は 8、内訳の和は 7。"
        "どちらが正しいか、元の表を確かめてください。"
    ]


def test_a_total_of_kinds_counts_those_next_to_it():
    text = "（千円）\n事業名,R4当初,R4補正,R4計,R4執行\nS1,1802,120,1922,1788\n"
    (table,) = tables(text)

    assert "total.disagrees" not in codes(table)


def test_a_total_of_one_programmes_kinds_counts_its_own():
    text = "（千円）\n事業名,区分,2022年度\nS1,当初,10\n,計,10\n,執行,8\nW1,当初,9\n,計,9\n"
    (table,) = tables(text)

    assert "total.disagrees" not in codes(table)


def test_a_negative_number_is_not_sure_where_brackets_mean_something():
    rows = [UNIT, ["事業名", "2018年度", "2019年度"], ["W1", -900, 910], ["注）（　）は内数"]]
    (table,) = tables(workbook(*rows))

    assert [each[3] for each in records(table)] == [910]
    assert "left_out.bracketed" in codes(table)


def test_a_total_above_its_parts_is_checked_against_them():
    text = "（千円）\n事業名,2018年度,2019年度\n合計,3,9\nW1,1,3\nV1,2,4\n"
    (table,) = tables(text)

    assert said(table, "total.disagrees") == [
        "合計が内訳の和と合いません: C3 は 9、内訳の和は 7。"
        "どちらが正しいか、元の表を確かめてください。"
    ]


def test_rows_that_are_numbered_go_on_with_the_name_above():
    text = "（千円）\nNo.,事業名,区分,2018年度\n1,W1,当初,1\n2,,補正,2\n"
    (table,) = tables(text, unused_rest=True)

    assert [each[0] for each in records(table)] == ["W1", "W1"]


def test_a_sheet_may_be_named_for_its_year():
    rows = [UNIT, ["事業名", "当初", "執行"], ["W1", 1, 2]]
    (table,) = tables(workbook(*rows, title="2014年度"))

    assert [each[1] for each in records(table)] == [2014, 2014]


def test_a_total_is_checked_against_amounts_that_name_their_unit():
    (table,) = tables("（百万円）\n事業名,2018年度\nW1,12億円\nV1,5百万円\n合計,1206\n")

    assert said(table, "total.disagrees") == [
        "合計が内訳の和と合いません: B5 は 1,206、内訳の和は 1,205。"
        "どちらが正しいか、元の表を確かめてください。"
    ]


def test_subtotals_and_a_grand_total_agree():
    text = "（千円）\n事業名,2018年度\nW,1\nV,2\n小計,3\nU,4\n小計,4\n合計,7\n"
    (table,) = tables(text)

    assert [each[0] for each in records(table)] == ["W", "V", "U"]
    assert "total.disagrees" not in codes(table)


def test_nothing_is_taken_over_into_a_row_without_a_name():
    (table,) = tables("（千円）\n事業名,区分,2018年度\nW,当初,\n,,5\n")

    assert table.faults[0, ""].code == "row.nameless"


@pytest.mark.parametrize("word", ["文部科学省分", "そのほか", "2"])
def test_no_name_is_taken_over_into_a_row_that_begins_something_else(word):
    text = f"（千円）\n府省,事業名,区分,2018年度\n文科省,W,当初,\n{word},,当初,5\n"
    (table,) = tables(text, unused_rest=True)

    assert [each[0] for each in records(table)] == [""]


def test_a_note_mark_at_a_heading_is_no_part_of_it():
    (table,) = tables("（千円）\n事業名,2018年度予算額（注1）,2019年度*,2020年度※2\nW,1,2,3\n")

    assert [each[1] for each in records(table)] == [2018, 2019, 2020]


def test_a_name_merged_over_rows_is_taken_over():
    rows = [UNIT, ["事業名", "区分", "2018年度"], ["W", "当初", 1], [None, None, 2]]
    (table,) = tables(workbook(*rows, merges=["A3:A4"]))

    assert [each[0] for each in records(table)] == ["W", "W"]
    assert not table.faults


def test_a_year_merged_over_rows_is_said_of_all_of_them():
    rows = [
        UNIT,
        ["事業名", "年度", "区分", "金額"],
        ["W1", 2015, "当初", 1],
        ["V1", None, "当初", 2],
        ["U1", None, "当初", 3],
    ]
    (table,) = tables(workbook(*rows, merges=["B3:B4"]))

    assert [each[1] for each in records(table)] == [2015, 2015, ""]
    assert "cell.merged" not in codes(table)


def test_a_row_of_a_name_alone_names_what_stands_below_it():
    text = "（千円）\n事業名,年度,区分,金額\nW1,,,\n,2015,当初,1\n,2016,当初,2\n"
    (table,) = tables(text)

    assert records(table) == [
        ("W1", "2015", "当初", "1", "千円"),
        ("W1", "2016", "当初", "2", "千円"),
    ]
    assert said(table, "row.no_year") == ["1 行（3行目）には、どの年度の値もありません。"]


def test_a_line_merged_across_is_no_programme_and_is_not_taken_over():
    rows = [
        UNIT,
        ["事業名", "区分", "2018年度"],
        ["一般会計", None, None],
        [None, "当初", 1],
        ["W", "当初", 2],
    ]
    (table,) = tables(workbook(*rows, merges=["A3:C3"]))

    assert [each[0] for each in records(table)] == ["", "W"]
    assert "left_out.banner" in codes(table)


# words


def test_words_in_place_of_amounts_are_told_and_never_numbers():
    text = "（千円）\n事業名,2018年度,2019年度,2020年度\nW,1の内数,皆増,*\nV,－,0,3\n"
    (table,) = tables(text)

    assert [each[3] for each in records(table)] == ["－", "0", "3"]
    assert said(table, "left_out.word") == [
        "値の代わりに書かれた語は額として読みませんでした: B3「1の内数」、C3「皆増」、D3「*」。"
    ]


@pytest.mark.parametrize(
    "note", ["注 （ ）は内数である。", "※（　）内は前年度の額", "カッコ内は補正"]
)
def test_brackets_that_the_sheet_explains_are_left_out(note):
    (table,) = tables(f"（千円）\n事業名,2018年度,2019年度\nW,(5),6\n{note}\n")

    assert [each[3] for each in records(table)] == ["6"]
    assert "left_out.bracketed" in codes(table)


def test_brackets_without_a_word_are_a_minus():
    (table,) = tables("（千円）\n事業名,2018年度,2019年度\nW,(5),6\n")

    assert [each[3] for each in records(table)] == ["(5)", "6"]


# several tables


TWO_TABLES = (
    "表１ 当初予算額（百万円）\n事業名,2018年度,2019年度\nW,1,2\n\n"
    "表２ 執行額（千円）\n事業名,2018年度,2019年度\nW,900,1800\n"
)


def test_a_line_between_rows_that_names_a_kind_and_a_unit_is_read():
    text = (
        "当初予算（百万円）\n事業名,2022年度,2023年度\nW1,1802,1850\n執行額（千円）\n"
        "V1,890000,900000\n\nU1,5,\n（百万円）,,\nT1,7,\n"
    )
    first, second, third = tables(text)

    assert records(first)[0] == ("W1", 2022, "当初予算", "1802", "百万円")
    assert records(second) == [
        ("V1", 2022, "執行額", "890000", "千円"),
        ("V1", 2023, "執行額", "900000", "千円"),
        ("U1", 2022, "執行額", "5", "千円"),
    ]
    assert records(third) == [("T1", 2022, "執行額", "7", "百万円")]


def test_a_line_between_rows_may_name_their_year():
    text = "令和4年度（百万円）\n事業名,当初,執行\nW1,1,2\n令和5年度（千円）\nV1,3,4\n"
    first, second = tables(text)

    assert records(first)[0] == ("W1", 2022, "当初予算", "1", "百万円")
    assert records(second)[0] == ("V1", 2023, "当初予算", "3", "千円")


def test_lines_of_kinds_part_a_table_from_its_first_row_on():
    text = "（千円）\n事業名,2022年度\n【当初予算】,\nW1,1\n２．補正予算,\nW1,2\n"
    first, second = tables(text)

    assert records(first) == [("W1", 2022, "当初予算", "1", "千円")]
    assert records(second) == [("W1", 2022, "補正予算", "2", "千円")]


def test_a_kind_without_an_amount_parts_nothing():
    (table,) = tables("（千円）\n事業名,区分,2022年度\nW1,当初,1\n,補正,\n,執行,3\n")

    assert [each[0] for each in records(table)] == ["W1", "W1"]


def test_two_tables_below_each_other_have_their_own_kind_and_unit():
    first, second = tables(TWO_TABLES)

    assert records(first)[0] == ("W", 2018, "当初予算", "1", "百万円")
    assert records(second)[0] == ("W", 2018, "執行額", "900", "千円")
    assert second.place(0, "amount_yen").row == 7


@pytest.mark.parametrize("gap", ["\n", ""])
def test_the_same_heading_under_another_title_is_another_table(gap):
    text = f"A局（千円）\n事業名,2018年度\nW,1\n{gap}B局（千円）\n事業名,2018年度\nV,2\n"
    first, second = tables(text)

    assert (len(first), len(second)) == (1, 1)


def test_the_same_heading_and_title_again_is_the_next_page():
    text = "予算（千円）\n事業名,2018年度\nW,1\n\n予算（千円）\n事業名,2018年度\nV,2\n"
    (table,) = tables(text)

    assert [each[0] for each in records(table)] == ["W", "V"]
    assert "left_out.heading_again" in codes(table)


def test_a_heading_of_several_rows_again_is_the_next_page():
    heading = "事業名,予算額,\n,2018年度,2019年度\n,(A),(B)\n"
    (table,) = tables(f"（千円）\n{heading}W1,1,2\n{heading}V1,3,4\n")

    assert [(each[0], each[3]) for each in records(table)] == [
        ("W1", "1"),
        ("W1", "2"),
        ("V1", "3"),
        ("V1", "4"),
    ]


def test_two_tables_beside_each_other():
    rows = [
        ["当初予算（百万円）", None, None, None, "執行額（千円）"],
        ["事業名", "2018年度", "2019年度", None, "事業名", "2018年度", "2019年度"],
        ["W", 1, 2, None, "W", 900, 1800],
        ["V", 3, 4],
    ]
    first, second = tables(workbook(*rows))

    assert [each[:4] for each in records(first)] == [
        ("W", 2018, "当初予算", 1),
        ("W", 2019, "当初予算", 2),
        ("V", 2018, "当初予算", 3),
        ("V", 2019, "当初予算", 4),
    ]
    assert records(second) == [
        ("W", 2018, "執行額", 900, "千円"),
        ("W", 2019, "執行額", 1800, "千円"),
    ]


def test_a_chosen_heading_row_reads_that_table_alone():
    (table,) = tables(TWO_TABLES, header_row=6)

    assert records(table)[0] == ("W", 2018, "執行額", "900", "千円")


# units


@pytest.mark.parametrize(
    ("above", "heading", "unit"),
    [
        ("（単位：百万円）", "2018年度", "百万円"),
        ("国際関係予算 百万円単位", "2018年度", "百万円"),
        ("Budget (in million yen)", "2018年度", "百万円"),
        ("JPY million", "2018年度", "百万円"),
        ("単位 万円", "2018年度", "万円"),
        ("（十億円）", "2018年度", "十億円"),
        ("単位：100万円", "2018年度", "百万円"),
        ("（単位：百万円）", "2018年度（千円）", "千円"),
        ("", "2018年度 千円", "千円"),
        ("", "2018年度[億円]", "億円"),
    ],
)
def test_a_unit_wherever_people_write_it(above, heading, unit):
    (table,) = tables(f"{above}\n事業名,{heading}\nW,1\n")

    assert table.units("amount_yen") == [unit]
    assert not table.unitless()


@pytest.mark.parametrize("note", ["注：単位は千円", "（単位：千円）", "※ 単位：千円"])
def test_a_note_below_gives_no_unit(note):
    (table,) = tables(f"事業名,2018年度\nW,1\nV,2\n\n{note}\n")

    assert [each.text for each in table.unitless()] == ["2018年度"]


@pytest.mark.parametrize("value", ["1", "1,234", "１，２３４", "▲5", "(5)", "０．５"])
def test_a_bare_number_needs_a_unit_in_any_width(value):
    (table,) = tables(f'事業名,2018年度\nW,"{value}"\n')

    assert [each.text for each in table.unitless()] == ["2018年度"]


@pytest.mark.parametrize("padding", ["", ","])
def test_bare_separators_part_a_number_and_are_refused(padding):
    text = f"事業名,年度,区分,金額（千円）{padding}\nW,2031,当初,1,381\nV,2031,当初,382{padding}\n"
    (table,) = tables(text, unused_rest=True)

    assert table.faults[0, ""].code == "row.bare_thousands"
    assert "1,381" in table.faults[0, ""].in_words()


@pytest.mark.parametrize("value", ["12億円", "0", "－", "¥1.2 billion"])
def test_what_needs_no_unit_is_not_asked_about(value):
    (table,) = tables(f"事業名,2018年度\nW,{value}\n")

    assert table.unitless() == []


def test_the_unit_of_one_column_is_not_that_of_another():
    (table,) = tables("事業名,2018年度（百万円）,2019年度\nW,1,2\n")

    assert [each.text for each in table.unitless()] == ["2019年度"]


def test_a_unit_of_other_money_is_no_yen():
    (table,) = tables("（単位：千ドル）\n事業名,2018年度\nW,1\n")

    assert [each.text for each in table.unitless()] == ["2018年度"]
    assert codes(table) == ["unit.unknown"]
