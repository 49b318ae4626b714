"""Keys for matching text that people type in different widths, cases and dashes.

Pure. A key is made for comparing and searching only: stored text stays as typed.
"""

import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ｰ"), "-")
_WAVES = dict.fromkeys(map(ord, "〜～∼"), "~")
_BRACKETS = {ord("〔"): "(", ord("〕"): ")"}


def text_key(text: str) -> str:
    """Return the key under which `text` is matched: NFKC, case folded, without spaces.

    Dashes become "-", wave dashes "~". The Japanese long vowel mark ー stays, because it is a
    letter. `text_key("Ｉ Ｔ Ｅ Ｒ（国際）") == "iter(国際)"`.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.translate(_DASHES | _WAVES | _BRACKETS)
    return "".join(folded.split())
