import io
import resource
import time
import zipfile

import openpyxl
import pytest
from django.utils.translation import gettext, override

from spreadsheets.reading import Limits, ReadError, read
from spreadsheets.reading.reasons import _CELL_FAULTS, _FILES
from tests.spreadsheets import hostile

MEGABYTE = 2**20


def refusal_of(data, **options):
    with pytest.raises(ReadError) as raised:
        read(data, **options)
    return raised.value


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (hostile.sparse, "sheet.too_many_rows"),
        (hostile.sparse_without_row_numbers, "file.too_heavy"),
        pytest.param(hostile.bomb, "sheet.too_many_cells", marks=pytest.mark.slow),
        pytest.param(hostile.long_shared_string, "file.unpacked_too_large", marks=pytest.mark.slow),
        (hostile.billion_laughs, "file.dtd"),
        (hostile.external_entity, "file.dtd"),
        (hostile.ods_repeated, "sheet.too_many_rows"),
        (hostile.ole2, "file.ole2"),
        (hostile.protected, "file.password"),
        (hostile.renamed_html, "file.html"),
        (hostile.encrypted_zip, "file.password"),
        pytest.param(hostile.repeated_shared_string, "file.too_heavy", marks=pytest.mark.slow),
    ],
)
def test_a_hostile_file_is_refused_in_time_and_costs_the_server_no_memory(make, code):
    data = make()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.process_time() + children.ru_utime + children.ru_stime

    error = refusal_of(data)

    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert error.code == code
    assert time.process_time() + children.ru_utime + children.ru_stime - started < 10
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * 1024 < 50 * MEGABYTE


def test_a_far_cell_is_named():
    assert (
        refusal_of(hostile.sparse())
        .in_words()
        .startswith("「表」XFD1048576: 200,000 行より下にも値があります（「XFD1048576」）。")
    )


@pytest.mark.slow
def test_a_reader_that_takes_too_long_is_stopped():
    error = refusal_of(hostile.bomb(), limits=Limits(wall_seconds=0))

    assert error.code == "file.too_heavy"


@pytest.mark.slow
def test_a_reader_that_takes_too_much_processor_time_is_stopped():
    limits = Limits(cpu_seconds=1, cells=10**9, rows=10**7, memory_bytes=8 * 10**9)

    assert refusal_of(hostile.bomb(), limits=limits).code == "file.too_heavy"


@pytest.mark.parametrize(
    ("data", "code", "value"),
    [
        (hostile.sparse()[:900], "file.zip_broken", ""),
        (b"PK\x03\x04 not a zip", "file.zip_broken", ""),
        (hostile.zipped({}), "file.empty", ""),
        (hostile.zipped({"a.csv": "a", "b.csv": "b"}), "file.zip_several", "a.csv、b.csv"),
        (
            hostile.zipped({"b.zip": hostile.zipped({"a.csv": "a"})}),
            "file.zip_nested",
            "b.zip",
        ),
        (
            hostile.zipped({"[Content_Types].xml": "", "word/document.xml": ""}),
            "file.not_a_sheet",
            "Word / PowerPoint",
        ),
        (hostile.zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "file.xlsb", ""),
        (
            hostile.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
            "file.not_a_sheet",
            "application/vnd.oasis.opendocument.text",
        ),
        (hostile.zipped({"x.pdf": b"%PDF-1.4"}), "file.not_a_sheet", "PDF"),
        (hostile.ods("", prolog="<!DOCTYPE x>"), "file.dtd", ""),
    ],
)
def test_a_zip_that_is_no_sheet_is_refused_with_the_reason(data, code, value):
    error = refusal_of(data)

    assert (error.code, error.value) == (code, value)


def test_a_zip_of_a_text_beyond_the_file_limit_is_refused():
    data = hostile.zipped({"a.csv": "a,b\n" * 100_000})

    assert refusal_of(data, limits=Limits(file_bytes=100_000)).code == "file.unpacked_too_large"


def test_a_zip_of_very_many_parts_is_refused():
    data = hostile.zipped({f"{number}": "" for number in range(10_001)})

    assert refusal_of(data).code == "file.zip_parts"


def test_a_workbook_with_broken_xml_is_refused():
    error = refusal_of(hostile.xlsx('<row r="1"><c r="A1"><v>1</c></row>'))

    assert error.code == "file.broken"


@pytest.mark.parametrize("code", [*_FILES, *_CELL_FAULTS])
def test_every_refusal_has_reason_and_remedy_in_both_languages(code):
    reason, remedy = ({**_FILES, **_CELL_FAULTS})[code]

    assert reason.endswith("。")
    assert remedy.endswith("ください。")
    with override("en"):
        assert gettext(reason).endswith(".")
        assert gettext(remedy).endswith(".")


def test_merged_ranges_that_overlap_are_refused():
    book = openpyxl.Workbook()
    for row in range(1, 5):
        book.active.append([row, row])
    book.active.merge_cells("A1:A4")
    stream, spoilt = io.BytesIO(), io.BytesIO()
    book.save(stream)
    one, three = b'<mergeCell ref="A1:A4"/>', b'<mergeCell ref="A1:B4"/>' * 3
    with zipfile.ZipFile(stream) as archive, zipfile.ZipFile(spoilt, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name).replace(b'ref="A1:A4" />', b'ref="A1:A4"/>')
            copy.writestr(name, part.replace(one, three))
    assert refusal_of(spoilt.getvalue()).code == "sheet.merges_overlap"
