"""The two published tables as they are read: places of faults, blanks and zeros, both layouts."""

import zipfile

import pytest

from programs.review_sheets.tables.reading import read_review_sheets
from programs.review_sheets.tables.refusals import ReviewSheetError, ReviewSheetsRefused
from programs.review_sheets.tables.review_sheet import Pointer
from programs.review_sheets.tables.table_file import open_table
from tests.programs.review_tables import EXTRACT, OFFICIAL, zipped
from tests.words import english

SHEETS, BUDGETS = EXTRACT


def read(directory, names, sheets=(), budgets=()):
    tables = [
        open_table(zipped(directory, names[0], replace=sheets)),
        open_table(zipped(directory, names[1], replace=budgets)),
    ]
    return read_review_sheets(*tables, lambda step, count: None)


def refusals(directory, names=EXTRACT, **changes):
    with pytest.raises(ReviewSheetsRefused) as caught:
        read(directory, names, **changes)
    return [(e.code, e.file, e.line, e.heading, e.value) for e in caught.value.errors]


def sheet(reading, number):
    return next(sheet for sheet in reading.sheets if sheet.number == number)


def test_a_sheet_of_the_extract_is_read_with_its_line(tmp_path):
    found = sheet(read(tmp_path, EXTRACT), "新31-0007")
    assert (found.year, found.ministry, found.name) == (
        2018,
        "文部科学省",
        "海洋観測網高度化事業",
    )
    assert (found.start, found.end, found.end_state, found.line) == (2011, 2020, "known", 4)
    assert found.identifier == ("review_sheet", "文部科学省/新31-0007", 2018)


def test_a_blank_is_no_amount_and_a_zero_is_one(tmp_path):
    found = sheet(read(tmp_path, EXTRACT), "新31-0007")
    assert found.amounts[2018] == (0, 0, 0, 0, 0, 0, None, None)
    assert found.amounts[2019] == (None, None, None, None, None, None, None, 0)


def test_a_float_s_error_below_one_yen_is_rounded_away_in_silence(tmp_path):
    reading = read(tmp_path, EXTRACT)
    assert sheet(reading, "新31-0007").amounts[2017] == (
        140_000_000,
        -4_300_000,
        0,
        -12_500_000,
        0,
        123_200_000,
        119_000_000,
        None,
    )
    assert "amount.below_yen" not in reading.notices.counts


def test_a_true_fraction_of_a_yen_is_rounded_and_noted(tmp_path):
    reading = read(tmp_path, EXTRACT, budgets=[("2013,100.0", "2013,11.02452788")])
    assert sheet(reading, "0001").amounts[2013][0] == 11_024_528
    assert reading.notices.counts["amount.below_yen"] == 1


def test_pointers_name_year_ministry_and_number(tmp_path):
    assert sheet(read(tmp_path, EXTRACT), "0022").pointers == (
        Pointer(2017, "環境省", "0020"),
        Pointer(2017, "環境省", "0021"),
    )


def test_a_pointer_that_names_no_sheet_is_noted(tmp_path):
    reading = read(tmp_path, EXTRACT, sheets=[("2017:環境省:0021", "2017:環境省:")])
    assert sheet(reading, "0022").pointers == (Pointer(2017, "環境省", "0020"),)
    assert reading.notices.examples["pointer.unreadable"] == [
        "extract-sheets.zip 11行目 2017:環境省:"
    ]


def test_an_impossible_first_year_is_left_blank_and_noted(tmp_path):
    reading = read(tmp_path, EXTRACT)
    assert sheet(reading, "0030").start is None
    assert reading.notices.examples["year.impossible"] == ["extract-sheets.zip 12行目 2309"]


def test_columns_that_are_not_read_are_said(tmp_path):
    assert (
        "extract-sheets.zip「担当課室」"
        in (read(tmp_path, EXTRACT).notices.examples["column.not_read"])
    )


def test_an_official_programme_is_one_sheet_with_the_totals_of_its_accounts(tmp_path):
    reading = read(tmp_path, OFFICIAL)
    assert [found.number for found in reading.sheets] == ["701", "702", "703"]
    found = reading.sheets[0]
    assert found.identifier == ("rs_system", "701", None)
    assert found.unit == "yen"
    assert found.amounts[2019] == (
        88_000_000,
        1_500_000,
        0,
        -3_000_000,
        0,
        89_500_000,
        80_000_000,
        88_000_000,
    )


def test_an_official_request_is_of_the_next_year_and_nothing_is_executed_in_its_own(tmp_path):
    amounts = read(tmp_path, OFFICIAL).sheets[0].amounts
    assert amounts[2020] == (90_000_000, 0, 0, 0, 0, 90_000_000, None, 90_500_000)
    assert amounts[2021] == (None,) * 7 + (95_000_000,)


def test_official_flags_say_that_years_are_unknown_or_that_there_is_no_end(tmp_path):
    reading = read(tmp_path, OFFICIAL)
    assert [(found.start, found.end, found.end_state) for found in reading.sheets] == [
        (2011, None, "ongoing"),
        (None, 2025, "known"),
        (2017, None, "unknown"),
    ]
    assert reading.notices.counts["end.contradiction"] == 1


def test_an_official_old_number_points_back_however_it_is_spaced(tmp_path):
    assert read(tmp_path, OFFICIAL).sheets[2].pointers == (
        Pointer(2018, "国土交通省", "2018-国交-17-0031"),
    )


def test_no_person_s_name_is_read(tmp_path):
    assert "港町 太郎" not in repr(read(tmp_path, OFFICIAL).sheets)


