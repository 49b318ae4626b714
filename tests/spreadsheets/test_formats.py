import io

import openpyxl
import pytest
import tablib

from spreadsheets.formats import SheetCSV, SheetXLSX, UnreadableSheet

WORDS = ["=1+1", "+81", "-", "@x", "'=引用", "'普通", "2019-03", "0123", "#N/A", "一\n二", "㈱①～"]


def dataset_of(*cells):
    return tablib.Dataset(*[[cell] for cell in cells], headers=["値"])


@pytest.mark.parametrize("sheet_format", [SheetCSV, SheetXLSX])
def test_text_comes_back_as_it_was(sheet_format):
    file = sheet_format().export_data(dataset_of(*WORDS))
    assert sheet_format().create_dataset(file).get_col(0) == WORDS


def test_no_cell_of_a_workbook_is_a_formula():
    file = SheetXLSX().export_data(dataset_of("=1+1", "=HYPERLINK(1)"))
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert [cell.data_type for (cell,) in sheet.iter_rows(min_row=2)] == ["s", "s"]


def test_text_that_looks_like_a_formula_is_quoted_in_csv_and_numbers_are_not():
    file = SheetCSV().export_data(dataset_of("=1+1", -5))
    assert file.decode("utf-8-sig").splitlines() == ["値", "'=1+1", "-5"]


def test_csv_saved_by_japanese_excel_is_read():
    dataset = SheetCSV().create_dataset("名称,数\r\n髙橋①,1\r\n".encode("cp932"))
    assert (dataset.headers, dataset[0]) == (["名称", "数"], ("髙橋①", "1"))


def test_blank_rows_and_columns_at_the_edge_are_dropped():
    dataset = SheetCSV().create_dataset(b"a,b,\n1,,\n,,\n2\n")
    assert (dataset.headers, list(dataset)) == (["a", "b"], [("1", ""), ("2", "")])


def test_a_value_without_a_heading_is_refused():
    with pytest.raises(UnreadableSheet, match="3行目"):
        SheetCSV().create_dataset(b"a,b\n1,2\n1,2,3\n")


def test_a_sheet_with_one_far_cell_is_refused_at_once():
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = "b"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(UnreadableSheet, match="A1:XFD1048576"):
        SheetXLSX().create_dataset(stream.getvalue())


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr("spreadsheets.formats.MAX_ROWS", 2)
    assert len(SheetCSV().create_dataset(b"a\n1\n2\n")) == 2
    with pytest.raises(UnreadableSheet, match="2行を超えています"):
        SheetCSV().create_dataset(b"a\n1\n2\n3\n")
