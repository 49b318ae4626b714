"""A format code → its sections, each a list of parts. Pure.

`[>=1000000]#,##0,,"百万円";#,##0"円"` has two sections, the first with a condition.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

MAX_CODE = 1_000
_OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
_PART = re.compile(
    r"""
    "(?P<quoted>[^"]*)(?:"|\Z)
    | [\\!](?P<escaped>.)
    | [_*].?
    | \[\$(?P<symbol>[^\]-]*)(?P<locale>-[^\]]*)?\]
    | \[(?P<operator><=|>=|<>|<|>|=)\s*(?P<limit>-?[0-9.]+(?:[eE][+-]?[0-9]+)?)\]
    | \[(?P<elapsed>h+|m+|s+)\]
    | \[(?P<numerals>dbnum[0-9]+)\]
    | \[[^\]]*\]
    | (?P<general>general|G/標準)
    | (?P<half>am/pm|a/p|上午/下午|午前/午後)
    | (?P<date>y+|m+|d+|h+|s+|e+(?![+-])|g+|aaaa?|r+|b[12]|bb+)
    | (?P<exponent>e[+-])
    | (?P<digit>[0#?])
    | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<slash>/) | (?P<text>@)
    | (?P<cut>;)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PLAIN = {
    "general": "general",
    "half": "half",
    "date": "date",
    "exponent": "exponent",
    "digit": "digit",
    "point": "point",
    "comma": "comma",
    "percent": "percent",
    "slash": "slash",
    "text": "text",
    "elapsed": "elapsed",
    "numerals": "numerals",
}


@dataclass(frozen=True)
class Part:
    """kind is a key of `_PLAIN` or "literal"; text is the part as written or to be shown."""

    kind: str
    text: str


@dataclass(frozen=True)
class Condition:
    operator: str
    limit: Decimal

    def holds(self, value: Decimal) -> bool:
        return _OPERATORS[self.operator](value, self.limit)

    @property
    def is_negative_only(self) -> bool:
        return (self.operator == "<" and self.limit <= 0) or (
            self.operator in ("<=", "=") and self.limit < 0
        )

    @property
    def leaves_negatives_only(self) -> bool:
        """Whether what does not meet it is below zero, or zero."""
        return self.operator in (">", ">=") and self.limit <= 0


@dataclass(frozen=True)
class Section:
    parts: tuple[Part, ...]
    condition: Condition | None = None

    def has(self, *kinds: str) -> bool:
        return any(part.kind in kinds for part in self.parts)

    @cached_property
    def is_date(self) -> bool:
        return self.has("date", "elapsed", "half")

    @cached_property
    def is_plain(self) -> bool:
        """Whether digits are set, and neither a fraction, a power nor other numerals."""
        return self.has("digit") and not self.has("numerals", "exponent", "slash")

    @property
    def literal(self) -> str:
        return "".join(part.text for part in self.parts if part.kind == "literal")


def sections_of(code: str) -> list[Section]:
    """Return one to four sections; more are dropped, as Excel does not accept them.

    Of a code that is longer than any program writes, a section that cannot be read.
    """
    if len(code) > MAX_CODE:
        return [Section((Part("numerals", ""),))]
    return [_section(parts) for parts in _cut(code)][:4]


def _cut(code: str) -> Iterator[list[re.Match[str]]]:
    parts: list[re.Match[str]] = []
    for match in _PART.finditer(code):
        if match["cut"]:
            yield parts
            parts = []
        else:
            parts.append(match)
    yield parts


def _section(matches: list[re.Match[str]]) -> Section:
    parts: list[Part] = []
    condition = None
    for match in matches:
        kind = match.lastgroup or ""
        if match["operator"]:
            condition = Condition(match["operator"], Decimal(match["limit"]))
        elif match["symbol"] is not None:
            parts.append(Part("literal", match["symbol"]))
        elif kind in ("quoted", "escaped", "other"):
            parts.append(Part("literal", match[kind]))
        elif kind in _PLAIN:
            parts.append(Part(kind, match[kind]))
    return Section(_settled(parts), condition)


def _settled(parts: list[Part]) -> tuple[Part, ...]:
    """Take a slash, comma or point for what it is beside digits, and as words elsewhere."""
    kinds = {part.kind for part in parts}
    if "digit" in kinds and not kinds & {"date", "elapsed", "half"}:
        return tuple(parts)
    marks = ("slash", "comma", "point", "percent")
    return tuple(Part("literal", p.text) if p.kind in marks else p for p in parts)