def test_a_missing_column_is_named(tmp_path):
    assert refusals(tmp_path, sheets=[("事業名", "名")]) == [
        (
            "file.layout",
            "extract-sheets.zip",
            1,
            "事業名",
            "公開年度、府省庁、事業番号、事業ID、名、担当部局庁、担当課室、開始年度、終了年度、"
            "会計区分、関連する過去のレビューシート、シートURL",
        )
    ]


def test_swapped_files_are_told_from_wrong_ones(tmp_path):
    assert refusals(tmp_path, names=(BUDGETS, SHEETS))[0][:2] == (
        "file.swapped",
        "extract-budgets.zip",
    )


def test_tables_of_two_layouts_do_not_go_together(tmp_path):
    assert refusals(tmp_path, names=(SHEETS, OFFICIAL[1]))[0][:2] == (
        "file.layouts_differ",
        "official-2-1.zip",
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"budgets": [("2013,100.0", "2013,百")]},
            ("cell.amount", "extract-budgets.zip", 2, "当初予算（百万円）", "百"),
        ),
        (
            {"budgets": [("2013,100.0", "2013,NaN")]},
            ("cell.amount", "extract-budgets.zip", 2, "当初予算（百万円）", "NaN"),
        ),
        (
            {"budgets": [("0001,2013", "0001,平成25")]},
            ("cell.year", "extract-budgets.zip", 2, "予算年度", "平成25"),
        ),
        (
            {"budgets": [("0001,2014", "0001,2013")]},
            (
                "budget.duplicate",
                "extract-budgets.zip",
                3,
                "事業番号",
                "2016/文部科学省/0001/2013",
            ),
        ),
        (
            {"budgets": [("文部科学省,0001", "文部科学省,9999")]},
            (
                "budget.without_sheet",
                "extract-budgets.zip",
                2,
                "事業番号",
                "2016/文部科学省/9999/2013",
            ),
        ),
        (
            {"sheets": [("1,海洋観測網整備事業", "1, ")]},
            ("cell.blank", "extract-sheets.zip", 2, "事業名", ""),
        ),
        (
            {"sheets": [("1,海洋観測網整備事業", "1," + "海" * 201)]},
            ("cell.too_long", "extract-sheets.zip", 2, "事業名", "海" * 201),
        ),
        (
            {"sheets": [("\n2016,", "\nH28,")]},
            ("cell.year", "extract-sheets.zip", 2, "公開年度", "H28"),
        ),
        (
            {"sheets": [("2017,文部科学省,0002", "2016,文部科学省,0001")]},
            ("sheet.duplicate", "extract-sheets.zip", 3, "事業番号", "文部科学省/0001"),
        ),
    ],
)
def test_a_fault_names_file_line_column_and_value(tmp_path, changes, expected):
    assert refusals(tmp_path, **changes)[0] == expected


def test_a_flag_is_true_or_false(tmp_path):
    found = refusals(tmp_path, names=OFFICIAL, sheets=[("2011,FALSE", "2011,はい")])
    assert found == [("cell.flag", "official-1-2.zip", 2, "開始年度不明", "はい")]


def test_a_row_of_another_width_is_refused(tmp_path):
    found = refusals(tmp_path, sheets=[("一般会計,,", "一般会計,")])
    assert found[0][:3] == ("row.ragged", "extract-sheets.zip", 2)


def test_an_unclosed_quote_is_refused(tmp_path):
    found = refusals(tmp_path, sheets=[("1,海洋", '1,"海洋')])
    assert found[0][:3] == ("file.csv", "extract-sheets.zip", 2)


def test_a_table_without_rows_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    path = tmp_path / "empty" / "extract-sheets.zip"
    headings = (
        "公開年度,府省庁,事業番号,事業ID,事業名,開始年度,終了年度,関連する過去のレビューシート"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", headings)
    budgets = open_table(zipped(tmp_path, BUDGETS))
    with pytest.raises(ReviewSheetsRefused) as caught:
        read_review_sheets(open_table(path), budgets, lambda step, count: None)
    assert caught.value.errors[-1].code in ("file.empty", "budget.without_sheet")


def test_a_fault_is_said_in_both_languages():
    error = ReviewSheetError.because("cell.amount", "百").at(
        file="b.zip", line=2, heading="当初予算（百万円）"
    )
    assert error.in_words() == (
        "b.zip 2行目「当初予算（百万円）」: 「百」は金額ではありません。数字だけで書いてください。"
    )
    assert english(error) == (
        "b.zip line 2 “当初予算（百万円）”: “百” is no amount. Write digits only."
    )


def file_refusal(path):
    with pytest.raises(ReviewSheetError) as caught:
        open_table(path)
    return caught.value.code, caught.value.line


def test_files_that_are_no_table_are_refused(tmp_path):
    plain = tmp_path / "plain.zip"
    plain.write_text("公開年度,府省庁\n")
    empty = tmp_path / "none.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "")
    latin = tmp_path / "cp932.zip"
    with zipfile.ZipFile(latin, "w") as archive:
        archive.writestr("a.csv", b"a,b\n" + "海,洋".encode("cp932"))
    broken = tmp_path / "broken.zip"
    whole = zipped(tmp_path, SHEETS).read_bytes()
    broken.write_bytes(whole[:60] + b"\0\0\0\0\0\0\0\0" + whole[68:])
    assert file_refusal(tmp_path / "missing.zip") == ("file.unreadable", 0)
    assert file_refusal(plain) == ("file.not_zip", 0)
    assert file_refusal(empty) == ("file.members", 0)
    assert file_refusal(latin) == ("file.encoding", 2)
    assert file_refusal(broken) == ("file.broken", 0)


def test_a_zip_bomb_is_not_inflated(tmp_path, monkeypatch):
    monkeypatch.setattr("programs.review_sheets.tables.table_file.MEGABYTES", 1)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 1_100_000)
    assert file_refusal(path) == ("file.too_large", 0)
