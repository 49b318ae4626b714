"""Cells as plain numbers. Pure."""

from decimal import Decimal, InvalidOperation

from values.text_key import numeral_key

from ..reading import Value, cell_text


def number(value: Value) -> Decimal | None:
    """Return a cell as a plain number, None for a word, a blank or a number with its unit."""
    if type(value) in (int, float):
        return Decimal(repr(value))
    if type(value) is not str or not value.strip():
        return None
    key = numeral_key(cell_text(value)).replace(",", "").replace("▲", "-").replace("△", "-")
    if key.startswith("(") and key.endswith(")"):
        key = f"-{key[1:-1]}"
    try:
        found = Decimal(key)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
