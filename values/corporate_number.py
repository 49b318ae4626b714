"""法人番号: the 13-digit number of a Japanese legal person. Pure."""

import re

from .messages import gettext_noop
from .refusal import Refusal
from .text_key import numeral_key

_ROUNDED = re.compile(r"\d(?:\.\d+)?e\+?\d+|\d{7,8}0{5,}", re.ASCII)


class CorporateNumberError(Refusal):
    """Text that is no 法人番号."""

    reasons = {
        "number.rounded": gettext_noop(
            "「%(value)s」は、表計算ソフトが数を丸めたもので、もとの13桁が残っていません。"
            "セルの書式を文字列にして、番号を入れ直してください。"
        ),
        "number.length": gettext_noop("法人番号「%(value)s」は、数字13桁ではありません。"),
        "number.check_digit": gettext_noop(
            "法人番号「%(value)s」は、先頭の検査数字が合いません。番号を確かめてください。"
        ),
    }


def parse(text: str) -> str:
    """Return the 13 digits that `text` shows in any width, with spaces or dashes between.

    Raises CorporateNumberError.
    """
    key = numeral_key(text)
    digits = re.sub("[ -]", "", key.removeprefix("t"))
    if is_corporate_number(digits):
        return digits
    if _ROUNDED.fullmatch(key):
        raise CorporateNumberError.because("number.rounded", text)
    if len(digits) == 13 and digits.isascii() and digits.isdigit():
        raise CorporateNumberError.because("number.check_digit", text)
    raise CorporateNumberError.because("number.length", text)


def check_digit(base_number: str) -> int:
    """Return the check digit of the 12 digits that follow it.

    9 − (Σ Pn·Qn mod 9), where Pn is the n-th digit from the right and Qn is 1 for odd n, 2 for
    even n. Source: 法人番号の指定等に関する省令 第2条 (平成26年財務省令第70号).
    """
    if len(base_number) != 12 or not base_number.isascii() or not base_number.isdigit():
        raise ValueError(f"法人番号の基礎番号は数字12桁です: {base_number!r}")
    total = sum(
        int(digit) * (1 if position % 2 else 2)
        for position, digit in enumerate(reversed(base_number), start=1)
    )
    return 9 - total % 9


def is_corporate_number(text: str) -> bool:
    """Whether `text` is 13 ASCII digits whose first is the check digit of the rest."""
    if len(text) != 13 or not text.isascii() or not text.isdigit():
        return False
    return int(text[0]) == check_digit(text[1:])
