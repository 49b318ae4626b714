"""What a sheet leaves open: each is raised while it is read, and answered by options of its job."""

from collections.abc import Sequence
from typing import Any

from values.messages import Message, gettext_noop

from ..reading import Place, ReadError
from ..understanding.heading.sense import Heading
from ..understanding.table import Table


class UnknownColumns(ReadError):
    """Headings nobody knows: the file stops here until it is said what they are.

    `headings` are (letter, text, key, samples), each key once.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        unknown = {each.key: (table, each) for table in reversed(tables) for each in table.unknown}
        found = [unknown.pop(each.key) for t in tables for each in t.unknown if each.key in unknown]
        table, first = found[0]
        headings = "」「".join(each.text or each.letter for _table, each in found)
        super().__init__(
            "column.unknown",
            headings,
            reason=Message(
                gettext_noop("見出し「%(headings)s」は、どの列か分かりません。"),
                {"headings": headings},
            ),
            remedy=Message(gettext_noop("どの列かを選ぶか「使わない」としてください。")),
            place=Place(table.grid.sheet, table.heading_rows[0], first.letter),
        )
        self.headings = [_asked(*each) for each in found]


class MissingColumns(ReadError):
    """Columns that tell rows apart are absent; one value for all rows may be given instead."""

    def __init__(self, table: Table, names: list[str], labels: list[str]) -> None:
        shown = "」「".join(labels)
        super().__init__(
            "column.missing",
            shown,
            reason=Message(
                gettext_noop("行を見分ける列「%(shown)s」がありません。"), {"shown": shown}
            ),
            remedy=Message(gettext_noop("列を加えるか、すべての行に共通の値を指定してください。")),
            place=Place(table.grid.sheet, table.heading_rows[0]),
        )
        self.names = names


class SeveralTables(ReadError):
    """A file with more than one table: which are to be read?

    `choices` are (key, label, samples); keys go into the option "tables".
    """

    def __init__(self, choices: Sequence[tuple[str, str, Any]]) -> None:
        shown = "」「".join(label for _key, label, _samples in choices)
        super().__init__(
            "table.several",
            shown,
            reason=Message(
                gettext_noop("表が %(count)s つあります（「%(shown)s」）。"),
                {"count": len(choices), "shown": shown},
            ),
            remedy=Message(gettext_noop("取り込む表を選んでください。いくつでも選べます。")),
        )
        self.choices = choices


class MissingUnit(ReadError):
    """Amounts that neither heading, title, number format, cell nor choice gives a unit.

    `headings` are (letter, text, key, samples).
    """

    def __init__(self, found: Sequence[tuple[Table, Heading]]) -> None:
        table, first = found[0]
        shown = "」「".join(dict.fromkeys(each.text or each.letter for _table, each in found))
        super().__init__(
            "unit.missing",
            shown,
            reason=Message(
                gettext_noop("「%(shown)s」の金額の単位が、どこにも書かれていません。"),
                {"shown": shown},
            ),
            remedy=Message(gettext_noop("単位を選んでください。円も選べます。")),
            place=Place(table.grid.sheet, table.heading_rows[0], first.letter),
        )
        self.headings = [_asked(*each) for each in found]


def _asked(table: Table, heading: Heading) -> tuple[str, str, str, tuple[str, ...]]:
    return heading.letter, heading.text, heading.key, table.samples(heading)
