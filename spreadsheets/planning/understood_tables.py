"""What is kept with a job of the tables it was planned from, in every language of the site."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..reading import Notice
from ..understanding.table import Table
from .understood import Understood, UsedHeading


def understood(
    tables: Sequence[Table], options: Mapping[str, Any], of_rows: Sequence[Notice] = ()
) -> Understood:
    """Return what is kept of tables with their job; `of_rows` are notices of their Resource."""
    first = tables[0]
    notices = [*(notice for table in tables for notice in table.notices), *of_rows]
    return Understood(
        sentence=in_each_language(lambda translate: _sentences(tables, translate)),
        parts=in_each_language(lambda translate: _parts(tables, translate)),
        columns=tuple(
            dict.fromkeys(
                UsedHeading(each.letter, each.text, each.name, each.key)
                for table in tables
                for each in table.headings
                if each.name is not None
            )
        ),
        heading_row=first.heading_rows[0],
        headed_at=[(table.grid.sheet, table.heading_rows[0]) for table in tables],
        read_as=reading_options(options),
        notices=list(dict.fromkeys(notice.in_words(_) for notice in notices)),
        left_out=list(dict.fromkeys(n.in_words(_) for n in notices if is_left_out(n))),
        encoding=first.grid.encoding,
        sheets=[sheet.name for sheet in first.grid.sheets],
        tables=[table.label for table in tables],
    )


def _parts(tables: Sequence[Table], translate: Callable[[str], str]) -> list[tuple[str, str]]:
    if len(tables) == 1:
        return [(name, part.in_words(translate)) for name, part in tables[0].parts()]
    return [
        (
            "tables",
            f"{each.label}: "
            + translate("、").join(part.in_words(translate) for _, part in each.parts()[1:]),
        )
        for each in tables
    ]


def _sentences(tables: Sequence[Table], translate: Callable[[str], str]) -> str:
    if len(tables) == 1:
        return tables[0].sentence.in_words(translate)
    return " ".join(f"[{each.label}] {each.sentence.in_words(translate)}" for each in tables)


def is_left_out(notice: Notice) -> bool:
    return notice.code.startswith("left_out.")


def reading_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those options that say how bytes become cells, None for what is to be found out."""
    sheets = [name for name in options.get("sheets") or () if name]
    return {
        "encoding": options.get("encoding"),
        "sheets": sheets,
        "delimiter": options.get("delimiter"),
    }


def in_each_language(say: Callable[[Callable[[str], str]], Any]) -> dict[str, Any]:
    """Return {language: what `say` returns of its gettext}, for words that are kept with a job."""
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words[language] = say(_)
    return words
