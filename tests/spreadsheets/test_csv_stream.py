import datetime

import pytest

from spreadsheets.exporting.formats.csv_stream import write_csv
from spreadsheets.exporting.formats.out_table import OutColumn, OutTable

COLUMNS = (OutColumn("コード"), OutColumn("金額（円）"), OutColumn("公表日"), OutColumn("備考"))
ROWS = [["a", -5, datetime.date(2019, 3, 14), "=1"], ["b", 0, None, '一\n"二",\t三']]


def written(encoding, rows=ROWS):
    return b"".join(write_csv(OutTable("表", COLUMNS, lambda: rows), encoding))


def test_excel_reads_utf_8_by_its_mark():
    assert written("utf-8-sig").decode("utf-8") == (
        '\ufeffコード,金額（円）,公表日,備考\r\na,-5,2019-03-14,\'=1\r\nb,0,,"一\n""二"",\t三"\r\n'
    )


def test_programs_read_utf_8_without_a_mark():
    assert written("utf-8").startswith("コード,".encode())


def test_cp932_holds_the_nearest_character_or_a_geta():
    rows = [["a", 1, None, "𠮷田〜"]]
    assert written("cp932", rows).decode("cp932").splitlines()[1] == "a,1,,〓田～"


def test_the_guard_looks_at_what_is_written():
    rows = [["a", 1, None, "−1"]]
    assert written("cp932", rows).decode("cp932").splitlines()[1] == "a,1,,'－1"
    assert written("utf-8", rows).decode().splitlines()[1] == "a,1,,−1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_table_without_rows_is_its_headings(encoding):
    assert written(encoding, []).decode(encoding).splitlines() == ["コード,金額（円）,公表日,備考"]
