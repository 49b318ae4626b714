"""The apostrophe that keeps a spreadsheet from taking CSV text for a formula. Pure.

A text cell that begins with = + - @, their full-width forms, tab or CR, after any number of
apostrophes, gets one more in front. So every text comes back: ' itself, '=1 and ''=1 too.
"""

import re

_BEGINS_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def guard(text: str) -> str:
    """Return the cell to write for `text`; numbers and dates are never guarded."""
    return f"'{text}" if _BEGINS_FORMULA.match(text) else text


def unguard(cell: str) -> str:
    """Return the text whose `guard` is `cell`; any other cell is returned as it is."""
    return cell[1:] if _GUARDED.match(cell) else cell
