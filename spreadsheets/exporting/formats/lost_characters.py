"""Which records hold characters that a CP932 file would change, before it is made. Pure."""

from collections import Counter
from dataclasses import dataclass

from ...reading.cp932_text import as_held, lost_characters
from .out_table import OutTable

_LISTED = 100


@dataclass(frozen=True)
class LostCharacter:
    """One character in one cell; `record` is the row's key, `becomes` what the file will hold."""

    record: str
    heading: str
    character: str
    count: int
    becomes: str

    @property
    def codepoint(self) -> str:
        return f"U+{ord(self.character):04X}"


@dataclass(frozen=True)
class LostCharacters:
    """`total` characters in `cells` cells; the first 100 are listed."""

    total: int
    cells: int
    listed: list[LostCharacter]


def find_lost_characters(table: OutTable) -> LostCharacters:
    total = cells = 0
    listed: list[LostCharacter] = []
    for row in table.rows():
        texts = [(index, cell) for index, cell in enumerate(row) if type(cell) is str]
        joined = "".join([cell for _index, cell in texts])
        if joined.isascii() or as_held(joined) == joined:
            continue
        record = " / ".join(str(row[index]) for index in table.key if row[index] is not None)
        for index, cell in texts:
            lost = Counter(lost_characters(cell))
            total += lost.total()
            cells += bool(lost)
            listed += [
                LostCharacter(record, table.headings[index], each, count, as_held(each))
                for each, count in lost.items()
            ][: max(0, _LISTED - len(listed))]
    return LostCharacters(total, cells, listed)
