"""Bytes of a text file → text, by strict decoding in a fixed order. Pure.

BOM, UTF-16 by its zero bytes, ISO-2022-JP by its escapes, UTF-8, CP932, EUC-JP: the first that
fits every byte, with guards where two fit.
"""

import codecs
import re
from dataclasses import dataclass

from values.messages import Message, gettext_noop

from .damaged_text import damaged, has_utf_8_among
from .iso2022_text import is_iso2022
from .reasons import refused, shortened
from .refusals import Notice, Place
from .text_codecs import ENCODINGS, byte_order, decoded, decoded_somehow, encoding_named

__all__ = ["ENCODINGS", "Text", "decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_HALF_KANA = "\uff61-\uff9f"
_BEYOND_LATIN = re.compile("[\u0800-\U0010ffff]")
_ACCENTED_WORD = re.compile("[a-z][\u0080-\u07ff]|[\u0080-\u07ff][a-z]")
_NO_HALF_KANA = re.compile(f"[^\x00-\x7f{_HALF_KANA}]")
_MISPLACED_KANA = re.compile(
    "(?:^|[^ｦ-ﾝﾞﾟ])[ｧ-ｰﾞﾟ]"  # cannot begin a word: ｧ ｬ ｯ ｰ ﾞ ﾟ
    "|(?:^|[^｡-ﾟ])[｡｣､･]"
    "|[^ｳｶ-ﾄﾊ-ﾎ]ﾞ|[^ﾊ-ﾎ]ﾟ"
    "|[^ｷｼﾁﾆﾋﾐﾘﾃﾌｳﾞﾟ][ｬｭｮ]|[^ｳｸｼﾁﾂﾃﾄﾌﾞ][ｧｨｩｪｫ]|ｯ[ｱ-ｵﾅ-ﾉﾏ-ﾝ]"
)
_LATIN_SIGNS = re.compile("[\x00-\x7f\u00a0-\u00bf×÷]*")
_MANY_KANA = 6
_GAIJI = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True)
class Text:
    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Text:
    """Decode the whole of `data`, or raise ReadError; `encoding` None means: find out.

    Line breaks become LF, marks of the byte order go. Raises file.encoding (with the first lines
    under each encoding), file.bad_character or file.cut (with the line), file.encoding_wrong,
    file.encoding_unknown or file.nul.
    """
    found, notices = _chosen(data, encoding) if encoding else _found(data)
    text, name = found
    if "\ufeff" in text:
        text = re.sub("^\ufeff+", "", text, flags=re.MULTILINE)
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise refused("file.nul", r"\0", place=Place("", row))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if name == "cp932" and (gaiji := _GAIJI.search(text)):
        row = text[: gaiji.start()].count("\n") + 1
        notices += (
            Notice(
                "text.gaiji",
                Message(
                    gettext_noop(
                        "外字（U+%(codepoint)s）があります。ほかの機械では表示できません。"
                    ),
                    {"codepoint": f"{ord(gaiji[0]):04X}"},
                ),
                Place("", row),
            ),
        )
    return Text(text, name, notices)


_Found = tuple[tuple[str, str], tuple[Notice, ...]]


def _chosen(data: bytes, encoding: str) -> _Found:
    try:
        name = encoding_named(encoding)
    except KeyError:
        raise refused("file.encoding_unknown", encoding, limit="、".join(ENCODINGS)) from None
    text = decoded(data, name)
    if text is None:
        raise damaged(data, _samples(data), name)
    return (text, name), ()


def _found(data: bytes) -> _Found:
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = decoded(data, name)
            if text is not None:
                return (text, name), ()
            if name == "utf-16":
                raise damaged(data, _samples(data), name)
            data = data[len(bom) :]
    if b"\0" in data:
        return _by_its_zeros(data)
    if is_iso2022(data):
        return _chosen(data, "iso2022_jp")
    text = decoded(data, "utf-8")
    if text is not None:
        if text.isascii() or _BEYOND_LATIN.search(text):
            return (text, "utf-8"), ()
        return _utf8_or_half_kana(text, decoded(data, "cp932"))
    if has_utf_8_among(data):
        raise damaged(data, _samples(data))
    sjis, euc = decoded(data, "cp932"), decoded(data, "euc_jp")
    if sjis is not None and euc is not None:
        return _cp932_or_euc(sjis, euc)
    if sjis is not None:
        return (sjis, "cp932"), ()
    if euc is not None:
        return (euc, "euc_jp"), ()
    raise damaged(data, _samples(data))


def _by_its_zeros(data: bytes) -> _Found:
    if byte_order(data):
        text = decoded(data, "utf-16")
        if text is None:
            raise damaged(data, _samples(data), "utf-16")
        return (text, "utf-16"), ()
    row = data[: data.index(b"\0")].count(b"\n") + 1
    raise refused("file.nul", r"\0", place=Place("", row))


def _utf8_or_half_kana(text: str, sjis: str | None) -> _Found:
    """Choose between é and ﾃｩ, both C3 A9. An accent beside a small letter is UTF-8, so is ±."""
    if sjis is None or _NO_HALF_KANA.search(sjis):
        return (text, "utf-8"), ()
    if _ACCENTED_WORD.search(text) or _LATIN_SIGNS.fullmatch(text):
        return (text, "utf-8"), ()
    return (sjis, "cp932"), (_ambiguous(sjis, "cp932", text, "utf-8"),)


def _cp932_or_euc(sjis: str, euc: str) -> _Found:
    """Choose where both codecs fit every byte, which only short files allow.

    Ordinary CP932 text has lead bytes 81-9F, which EUC-JP lacks but for 8E, its half-width kana:
    an EUC reading with those is CP932 kanji such as 社 and 者, unless it keeps the rules of kana
    for long. What is left is CP932 in half-width kana only, which keeps those rules; EUC-JP read
    as CP932 breaks them or gives kanji.
    """
    half_kana = re.findall(f"[{_HALF_KANA}]", euc)
    sjis_is_odd = bool(_MISPLACED_KANA.search(sjis))
    if half_kana:
        is_long = sjis_is_odd or len(half_kana) >= _MANY_KANA
        is_euc = is_long and not _MISPLACED_KANA.search(euc)
    else:
        is_euc = sjis_is_odd or bool(_NO_HALF_KANA.search(sjis))
    if not is_euc:
        return (sjis, "cp932"), (_ambiguous(sjis, "cp932", euc, "euc_jp"),)
    return (euc, "euc_jp"), (_ambiguous(euc, "euc_jp", sjis, "cp932"),)


def _ambiguous(text: str, name: str, other_text: str, other_name: str) -> Notice:
    sample, other = (_first_foreign_line(each) for each in (text, other_text))
    return Notice(
        "encoding.ambiguous",
        Message(
            gettext_noop(
                "文字コードは %(encoding)s（「%(sample)s」）としました。"
                "%(other_encoding)s なら「%(other)s」です。"
            ),
            {
                "encoding": ENCODINGS[name],
                "sample": sample,
                "other_encoding": ENCODINGS[other_name],
                "other": other,
            },
        ),
    )


def _first_foreign_line(text: str) -> str:
    return next((shortened(line) for line in text.splitlines() if not line.isascii()), "")


def _samples(data: bytes) -> dict[str, str]:
    """Return the first lines under each encoding, what does not fit shown as �."""
    head = data[:2000]
    return {name: "\n".join(decoded_somehow(head, name).splitlines()[:5]) for name in ENCODINGS}
