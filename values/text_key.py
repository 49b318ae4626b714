"""Keys for matching and reading text that people type in different widths, cases and dashes.

Pure. A key is made for comparing, searching and parsing only: stored text stays as typed.
"""

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−─━"), "-")
_WAVES = dict.fromkeys(map(ord, "〜～∼"), "~")
_BRACKETS = {ord("〔"): "(", ord("〕"): ")"}
_QUOTES = {ord("‘"): "'", ord("’"): "'", ord("“"): '"', ord("”"): '"'}
_FOLDS = _DASHES | _WAVES | _BRACKETS | _QUOTES
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+")
_SPACE_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_RANGES = [
    re.compile(pattern)
    for pattern in ("([^~]*)~([^~]*)", "(.+)から(.*?)(?:まで)?", "()(.+)まで", "([^-]+)-([^-]*)")
]
_WIDTH_FORMS = ("<wide>", "<narrow>", "<square>")


def text_key(text: str) -> str:
    """Return the key under which `text` is matched: NFKC, case folded, without spaces.

    Dashes become "-", wave dashes "~", curly quotes straight; variation selectors (異体字) and
    zero-width characters go. The Japanese long vowel mark ー stays, because it is a letter.
    A key is its own key. `text_key("Ｉ Ｔ Ｅ Ｒ（国際）") == "iter(国際)"`.
    """
    if text.isascii():
        return _INVISIBLE.sub("", text.lower())
    previous, key = None, _plain(_folded(text))
    while key != previous and (folded := _folded(key)) != key:
        previous, key = key, _plain(folded)
    return key


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", text.translate(_FOLDS))


def numeral_key(text: str) -> str:
    """Return the key under which a number, year or date in `text` is read.

    Only widths, dashes (here ー too), waves, case and era signs (㍻) are folded. ① and ¹ stay:
    under NFKC a footnote mark would become a digit, and 500¹ the number 5001. Spaces go, but for
    one between two digits, so that "12 34" is not 1234. `numeral_key("Ｈ２８ 年度") == "h28年度"`.
    """
    folded = "".join(map(_width_folded, unicodedata.normalize("NFC", text)))
    folded = " ".join(_INVISIBLE.sub(" ", folded.casefold().translate(_FOLDS)).split())
    folded = _SPACE_BETWEEN_DIGITS.sub("\0", folded).replace(" ", "").replace("\0", " ")
    return folded.replace("ー", "-")


def split_range(key: str) -> tuple[str, str] | None:
    """Part a numeral_key such as 2012~15, 2012から15まで or 2016-2020 into its start and its end.

    "" stands for a missing start (~2019) or end (2019~); None when `key` is no range.
    """
    for pattern in _RANGES:
        match = pattern.fullmatch(key)
        if match and any(match.groups()):
            return match.group(1), match.group(2) or ""
    return None


def _width_folded(character: str) -> str:
    if character.isascii():
        return character
    is_kangxi_radical = "\u2e80" <= character <= "\u2fdf"
    if is_kangxi_radical or unicodedata.decomposition(character).startswith(_WIDTH_FORMS):
        return unicodedata.normalize("NFKC", character)
    return character
