"""A section of a number format and a number → the text that is shown. Pure.

Source of the rules: ECMA-376 part 1, 18.8.31 (numFmts).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property

from .sections import Part, Section

_MAX_DECIMALS = 30
_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Simple:
    """The words before and after digits that stand together: most formats, and a quick way.

    has_words: they are more than a sign, so that the text is no bare number.
    """

    before: str
    after: str

    @cached_property
    def is_bare(self) -> bool:
        return not self.before and not self.after

    @cached_property
    def has_words(self) -> bool:
        return bool((self.before + self.after).strip("-−－▲△() 　"))


@dataclass(frozen=True)
class Layout:
    """Where the digits of a section go.

    scale     by what power of ten the number is shown smaller (negative: as per cent)
    decimals  how many digits at most follow the point
    """

    whole: tuple[Part, ...]
    fraction: tuple[Part, ...]
    has_point: bool
    is_grouped: bool
    scale: int

    @cached_property
    def decimals(self) -> int:
        return min(sum(part.kind == "digit" for part in self.fraction), _MAX_DECIMALS)

    @cached_property
    def step(self) -> Decimal:
        return Decimal(1).scaleb(-self.decimals)

    @cached_property
    def simple(self) -> Simple | None:
        """Return the words around #,##0 or 0 or 0.00, None for all other ways to set digits."""
        places = [(i, part.text) for i, part in enumerate(self.whole) if part.kind == "digit"]
        pattern = "".join(text for _, text in places)
        decimals = [part for part in self.fraction if part.kind == "digit"]
        words = [part.text for part in self.fraction[len(decimals) :]]
        stands_together = places and places[-1][0] - places[0][0] == len(places) - 1
        are_first = all(part.kind == "digit" for part in self.fraction[: len(decimals)])
        is_usual = pattern.strip("#") == "0" and pattern.endswith("0")
        if not (stands_together and is_usual and are_first) or self.has_point != bool(decimals):
            return None
        if any(part.text != "0" for part in decimals) or len(decimals) > _MAX_DECIMALS:
            return None
        before = "".join(part.text for part in self.whole[: places[0][0]])
        after = "".join(part.text for part in self.whole[places[-1][0] + 1 :]) + "".join(words)
        if (
            before != before.lstrip()
            or after != after.rstrip()
            or (after and decimals and not words)
        ):
            return None
        return Simple(before, after)


def layout_of(section: Section) -> Layout:
    parts = list(section.parts)
    digits = [i for i, part in enumerate(parts) if part.kind == "digit"]
    points = [i for i, part in enumerate(parts) if part.kind == "point"]
    point = points[0] if points else None
    end = len(parts) if point is None else point
    whole_digits = [i for i in digits if i < end]
    scale, is_grouped = 0, False
    kept: list[tuple[int, Part]] = []
    for i, part in enumerate(parts):
        if part.kind == "comma":
            before = any(each < i for each in digits)
            between = any(each < i for each in whole_digits) and any(
                i < each for each in whole_digits
            )
            if between:
                is_grouped = True
            elif before:
                scale += 3
            else:
                kept.append((i, Part("literal", ",")))
        elif part.kind == "percent":
            scale -= 2
            kept.append((i, Part("literal", "%")))
        elif part.kind == "point":
            if i != point:
                kept.append((i, Part("literal", ".")))
        else:
            kept.append((i, part))
    return Layout(
        whole=tuple(part for i, part in kept if i < end),
        fraction=tuple(part for i, part in kept if i >= end),
        has_point=point is not None,
        is_grouped=is_grouped,
        scale=scale,
    )


def rounded(value: Decimal, layout: Layout) -> Decimal:
    """Return the number shown, scaled and rounded half away from zero."""
    if layout.scale:
        value = value.scaleb(-layout.scale, _CONTEXT)
    return value.quantize(layout.step, context=_CONTEXT)


def digits_shown(value: Decimal, layout: Layout) -> str:
    """Return the number, not negative, with the words around and within it."""
    whole, _, fraction = f"{rounded(value, layout):f}".partition(".")
    text = _whole(whole.lstrip("0"), layout)
    if layout.has_point:
        text += "."
    return text + _fraction(fraction, layout)


def _whole(digits: str, layout: Layout) -> str:
    """Fill the places from the right; digits that are left over go to the first place."""
    places = sum(part.kind == "digit" for part in layout.whole)
    shown: list[str] = []
    left, count = len(digits), 0
    for part in reversed(layout.whole):
        if part.kind != "digit":
            shown.append(part.text[::-1])
            continue
        places -= 1
        while True:
            digit = digits[left - 1] if left > 0 else "0" if part.text == "0" else ""
            if digit:
                if layout.is_grouped and count and count % 3 == 0:
                    shown.append(",")
                shown.append(digit)
                count += 1
            left -= 1
            if places or left <= 0:
                break
    return "".join(shown)[::-1]


def _fraction(digits: str, layout: Layout) -> str:
    significant = len(digits.rstrip("0"))
    shown: list[str] = []
    index = 0
    for part in layout.fraction:
        if part.kind != "digit":
            shown.append(part.text)
            continue
        if index < len(digits) and (part.text == "0" or index < significant):
            shown.append(digits[index])
        index += 1
    return "".join(shown)
