import argparse
import hashlib
import json as json_format
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils import timezone
from django.utils.translation import gettext as _

from records.commands import StoringCommand
from timeline.rows.printed_table import TableError
from values.messages import gettext_noop

from ...importing import import_chapter
from ...manuscript.decisions import warned
from ...manuscript.parts import MOST_BYTES, refused
from ...manuscript.reading import ManuscriptError, decode


def slug(text):
    try:
        validate_slug(text)
    except ValidationError as error:
        raise argparse.ArgumentTypeError(error.messages[0]) from error
    return text


class Command(StoringCommand):
    help = "Replace the draft of a chapter by a manuscript in Markdown. Exit status 1: refused."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--edition", type=slug, required=True, help="code, made if new")
        parser.add_argument("--number", type=int, required=True, help="the chapter's number")
        parser.add_argument("--slug", type=slug, help="the chapter's slug, if not its present one")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file, edition, number, slug, dry_run, json, **options):
        try:
            content = _content(file)
            done = import_chapter(
                decode(content),
                edition_code=edition,
                number=number,
                now=timezone.now(),
                slug=slug,
                dry_run=dry_run,
                file_name=file.name,
                sha256=hashlib.sha256(content).hexdigest(),
            )
        except (ManuscriptError, TableError) as error:
            self._refuse(error, as_json=json)
        if json:
            found = asdict(done) | {"dry_run": dry_run}
            del found["decisions"]
            self.stdout.write(_json(found))
        else:
            self.stdout.write(_summary(done, dry_run))

    def _refuse(self, error, *, as_json):
        message = error.in_words(_)
        if as_json:
            fault = {"line": error.line, "value": error.value, "code": error.code}
            self.stdout.write(_json({"errors": [fault | {"message": message}]}))
        else:
            place = _("%(line)s行目「%(value)s」") if error.line else "%(value)s"
            place %= {"line": error.line, "value": error.value}
            self.stderr.write(f"{place}: {message}")
        sys.exit(1)


def _content(file):
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise refused(
            "unreadable",
            0,
            str(file),
            gettext_noop("ファイルを開けません。場所と名前を確かめてください。"),
        ) from error


def _json(content):
    return json_format.dumps(content, ensure_ascii=False, indent=2)


def _summary(done, dry_run):
    counts = _(
        "第%(number)s章（%(edition)s/%(slug)s）: 見出し%(headings)s、段落%(paragraphs)s、"
        "脚注%(footnotes)s、年表%(timeline_rows)s行、印%(marks)s。"
    ) % asdict(done)
    if dry_run:
        outcome = _("試行のため、何も保存していません。")
    else:
        outcome = _("下書きを書き換えました。") if done.changed else _("変更はありません。")
    lines = [counts, outcome, *done.warnings]
    quiet = len(done.decisions) - len(warned(done.decisions))
    if quiet:
        lines.append(
            _("ほかに直したこと・決めたこと%(count)s件を章とともに記録しました。")
            % {"count": quiet}
        )
    if done.unbound:
        names = {"names": "、".join(done.unbound)}
        lines.append(_("記録と結び付かない太字の名: %(names)s") % names)
    return "\n".join(lines)
