"""The flags of import_sheet as options of its job: what a page asks and an editor answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from values.messages import gettext_noop
from values.text_key import text_key
from values.yen_units import read_unit

from ..deciding.file_tables import headings_of
from ..resources.sheet_schema import schema_of
from ..understanding.heading.sense import Heading

# Which flag answers what a file is stopped at, by the code of the refusal.
FLAGS = {
    "column.unknown": gettext_noop(
        "--map 見出し=列、--unused 見出し、または残りすべてに --unused-rest を付けてください。"
    ),
    "column.missing": gettext_noop("--set 列=値 のように、すべての行の値を付けてください。"),
    "unit.missing": gettext_noop("--unit 百万円 のように単位を付けてください。"),
    "sheet.unknown": gettext_noop("--sheet に、あるシートの名前を付けてください。"),
    "heading.not_found": gettext_noop("--header-row に、見出しのある行の番号を付けてください。"),
    "file.encoding": gettext_noop("--encoding に、文字コードを付けてください。"),
}
_TABLES = gettext_noop("--table に次のどれかを付けてください（いくつでも）: %(keys)s。")


def flag_that_answers(error) -> str:
    """Return which flag lets a refused file be read, "" where none does."""
    if error.code == "table.several":
        keys = "、".join(f"'{key}'" for key, _label, _samples in error.choices)
        return _(_TABLES) % {"keys": keys}
    return _(FLAGS[error.code]) if error.code in FLAGS else ""


def wrong_usage(message: str) -> CommandError:
    return CommandError(message, returncode=2)


def options_of(resource, flags: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that need no look into the file. Raises CommandError of status 2."""
    if flags["unit"] and resource.units and not read_unit(flags["unit"]):
        words = {"unit": flags["unit"], "units": "、".join(resource.units)}
        raise wrong_usage(_("--unit %(unit)s は知らない単位です。単位は %(units)s です。") % words)
    constants = _constants(resource, flags["set"])
    if flags["source"]:
        constants = {"source": _source_key(resource, flags["source"])} | constants
    names = ("encoding", "blank", "unit", "header_row", "heading_rows")
    options = {name: flags[name] for name in names if flags[name] is not None}
    options |= {"sheets": flags["sheet"], "tables": flags["table"], "constants": constants}
    options["unused_rest"] = flags["unused_rest"]
    return {name: value for name, value in options.items() if value}


def mapping_of(
    resource, content: bytes, options: Mapping[str, Any], flags: Mapping[str, Any]
) -> dict[str, str]:
    """Return the option "mapping" that --map and --unused ask for.

    Headings are looked for in the file. Raises CommandError of status 2, or ReadError.
    """
    if not flags["map"] and not flags["unused"]:
        return {}
    headings = headings_of(resource, content, options)
    mapping = {}
    for pair in flags["map"]:
        text, is_given, field = pair.rpartition("=")
        name = _mapped_name(resource, field)
        if not is_given or not name:
            words = {"pair": pair, "columns": _columns_shown(resource)}
            message = _("--map %(pair)s は「見出し=列」ではありません。列は %(columns)s です。")
            raise wrong_usage(message % words)
        mapping |= dict.fromkeys(_keys(headings, text, "--map"), name)
    for text in flags["unused"]:
        mapping |= dict.fromkeys(_keys(headings, text, "--unused"), "")
    return mapping


def _keys(headings: Sequence[Heading], typed: str, flag: str) -> list[str]:
    """Return the keys of the headings that were meant: by text, key, @letter, or part of a path."""
    wanted = text_key(typed)
    for found in (
        [each for each in headings if wanted and text_key(each.text) == wanted],
        [each for each in headings if text_key(each.key) == wanted],
        [each for each in headings if text_key(f"@{each.letter}") == wanted],
        [each for each in headings if not each.text and text_key(each.letter) == wanted],
        [each for each in headings if wanted in [text_key(part.text) for part in each.path]],
    ):
        if found:
            return list(dict.fromkeys(each.key for each in found))
    shown = "、".join(dict.fromkeys(each.text or f"@{each.letter}" for each in headings))
    message = _("%(flag)s: 見出し「%(typed)s」は表にありません。見出しは %(headings)s です。")
    raise wrong_usage(message % {"flag": flag, "typed": typed, "headings": shown})


def _constants(resource, pairs: Iterable[str]) -> dict[str, str]:
    """Return {column name: value} of 区分=当初予算 or basis=当初予算."""
    names = {text_key(field.column_name): name for name, field in resource.fields.items()}
    names |= {text_key(name): name for name in resource.fields}
    found = {}
    for pair in pairs:
        column, is_given, value = pair.partition("=")
        if not is_given or text_key(column) not in names:
            words = {"pair": pair, "columns": _columns_shown(resource)}
            message = _("--set %(pair)s は「列=値」ではありません。列は %(columns)s です。")
            raise wrong_usage(message % words)
        found[names[text_key(column)]] = value
    return found


def _columns_shown(resource) -> str:
    return "、".join(field.column_name for field in resource.fields.values())


def _mapped_name(resource, typed: str) -> str:
    """Return amount_yen of 金額 or amount_yen, and amount_yen/当初予算 of 金額/当初予算; or ""."""
    schema = schema_of(resource)
    column, slash, kind = typed.partition("/")
    wanted = text_key(column)
    labels = {text_key(label): each.name for each in schema.columns for label in each.labels}
    name = wanted if wanted in schema.names else labels.get(wanted, "")
    years = schema.years
    if not slash or not name:
        return name
    is_known = years and name == years.value and years.kind_of(kind)
    return f"{name}/{kind}" if is_known else ""


def _source_key(resource, typed: str) -> str:
    """Return the key of the source that a code or a number names."""
    if "source" not in resource.fields:
        words = {"resource": resource.get_display_name()}
        raise wrong_usage(_("--source: 「%(resource)s」の表に出典の列はありません。") % words)
    finder = resource.fields["source"].widget.finder
    sources = finder.model._base_manager
    first, *_rest = finder.lookups
    source = sources.filter(**{first: typed}).first()
    if source is None and typed.isdecimal():
        source = sources.filter(pk=int(typed)).first()
    if source is None:
        raise wrong_usage(_("--source %(source)s という出典はありません。") % {"source": typed})
    return finder.key_of(source)
