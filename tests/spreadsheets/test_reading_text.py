import random

import pytest

from spreadsheets.reading import Limits, Place, ReadError, cell_text, column_number, read
from tests.words import english

SHEET = "コード,名称,金額\nP0012,国際共同研究（第1期）,１２\nP0013,ﾌﾟﾛｸﾞﾗﾑ①,▲5\n"
ROWS = [
    ["コード", "名称", "金額"],
    ["P0012", "国際共同研究（第1期）", "１２"],
    ["P0013", "ﾌﾟﾛｸﾞﾗﾑ①", "▲5"],
]


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp932", "cp932"),
        ("euc_jis_2004", "euc_jp"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
    ],
)
def test_one_sheet_in_every_encoding_is_the_same_grid(codec, found):
    grid = read(SHEET.encode(codec))

    assert grid.rows == ROWS
    assert (grid.kind, grid.encoding) == ("CSV", found)


def test_utf_16_of_either_byte_order_is_read():
    little = b"\xff\xfe" + "表\t1\n".encode("utf-16-le")
    big = b"\xfe\xff" + "表\t1\n".encode("utf-16-be")

    assert read(little).rows == [["表", "1"]]
    assert read(big).rows == [["表", "1"]]


KINDS = {
    "kanji": ["国際", "事業", "予算", "名称", "府省", "外務省", "社", "者", "自", "開始", "終了"],
    "hiragana": ["さくら", "わが国の", "について"],
    "katakana": ["プログラム", "グローバル", "ロードマップ"],
    "half-width kana": ["ﾌﾟﾛｸﾞﾗﾑ", "ｷｬﾝﾊﾟｽ", "ﾃｽ", "ｶﾞｲﾑｼｮｳ", "ﾓﾝｶｼｮｳ"],
    "mixed": ["SATREPS", "国際共同研究（e-ASIA）", "H28年度", "2016"],
    "sentences": ["国際的な展開を進める。", "研究力の向上、留学生の受入れ。"],
    "full-width": ["ＡＢＣ", "１２３", "（注）"],
    "machine-dependent": ["①", "Ⅳ", "㈱日本", "№3"],
}


