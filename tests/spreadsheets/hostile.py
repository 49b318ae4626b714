"""Files that are made to hurt a reader of spreadsheets, built here and never stored."""

import io
import zipfile

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROOT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)
_WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def zipped(members):
    """Return a zip of {name: text or bytes, or an iterable of bytes}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if isinstance(content, (str, bytes)):
                archive.writestr(name, content)
            else:
                with archive.open(name, "w") as part:
                    for block in content:
                        part.write(block)
    return out.getvalue()


def xlsx(sheet_data, *, before="", after="", prolog="", shared=None, extra=None):
    """Return a workbook of one sheet 「表」 whose <sheetData> is given as XML or blocks of it."""
    start = f'{prolog}<worksheet xmlns="{_MAIN}">{before}<sheetData>'
    end = f"</sheetData>{after}</worksheet>"
    if isinstance(sheet_data, str):
        content = start + sheet_data + end
    else:
        content = _surrounded(start.encode(), sheet_data, end.encode())
    strings = shared if shared is not None else f'<sst xmlns="{_MAIN}"/>'
    return zipped(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _ROOT_RELATIONS,
            "xl/workbook.xml": _WORKBOOK,
            "xl/_rels/workbook.xml.rels": _RELATIONS,
            "xl/sharedStrings.xml": strings,
            "xl/worksheets/sheet1.xml": content,
            **(extra or {}),
        }
    )


def _surrounded(start, blocks, end):
    yield start
    yield from blocks
    yield end


def sparse():
    return xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def sparse_without_row_numbers():
    """The same two cells where the scan does not see them: single cells, no r on the rows."""
    return xlsx('<row><c r="A1"><v>1</v></c><c  s="0" r = "XFD1048576"><v>1</v></c></row>')


def bomb():
    """A million rows of 20 numbers, without addresses: 1 MB that unpacks to some 330 MB."""
    row = b"<row>" + b"<c><v>1</v></c>" * 20 + b"</row>"
    return xlsx(row * 10_000 for _ in range(100))


def long_shared_string():
    """One shared string of 200 MB."""
    head = f'<sst xmlns="{_MAIN}" count="1" uniqueCount="1"><si><t>'.encode()
    blocks = _surrounded(head, (b"x" * 2**20 for _ in range(200)), b"</t></si></sst>")
    return xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared=blocks)


def repeated_shared_string():
    """A string of 32,767 characters in each of 200,000 cells: 6.5 GB of text."""
    strings = f'<sst xmlns="{_MAIN}" count="1" uniqueCount="1"><si><t>{"x" * 32767}</t></si></sst>'
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 200_001))
    return xlsx(rows, shared=strings)


def billion_laughs():
    entities = '<!ENTITY a "haha">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(10)
    )
    prolog = f'<?xml version="1.0"?><!DOCTYPE worksheet [{entities}]>'
    return xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>&k;</t></is></c></row>', prolog=prolog)


def external_entity():
    prolog = '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>', prolog=prolog)


def ods(rows, *, columns="", prolog="", name="表", styles=""):
    """Return an .ods of one table whose rows are given as XML."""
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style")
    )
    names += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    content = (
        f'{prolog}<office:document-content{names} xmlns:calcext="urn:org:documentfoundation:names:'
        'experimental:calc:xmlns:calcext:1.0" office:version="1.3">'
        f"{styles}<office:body>"
        f'<office:spreadsheet><table:table table:name="{name}">{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
            'opendocument:xmlns:manifest:1.0"/>',
        }
    )


def ods_cell(value, **attributes):
    extra = "".join(
        f' table:{name.replace("_", "-")}="{each}"' for name, each in attributes.items()
    )
    if isinstance(value, (int, float)):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}{extra}><text:p>{value}</text:p></table:table-cell>"


def ods_repeated():
    """One cell that says it stands a million times below itself and 16,384 times beside."""
    cell = ods_cell(1, number_columns_repeated=16384)
    return ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def ole2():
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 2000 + "Workbook".encode("utf-16-le")


def protected():
    return ole2() + "EncryptedPackage".encode("utf-16-le")


def renamed_html():
    return "<html><body><table><tr><td>施策</td></tr></table></body></html>".encode("cp932")


def encrypted_zip():
    data = bytearray(zipped({"表.csv": "a,b\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)
