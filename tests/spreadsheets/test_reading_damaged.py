"""Text files that are damaged, marked twice or in an encoding of their own."""

import pytest

from spreadsheets.reading import ReadError, read
from spreadsheets.reading.iso2022_text import decode_iso2022
from tests.spreadsheets import hostile

LINES = ["コード,名称", "zz-a,海の計画", "zz-b,空の計画", "zz-c,不明"]
ROWS = [["コード", "名称"], ["zz-a", "海の計画"], ["zz-b", "空の計画"], ["zz-c", "不明"]]
TEXT = "\n".join(LINES) + "\n"
BOM = b"\xef\xbb\xbf"


def mixed(most, other, line=2):
    return b"\n".join(
        each.encode(other if number == line else most) for number, each in enumerate(LINES)
    )


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (BOM + TEXT.encode(), "utf-8"),
        (BOM * 3 + TEXT.encode(), "utf-8"),
        (BOM + BOM + b'"' + TEXT.encode().replace(b",", b'",', 1), "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("iso2022_jp"), "iso2022_jp"),
        (BOM + TEXT.encode("cp932"), "cp932"),
        (TEXT.replace("\n", "\r").encode("cp932"), "cp932"),
        (hostile.zipped({"表.csv": BOM + BOM + TEXT.encode()}), "utf-8"),
        (hostile.zipped({"表.csv": TEXT.encode("utf-16-le")}), "utf-16"),
    ],
)
def test_marks_of_byte_order_and_other_encodings_do_not_matter(data, encoding):
    grid = read(data)

    assert (grid.rows, grid.encoding) == (ROWS, encoding)


def test_a_mark_of_byte_order_where_files_were_joined_is_dropped():
    assert read((BOM + TEXT.encode()) * 2).rows == ROWS * 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            mixed("utf-8", "cp932"),
            "3行目: UTF-8 のファイルですが、読めない文字（8B F3 82 CC）があります"
            "（「zz-b,��̌v��」）。",
        ),
        (
            mixed("cp932", "utf-8"),
            "3行目: Shift_JIS（CP932） のファイルですが、読めない文字（E7 A9 BA E3）があります"
            "（「zz-b,遨ｺ縺ｮ險育判」）。",
        ),
        (
            TEXT.encode("cp932").replace(b"zz-b", b"zz-\xff"),
            "3行目: Shift_JIS（CP932） のファイルですが、読めない文字（FF）があります"
            "（「zz-�,空の計画」）。",
        ),
        (
            TEXT.replace("\n", "\r").encode().replace(b"zz-b", b"zz-\xe9"),
            "3行目: UTF-8 のファイルですが、読めない文字（E9）があります（「zz-�,空の計画」）。",
        ),
        (
            hostile.zipped({"表.csv": mixed("utf-8", "cp932")}),
            "3行目: UTF-8 のファイルですが、読めない文字（8B F3 82 CC）があります"
            "（「zz-b,��̌v��」）。",
        ),
    ],
)
def test_the_first_line_that_does_not_fit_is_named_with_its_bytes(data, words):
    with pytest.raises(ReadError) as raised:
        read(data)

    assert raised.value.code == "file.bad_character"
    assert raised.value.in_words().startswith(words)


@pytest.mark.parametrize("line", [0, 1, 2, 3])
@pytest.mark.parametrize(("most", "other"), [("cp932", "utf-8"), ("utf-8", "cp932")])
def test_a_line_in_another_encoding_is_never_read_as_other_characters(most, other, line):
    with pytest.raises(ReadError) as raised:
        read(mixed(most, other, line))

    assert (raised.value.code, raised.value.place.row) == ("file.bad_character", line + 1)


@pytest.mark.parametrize(
    ("codec", "cut", "shown"),
    [
        ("utf-8", 2, "UTF-8 の文字の途中で、ファイルが切れているようです（「zz-c,不�」）"),
        (
            "cp932",
            2,
            "Shift_JIS（CP932） の文字の途中で、ファイルが切れているようです（「zz-c,不�」）",
        ),
        ("euc_jp", 2, "EUC-JP の文字の途中で、ファイルが切れているようです（「zz-c,不�」）"),
        ("utf-16", 1, "UTF-16 の文字の途中で、ファイルが切れているようです（「zz-c,不明�」）"),
        ("utf-16-le", 1, "UTF-16 の文字の途中で、ファイルが切れているようです（「zz-c,不明�」）"),
        (
            "iso2022_jp",
            5,
            "ISO-2022-JP（JIS） の文字の途中で、ファイルが切れているようです（「zz-c,不�」）",
        ),
    ],
)
def test_a_file_cut_within_a_character_says_so(codec, cut, shown):
    with pytest.raises(ReadError) as raised:
        read(TEXT.encode(codec)[:-cut])

    assert (raised.value.code, raised.value.place.row) == ("file.cut", 4)
    assert shown in raised.value.in_words()


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "utf-16-le"])
def test_a_nul_is_refused_with_its_line(codec):
    with pytest.raises(ReadError) as raised:
        read(TEXT.replace("zz-b", "zz\0b").encode(codec))

    assert (raised.value.code, raised.value.place.row) == ("file.nul", 3)


@pytest.mark.parametrize("data", [b"a\0b", b"no\0 sheet", b"a,b\n1,\0\n", b"\0\0\0\0"])
def test_a_stray_nul_makes_no_utf_16(data):
    with pytest.raises(ReadError) as raised:
        read(data)

    assert raised.value.code == "file.nul"


def test_what_is_no_text_at_all_names_no_line():
    with pytest.raises(ReadError) as raised:
        read(b"\x81\xff\xe3\n\x99\xfe\xff\n")

    assert raised.value.code == "file.encoding"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b$B\x49\x3d\x1b(B,1", "表,1"),
        (b"\x1b$@\x49\x3d\x1b(J,1", "表,1"),
        (b"\x1b$B\x2d\x21\x2d\x6a\x1b(B", "①㈱"),
        (b"\x1b(I\x31\x32\x33\x1b(B", "ｱｲｳ"),
    ],
)
def test_jis_is_read_by_the_table_of_japanese_windows(data, text):
    assert decode_iso2022(data) == text


def test_rare_kanji_in_cp932_are_no_utf_8():
    assert read("コード,名称\n1,鄭縺纏績纉\n".encode("cp932")).rows[1] == ["1", "鄭縺纏績纉"]
