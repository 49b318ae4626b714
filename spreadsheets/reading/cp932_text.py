"""Text in CP932, which Japanese Excel reads without asking: what it cannot hold. Pure."""

GETA = "〓"
"""What stands for a character that CP932 lacks, as printers set it for a missing type."""


def as_held(text: str) -> str:
    """Return what comes back of `text` after CP932: the nearest character, or 〓 for none.

    Six characters, of which 〜 and − are common, come back as their full-width likes ～ and －.
    `as_held("髙橋〜𠮷田") == "髙橋～〓田"`.
    """
    try:
        return text.encode("cp932").decode("cp932")
    except UnicodeEncodeError:
        return "".join(map(_held, text))


def lost_characters(text: str) -> list[str]:
    """Return the characters of `text` that CP932 cannot hold, in order, repeated ones too."""
    if as_held(text) == text:
        return []
    return [character for character in text if _held(character) != character]


def _held(character: str) -> str:
    try:
        return character.encode("cp932").decode("cp932")
    except UnicodeEncodeError:
        return GETA
