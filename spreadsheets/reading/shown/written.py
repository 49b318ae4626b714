"""Numbers as people write them in cells, where only the writing counts, not the unit. Pure."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+")
_MINUS = "-−－▲△"


def number_written(text: str) -> Decimal | None:
    """Return the number that `text` writes with nothing added, or None.

    Reads 1,234 and ▲1,234 and (1,234). Zeros before a number are a code's, no number's.
    """
    bare = text.strip()
    is_negative = False
    if bare[:1] == "(" and bare[-1:] == ")":
        bare, is_negative = bare[1:-1].strip(), True
    elif bare and bare[0] in _MINUS:
        bare, is_negative = bare[1:].lstrip(), True
    if not _NUMBER.fullmatch(bare):
        return None
    if len(bare) > 1 and bare[0] == "0" and bare[1] != ".":
        return None
    number = Decimal(bare.replace(",", ""))
    return -number if is_negative else number