@pytest.mark.parametrize("words", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jis_2004"])
def test_text_of_every_kind_and_length_is_decoded_exactly(codec, words):
    chance = random.Random(9)
    for length in (1, 2, 3, 10, 100):
        for _file in range(12):
            lines = [["コード", "名称"]] + [
                [f"P{number:03}", chance.choice(words)] for number in range(length)
            ]

            grid = read("\n".join(map(",".join, lines)).encode(codec))

            assert grid.rows == lines


@pytest.mark.parametrize("words", KINDS.values(), ids=KINDS)
def test_cp932_without_a_japanese_heading_is_decoded_exactly(words):
    for first in words:
        for second in words:
            assert read(f"code,{first}\na,{second}".encode("cp932")).rows == [
                ["code", first],
                ["a", second],
            ]


@pytest.mark.parametrize("text", ["Café", "ZÜRICH", "naïve", "Ångström", "±5", "α線", "×"])
def test_accents_and_signs_in_utf_8_are_not_half_width_kana(text):
    assert read(text.encode()).rows == [[text]]


def test_bytes_that_two_encodings_fit_are_told():
    grid = read("名,ﾃｽ".encode("cp932")[3:])

    assert grid.rows == [["ﾃｽ"]]
    assert [notice.code for notice in grid.notices] == ["encoding.ambiguous"]
    assert grid.notices[0].in_words() == (
        "文字コードは Shift_JIS（CP932）（「ﾃｽ」）としました。UTF-8 なら「ý」です。"
    )


def test_a_chosen_encoding_is_kept():
    assert read("ﾃｽ".encode("cp932"), encoding="utf-8").rows == [["ý"]]


def test_other_names_of_cp932_are_known():
    assert read("髙﨑".encode("cp932"), encoding="Shift_JIS").rows == [["髙﨑"]]


def test_a_private_character_is_told():
    grid = read("コード,名称\nP1,".encode("cp932") + b"\xf0\x40\n")

    assert [notice.code for notice in grid.notices] == ["text.gaiji"]
    assert english(grid.notices[0]).startswith("row 2: There is a private character (U+E000)")


@pytest.mark.parametrize(
    ("text", "kind", "rows"),
    [
        ("a,b\n1,2\n", "CSV", [["a", "b"], ["1", "2"]]),
        ("a\tb\n1,5\t2\n", "TSV", [["a", "b"], ["1,5", "2"]]),
        ("a;b\n1,5;2\n", "CSV", [["a", "b"], ["1,5", "2"]]),
        ("表1 予算\n\na,b,c\n1,2,3\n", "CSV", [["表1 予算"], [], ["a", "b", "c"], ["1", "2", "3"]]),
        ('名称\n"a,b"\n', "CSV", [["名称"], ["a,b"]]),
    ],
)
def test_the_delimiter_is_found_in_the_content(text, kind, rows):
    grid = read(text.encode())

    assert (grid.kind, grid.rows) == (kind, rows)


def test_pasted_cells_are_divided_by_tabs_alone():
    assert read("東京,大阪\n京都,\n".encode(), delimiter="\t").rows == [["東京,大阪"], ["京都,"]]


def test_line_breaks_in_a_cell_are_kept_and_rows_count_as_in_excel():
    grid = read(b'a,b\r\n"1\r\n2",x\r\ny,z\r\n')

    assert grid.rows == [["a", "b"], ["1\n2", "x"], ["y", "z"]]
    assert grid.value(3, 1) == "y"


def test_blank_rows_at_the_end_are_dropped_and_others_keep_their_number():
    assert read(b"a,b\n\n1,2\n,\n\n").rows == [["a", "b"], [], ["1", "2"]]


def test_the_apostrophe_of_our_own_export_is_taken_away():
    grid = read(b"a,b,c\n'=1+1,''-x,'tis\n")

    assert grid.rows[1] == ["=1+1", "'-x", "'tis"]


def test_codes_keep_their_zeros():
    assert read(b"code,x\n0012,1e5\n").rows[1] == ["0012", "1e5"]


SMALL = Limits(file_bytes=5_000, rows=3, columns=3, cells=8, cell_characters=10)


@pytest.mark.parametrize(
    ("data", "code", "place", "value"),
    [
        (b"", "file.empty", Place(), ""),
        (b"\n ,\n", "file.empty", Place(), ""),
        (b"x" * 6_000, "file.too_large", Place(), "0.0 MB"),
        (b"a,b\n1,\x00\n", "file.nul", Place("", 2), r"\0"),
        ("表,x\n1".encode() + b"\x81\xff", "file.bad_character", Place("", 2), "UTF-8"),
        (b"\x81\xff\xe3", "file.encoding", Place(), ""),
        (b"\xff\xfe\x00\xd8", "file.cut", Place("", 1), "UTF-16"),
        (b'a,b\n1,2\n"x,3\n4,5\n', "text.unclosed_quote", Place("", 3), '"x,3'),
        (b'a,b\n"x\ny",2\n"z"w,3\n', "text.bad_quote", Place("", 3), '"z"w,3'),
        (b"a\nb\nc\nd\n", "sheet.too_many_rows", Place("", 4), "d"),
        (b"a,b\n1,2,3,4\n", "sheet.too_many_columns", Place("", 2, "D"), "4"),
        (b"a,b,c\n1,2,3\n4,5,6\n", "sheet.too_many_cells", Place("", 3), "9"),
        (b"a,b\n1,12345678901\n", "cell.too_long", Place("", 2, "B"), "12345678901"),
        (b'a\n"' + b"x" * 140_000 + b'"\n', "cell.too_long", Place("", 2), '"' + "x" * 99),
        (b"%PDF-1.7", "file.not_a_sheet", Place(), "PDF"),
        (b"<?xml version='1.0'?><Workbook/>", "file.xml", Place(), ""),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_its_place(data, code, place, value):
    limits = SMALL if len(data) < 100_000 else Limits()
    if code == "file.too_large":
        limits = SMALL

    with pytest.raises(ReadError) as raised:
        read(data, limits=limits)

    error = raised.value
    assert (error.code, error.place, error.value) == (code, place, value)
    assert error.reason.in_words()
    assert error.remedy.in_words().endswith("ください。")
    assert english(error.reason)
    assert english(error.remedy).endswith(".")
    assert error.in_words().endswith(error.reason.in_words() + error.remedy.in_words())
    assert english(error).endswith(f"{english(error.reason)} {english(error.remedy)}")


def test_a_refused_encoding_shows_the_first_lines_under_each():
    with pytest.raises(ReadError) as raised:
        read("名称,x\n".encode() + b"\x81\xff")

    assert raised.value.samples["utf-8"].startswith("名称,x")
    assert set(raised.value.samples) == {
        "utf-8",
        "cp932",
        "euc_jp",
        "utf-16",
        "iso2022_jp",
    }


def test_an_encoding_that_does_not_fit_is_refused_with_the_row():
    with pytest.raises(ReadError) as raised:
        read("a\n名称\n".encode("cp932"), encoding="utf-8")

    assert raised.value.code == "file.encoding_wrong"
    assert raised.value.in_words() == (
        "2行目: UTF-8 として読めない文字（96 BC 8F CC）があります（「����」）。"
        "別の文字コードを選ぶか、「自動」に戻してください。"
    )


def test_an_unknown_encoding_is_refused():
    with pytest.raises(ReadError, match="「latin-1」は選べません"):
        read(b"a", encoding="latin-1")


def test_limits_are_settings_and_a_misspelt_one_is_refused():
    assert Limits.of({"rows": 5}).rows == 5
    with pytest.raises(TypeError):
        Limits.of({"row": 5})


def test_column_letters_are_excels():
    assert [Place(row=1, column=letters).in_words() for letters in ("A", "ZZ")] == ["A1", "ZZ1"]
    assert [column_number(letters) for letters in ("A", "Z", "AA", "ZZ", "XFD")] == [
        1,
        26,
        27,
        702,
        16384,
    ]


def test_a_cell_as_text_is_what_one_would_type():
    assert [cell_text(value) for value in (" a ", 2016, 12.5, 0.1, True)] == [
        "a",
        "2016",
        "12.5",
        "0.1",
        "True",
    ]
