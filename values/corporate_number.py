"""法人番号: the 13-digit number of a Japanese legal person. Pure."""


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
