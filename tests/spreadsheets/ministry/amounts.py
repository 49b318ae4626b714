"""How amounts are written: their unit in a heading, a format or the cell; and what is no amount."""

from dataclasses import dataclass
from decimal import Decimal

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from .chance import Chance
from .paper import Cell

NO_AMOUNT = ("", "－", "-", "―", "なし", "…", "ー", "皆増", "内数", "*", "1,234の内数", "皆減")
SCALED = {10**3: "#,##0,", 10**6: "#,##0,,"}
STRUCK, RAISED = InlineFont(strike=True), InlineFont(vertAlign="superscript")


@dataclass(frozen=True)
class Look:
    """How the amounts of a column look: `scale` yen are one of what is counted.

    `way` is "number", "commas", "text", "wide" (full-width digits), "scaled" (a format that drops
    digits), "named" (a format that names the unit), "scaled and named" or "unit in cell".
    """

    scale: int
    unit: str
    way: str = "number"
    is_plain: bool = False
    rich: bool = False
    """Whether parts of a cell may be struck through."""

    @property
    def names_unit(self) -> bool:
        return self.way in ("named", "scaled and named", "unit in cell")


def look(chance: Chance, scale: int, unit: str, *, workbook: bool, says_unit: bool) -> Look:
    """`says_unit`: the amounts themselves are to name their unit."""
    ways = ["number", "commas", "text", "wide"] if workbook else ["number", "text", "wide"]
    if workbook and scale in SCALED and not says_unit and chance.odds(25):
        return Look(scale, unit, "scaled")
    if says_unit and not unit[0].isdigit():
        ways = ["named", "unit in cell"] if workbook else ["unit in cell"]
        if workbook and scale in SCALED:
            ways.append("scaled and named")
    return Look(scale, unit, chance.pick(ways), rich=workbook)


def counted(chance: Chance, scale: int) -> Decimal:
    """A plausible number of units, which is a whole number of yen."""
    if scale == 1:
        return Decimal(chance.number(1, 999_999) * 1_000)
    if scale >= 10**8 and chance.odds(60):
        return Decimal(chance.number(1, 2_000)) / 10
    most = {10**3: 9_999_999, 10**4: 99_999, 10**6: 99_999, 10**8: 999, 10**9: 99}[scale]
    return Decimal(chance.number(1, most))


def amount(chance: Chance, look: Look) -> tuple[Cell, int | None]:
    """Return a cell and the yen that a careful reader takes from it, None for no amount."""
    if not look.is_plain and chance.odds(9):
        return Cell(chance.pick(NO_AMOUNT)), None
    number = Decimal(0) if chance.odds(4) else counted(chance, look.scale)
    if look.way == "scaled" and chance.odds(15):
        hidden = chance.number(0, look.scale // 2 - 1)
        return Cell(int(number * look.scale) + hidden, SCALED[look.scale]), int(number * look.scale)
    if look.way == "commas" and number == int(number) and look.scale > 1 and chance.odds(5):
        return Cell(float(number) + 0.25, "#,##0"), int(number * look.scale)
    if look.rich and look.way in ("number", "text") and chance.odds(2):
        return struck_part(number), int(number * look.scale)
    if not look.is_plain and chance.odds(3):
        return _negative(chance, number, look)
    return shown(number, look), int(number * look.scale)


def own_unit(chance: Chance) -> tuple[Cell, int]:
    """An amount that names its unit in its cell, whatever the table counts in."""
    return chance.pick(
        [
            (Cell("12億円"), 1_200_000_000),
            (Cell("3.4億円"), 340_000_000),
            (Cell("567百万円"), 567_000_000),
            (Cell("8,900千円"), 8_900_000),
            (Cell("１億2,000万円"), 120_000_000),
        ]
    )


def struck_part(number: Decimal) -> Cell:
    """An amount with another one struck through before it."""
    return Cell(CellRichText(TextBlock(STRUCK, "1,230"), TextBlock(InlineFont(), f"{number:,}")))


def raised_mark(text: str) -> Cell:
    """A text with the mark of a note set high after it."""
    return Cell(CellRichText(TextBlock(InlineFont(), text), TextBlock(RAISED, "1)")))


def shown(number: Decimal, look: Look) -> Cell:
    """A number of units as a cell that looks like `look`."""
    whole = number == number.to_integral_value()
    plain = int(number) if whole else float(number)
    text = f"{number:,.0f}" if whole else f"{number:,.1f}"
    if look.way == "text":
        return Cell(text)
    if look.way == "wide":
        return Cell(text.translate(str.maketrans("0123456789,.", "０１２３４５６７８９，．")))
    if look.way == "unit in cell":
        return Cell(f"{text}{look.unit}")
    digits = "#,##0" if whole else "#,##0.0"
    if look.way == "commas":
        return Cell(plain, digits)
    if look.way == "named":
        return Cell(plain, f'{digits}"{look.unit}"')
    if look.way in ("scaled", "scaled and named"):
        ending = f'"{look.unit}"' if look.way == "scaled and named" else ""
        return Cell(int(number * look.scale), SCALED[look.scale] + ending)
    return Cell(plain)


def _negative(chance: Chance, number: Decimal, look: Look) -> tuple[Cell, int]:
    yen = -int(number * look.scale)
    if look.way == "commas":
        digits = "#,##0" if number == number.to_integral_value() else "#,##0.0"
        plain = int(number) if number == number.to_integral_value() else float(number)
        return Cell(-plain, f'{digits};"▲ "{digits}'), yen
    text = f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.1f}"
    mark = chance.pick(["▲", "△", "-", "▲ "]) if number else ""
    ending = look.unit if look.names_unit else ""
    if look.way in ("text", "wide", "unit in cell"):
        return Cell(f"{mark}{text}{ending}"), yen
    cell = shown(-number, look)
    return cell, yen
