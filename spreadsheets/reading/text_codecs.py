"""The encodings that are read, each by one strict decoding. Pure.

CP932 is what Japanese Excel writes; Python's shift_jis codec refuses ①, ㈱ and 髙 and reads 〜
otherwise.
"""

from values.messages import gettext_noop

from .iso2022_text import decode_iso2022

ENCODINGS = {
    "utf-8": "UTF-8",
    "cp932": gettext_noop("Shift_JIS（CP932）"),
    "euc_jp": "EUC-JP",
    "utf-16": "UTF-16",
    "iso2022_jp": gettext_noop("ISO-2022-JP（JIS）"),
}
_ALIASES = {
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "sjis": "cp932",
    "shift-jis": "cp932",
    "shift_jis": "cp932",
    "windows-31j": "cp932",
    "ms932": "cp932",
    "eucjp": "euc_jp",
    "euc-jp": "euc_jp",
    "utf16": "utf-16",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "jis": "iso2022_jp",
    "iso-2022-jp": "iso2022_jp",
    "iso2022-jp": "iso2022_jp",
}
_CODECS = {
    "utf-8": ("utf-8-sig",),
    "cp932": ("cp932",),
    "euc_jp": ("euc_jp", "euc_jis_2004"),
    "utf-16": ("utf-16",),
}
_BYTE_ORDERS = ("utf-16-le", "utf-16-be")
_UTF_16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_ENDS = b"\n,\t"
_NO_CP932 = "\uf8f0\uf8f1\uf8f2\uf8f3"


def encoding_named(written: str) -> str:
    """Return the name in ENCODINGS of an encoding as people write it; KeyError for others."""
    folded = written.strip().lower()
    name = _ALIASES.get(folded, folded)
    if name not in ENCODINGS:
        raise KeyError(written)
    return name


def decoded(data: bytes, name: str) -> str | None:
    """Return the text, or None where a byte does not fit."""
    try:
        return _decoded(data, name)
    except UnicodeDecodeError:
        return None


def first_error(data: bytes, name: str) -> UnicodeDecodeError | None:
    try:
        _decoded(data, name)
    except UnicodeDecodeError as error:
        return error
    return None


def decoded_somehow(data: bytes, name: str) -> str:
    """Return the text with � for what does not fit."""
    if name == "iso2022_jp":
        return data.decode("iso2022_jp", "replace")
    if name == "utf-16":
        return data.decode(byte_order(data) or "utf-16", "replace")
    text = data.decode(_CODECS[name][0], "replace")
    return text.translate(dict.fromkeys(map(ord, _NO_CP932), "�")) if name == "cp932" else text


def _decoded(data: bytes, name: str) -> str:
    if name == "iso2022_jp":
        return decode_iso2022(data)
    if name == "utf-16" and not data.startswith(_UTF_16_BOMS) and (order := byte_order(data)):
        return data.decode(order)
    first: UnicodeDecodeError | None = None
    for codec in _CODECS[name]:
        try:
            text = data.decode(codec)
            if codec == "cp932" and any(each in text for each in _NO_CP932):
                _refuse_byte(data, text)
            return text
        except UnicodeDecodeError as error:
            first = first or error
    assert first is not None
    raise first


def _refuse_byte(data: bytes, text: str) -> None:
    """Refuse a byte that CP932 leaves open, for which Python has a character of its own."""
    first = min(text.index(each) for each in _NO_CP932 if each in text)
    at = len(text[:first].encode("cp932"))
    raise UnicodeDecodeError("cp932", data, at, at + 1, "no character")


def byte_order(data: bytes) -> str:
    """Return the codec of UTF-16 without a mark of its byte order, "" for what is none.

    Line breaks, commas and digits then have a zero byte, always before or always after them. A
    stray NUL in a text of bytes is rarer than its line breaks.
    """
    zeros = data[0::2].count(0), data[1::2].count(0)
    is_big = zeros[0] > zeros[1]
    pairs = {end: data.count(bytes((0, end) if is_big else (end, 0))) for end in _ENDS}
    ends = data.count(b"\n") + data.count(b"\t") + data.count(b",") // 2
    if not any(pairs.values()) or max(zeros) < ends or min(zeros) * 4 > max(zeros):
        return ""
    without = data.replace(b"\0", b"")
    if without.isascii():
        is_whole = all(data.count(bytes((end,))) == pairs[end] for end in _ENDS)
    else:
        is_whole = not _fits_utf_8(without)
    return _BYTE_ORDERS[is_big] if is_whole else ""


def _fits_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
