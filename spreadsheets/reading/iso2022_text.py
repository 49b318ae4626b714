"""ISO-2022-JP (the JIS of old mail and mainframes) → text. Pure.

Its double bytes are read by CP932's table, which has ①, ㈱ and 髙: Python's own codec refuses
them, though Japanese Windows writes them (CP50221).
"""

import re

_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
_MARKED = re.compile(rb"\x1b\$[@B]")


def is_iso2022(data: bytes) -> bool:
    """Return whether the escapes of ISO-2022-JP are among the bytes."""
    return b"\x1b" in data and _MARKED.search(data) is not None


def decode_iso2022(data: bytes) -> str:
    """Return the text; raises UnicodeDecodeError at the first byte that does not fit."""
    pieces: list[str] = []
    start, escape = 0, b"\x1b(B"
    for match in [*_ESCAPE.finditer(data), None]:
        end = match.start() if match else len(data)
        pieces.append(_piece(data, start, end, escape))
        if match:
            start, escape = match.end(), match[0]
    return "".join(pieces)


def _piece(data: bytes, start: int, end: int, escape: bytes) -> str:
    piece = data[start:end]
    if escape[1:2] == b"$":
        return _double_bytes(data, start, end)
    if escape == b"\x1b(I":
        piece = bytes(byte | 0x80 if 0x21 <= byte <= 0x5F else byte for byte in piece)
        return piece.decode("cp932")
    if not piece.isascii() or b"\x1b" in piece:
        at = next(i for i, byte in enumerate(piece) if byte > 0x7F or byte == 0x1B)
        raise UnicodeDecodeError("iso2022_jp", data, start + at, start + at + 1, "no such escape")
    return piece.decode("ascii")


def _double_bytes(data: bytes, start: int, end: int) -> str:
    """Decode a stretch of double bytes; a line break within it ends no stretch here."""
    shifted = bytearray()
    at = start
    while at < end:
        first = data[at]
        if first in b"\r\n\t ":
            shifted.append(first)
            at += 1
            continue
        second = data[at + 1] if at + 1 < end else 0
        if not (0x21 <= first <= 0x7E and 0x21 <= second <= 0x7E):
            reason = "incomplete multibyte sequence" if at + 1 >= len(data) else "no double byte"
            raise UnicodeDecodeError("iso2022_jp", data, at, min(at + 2, end), reason)
        row = (first - 0x21) // 2
        shifted.append(row + (0x81 if row < 0x1F else 0xC1))
        if first % 2:
            shifted.append(second + (0x1F if second < 0x60 else 0x20))
        else:
            shifted.append(second + 0x7E)
        at += 2
    try:
        return shifted.decode("cp932")
    except UnicodeDecodeError as error:
        bad = start + error.start
        raise UnicodeDecodeError("iso2022_jp", data, bad, bad + 2, error.reason) from error
