"""Marks that repeat the cell above, and text that only looks like one. Pure."""

DITTO = frozenset({"〃", "々", "〻", "″", "仝", "同上", "同", '"', "ditto", "Ditto"})

_DEEPEST = 9
_MEANT = {"'" * n + mark: "'" * (n - 1) + mark for mark in DITTO for n in range(1, _DEEPEST + 1)}
_WRITTEN = {text: cell for cell, text in _MEANT.items()}

DITTO_OR_QUOTED = DITTO | set(_MEANT)


def quoted(text: str) -> str:
    """Return the cell to write for text: 〃 that is meant as such gets an apostrophe in front."""
    return _WRITTEN.get(text, text)


def unquoted(cell: str) -> str:
    """Return the text whose `quoted` is `cell`; any other cell is returned as it is."""
    return _MEANT.get(cell, cell)
