"""Text that no encoding fits as a whole: which one it nearly is, and where it breaks. Pure."""

import re
from collections.abc import Iterator

from .reasons import refused, shortened
from .refusals import Place, ReadError
from .text_codecs import ENCODINGS, decoded, decoded_somehow, first_error

_GUESSED = ("utf-8", "cp932", "euc_jp")
_LINES_LOOKED_AT = 20_000
_HIGH_RUN = re.compile(rb"[\x80-\xff]{6,}")
_HIGH = re.compile(rb"[\x80-\xff]{1,4}")
_UTF_8_RUN = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}[\xe3-\xe9\xef][\x80-\xbf]{2}")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_CUT = ("incomplete", "end of data", "truncated")


def has_utf_8_among(data: bytes) -> bool:
    """Whether bytes that another encoding fits hold a stretch of Japanese in UTF-8.

    海の as UTF-8 is 豬ｷ縺ｮ in CP932, without an error. In true CP932 or EUC-JP six such bytes in a
    row are none but rare kanji.
    """
    return _utf_8_at(data) is not None


def damaged(data: bytes, samples: dict[str, str], name: str = "") -> ReadError:
    """Return the refusal of data that no encoding fits, or that `name`, as chosen, does not.

    It names the first line that does not fit, its bytes, and shows it as far as it can be read;
    without a line where the encoding cannot be guessed.
    """
    guess = name or _nearly(data)
    if not guess:
        return refused("file.encoding", samples=samples)
    start, reason = _first_fault(data, guess)
    is_cut = start >= len(data) - 3 and any(word in reason for word in _CUT)
    code = "file.cut" if is_cut else "file.encoding_wrong" if name else "file.bad_character"
    before = decoded_somehow(data[:start], guess).replace("\r\n", "\n").replace("\r", "\n")
    bad = _HIGH.match(data, start)
    return refused(
        code,
        ENCODINGS[guess],
        place=Place("", before.count("\n") + 1),
        samples=samples,
        bytes=(bad[0] if bad else data[start : start + 2]).hex(" ").upper(),
        line=shortened(_line(data, start, guess), 60),
    )


def _utf_8_at(data: bytes) -> int | None:
    if not _UTF_8_RUN.search(data):
        return None
    for run in _HIGH_RUN.finditer(data):
        if (text := decoded(run[0], "utf-8")) and sum(map(_is_japanese, text)) > 1:
            return run.start()
    return None


def _is_japanese(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff" or "\uff01" <= character <= "\uff9f"


def _nearly(data: bytes) -> str:
    """Return the encoding that fits most of the lines that are not ASCII, "" where none does."""
    counts = dict.fromkeys(_GUESSED, 0)
    total = 0
    for _start, line in _foreign_lines(data):
        total += 1
        for name in _GUESSED:
            counts[name] += _fault_of(line, name) is None
        if total == _LINES_LOOKED_AT:
            break
    best = max(counts, key=lambda name: counts[name])
    if not counts[best] or counts[best] * 2 < total:
        return ""
    if best == "cp932" and counts["euc_jp"] == counts["cp932"] and _is_half_kana(data):
        return "euc_jp"
    return best


def _is_half_kana(data: bytes) -> bool:
    text = decoded_somehow(data[:100_000], "cp932")
    foreign = sum(not character.isascii() for character in text)
    return len(_HALF_KANA.findall(text)) * 2 > foreign


def _foreign_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not ASCII, each with where it starts."""
    start = 0
    for end in [*(match.span() for match in _LINE_END.finditer(data)), (len(data), len(data))]:
        line = data[start : end[0]]
        if not line.isascii():
            yield start, line
        start = end[1]


def _fault_of(line: bytes, name: str) -> tuple[int, str] | None:
    """Return where a line does not fit, and why; UTF-8 among other bytes does not fit those."""
    error = first_error(line, name)
    among = None if name == "utf-8" else _utf_8_at(line)
    if error and (among is None or error.start < among):
        return error.start, error.reason
    return None if among is None else (among, "")


def _first_fault(data: bytes, name: str) -> tuple[int, str]:
    if name in _GUESSED:
        for start, line in _foreign_lines(data):
            if fault := _fault_of(line, name):
                return start + fault[0], fault[1]
    error = first_error(data, name)
    return (error.start, error.reason) if error else (0, "")


def _line(data: bytes, start: int, name: str) -> str:
    """Return the line of a fault, what does not fit as �."""
    if name not in _GUESSED:
        before = decoded_somehow(data[:start], name)
        return before.replace("\r", "\n").rpartition("\n")[2] + "�"
    first = max(data.rfind(b"\n", 0, start), data.rfind(b"\r", 0, start)) + 1
    end = _LINE_END.search(data, start)
    return decoded_somehow(data[first : end.start() if end else len(data)], name)
