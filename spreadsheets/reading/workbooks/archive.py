"""What a zip holds, without trusting what it says of itself. Pure; runs in the bounded child."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from ..limits import Limits
from ..reasons import megabytes, refused
from ..signature import is_archive

MAX_PARTS = 10_000
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class Archive:
    """kind is "XLSX", "ODS" or "text"; `member` is the name of the one file of a plain zip."""

    kind: str
    data: bytes
    member: str = ""


def unpack(data: bytes, limits: Limits, member: str = "") -> Archive:
    """Say whether a zip is a workbook, or holds exactly one sheet file, which is taken out."""
    with open_zip(data, limits) as parts:
        names = set(parts.namelist())
        if "[Content_Types].xml" in names:
            if "xl/workbook.bin" in names:
                raise refused("file.xlsb")
            if "xl/workbook.xml" not in names:
                raise refused("file.not_a_sheet", "Word / PowerPoint")
            return Archive("XLSX", data, member)
        if "mimetype" in names:
            return _open_document(parts, data, limits, member)
        files = [info for info in parts.infolist() if not _is_clutter(info)]
        if not files:
            raise refused("file.empty")
        shown = [_name(info) for info in files]
        if member:
            raise refused("file.zip_nested", member)
        if len(files) > 1:
            raise refused("file.zip_several", "、".join(shown[:10]))
        inner = read_part(parts, files[0].filename, limits.file_bytes)
    if inner and is_archive(inner):
        return unpack(inner, limits, shown[0])
    return Archive("text", inner, shown[0])


def open_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        raise refused("file.zip_broken") from error
    infos = parts.infolist()
    if len(infos) > MAX_PARTS:
        raise refused("file.zip_parts", f"{len(infos):,}", limit=f"{MAX_PARTS:,}")
    if any(info.flag_bits & 1 for info in infos):
        raise refused("file.password")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.unpacked_bytes:
        limit = megabytes(limits.unpacked_bytes)
        raise refused("file.unpacked_too_large", megabytes(unpacked), limit=limit)
    return parts


def read_part(parts: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Return a whole part; ReadError when it is longer than `limit` bytes."""
    return b"".join(part_blocks(parts, name, limit))


def part_blocks(
    parts: zipfile.ZipFile, name: str, limit: int, size: int = 2**22
) -> Iterator[bytes]:
    read = 0
    try:
        with parts.open(name) as stream:
            while block := stream.read(size):
                read += len(block)
                if read > limit:
                    raise refused(
                        "file.unpacked_too_large",
                        f"> {megabytes(limit)} ({name})",
                        limit=megabytes(limit),
                    )
                yield block
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError) as error:
        raise refused("file.zip_broken") from error


def xml_parser() -> expat.XMLParserType:
    """Return a parser that refuses any DTD, hence every entity."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse_dtd(*_arguments: object) -> None:
        raise refused("file.dtd")

    parser.StartDoctypeDeclHandler = refuse_dtd
    parser.buffer_text = True
    return parser


def _open_document(parts: zipfile.ZipFile, data: bytes, limits: Limits, member: str) -> Archive:
    kind = read_part(parts, "mimetype", 1_000).decode("ascii", "replace")
    if not kind.startswith(_ODS):
        raise refused("file.not_a_sheet", kind)
    names = parts.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in read_part(
        parts, "META-INF/manifest.xml", 2**20
    ):
        raise refused("file.password")
    return Archive("ODS", data, member)


def _is_clutter(info: zipfile.ZipInfo) -> bool:
    last = info.filename.rpartition("/")[2]
    return info.is_dir() or info.filename.startswith("__MACOSX/") or last.startswith(".")


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; Japanese Windows writes CP932 where zip means CP437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp932")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
