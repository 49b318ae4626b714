import json as json_format
import sys
import time
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.commands import NOTHING_IMPORTED, NOWHERE_IN_A_SHEET, StoringCommand

from ...review_sheets.importing import KINDS, import_review_sheets
from ...review_sheets.tables.refusals import ReviewSheetError, ReviewSheetsRefused
from ...review_sheets.tables.table_file import open_table


class Command(StoringCommand):
    help = (
        "Import the government's review sheets (行政事業レビュー): the extract of 2015-2022 or the"
        " tables 1-2 and 2-1 of rssystem.go.jp. Exit status 1: refused, nothing written."
    )

    nothing_done = NOTHING_IMPORTED
    no_place = NOWHERE_IN_A_SHEET

    def add_arguments(self, parser):
        parser.add_argument("sheets", type=Path, metavar="SHEETS", help="zip of the sheets' CSV")
        parser.add_argument("budgets", type=Path, metavar="BUDGETS", help="zip of the budgets' CSV")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, sheets, budgets, dry_run, json, **options):
        progress = StepLine(self.stderr)
        try:
            tables = _open([sheets, budgets])
            done = import_review_sheets(
                *tables, now=timezone.now(), dry_run=dry_run, progress=progress
            )
        except ReviewSheetsRefused as refused:
            self._refuse(refused.errors, as_json=json)
        if json:
            found = done.as_json(_) | {"dry_run": dry_run}
            self.stdout.write(_json(found))
        else:
            self.stdout.write(_summary(done, dry_run))

    def _refuse(self, errors, *, as_json):
        if as_json:
            faults = [error.as_json(_) for error in errors]
            self.stdout.write(_json(self.nothing_done | {"errors": faults}))
        else:
            for error in errors:
                self.stderr.write(error.in_words(_))
        sys.exit(1)


class StepLine:
    """Says on standard error what is being done: after two seconds each step, then every two."""

    steps = {
        "sheets": gettext_lazy("シートを読んでいます"),
        "budgets": gettext_lazy("予算を読んでいます"),
        "link": gettext_lazy("年ごとのシートをつないでいます"),
        "compare": gettext_lazy("記録と比べています"),
        "write": gettext_lazy("書き込んでいます"),
        "commit": gettext_lazy("確定しています"),
    }
    seconds = 2

    def __init__(self, stream):
        self.stream = stream
        self.step = ""
        self.started = self.written_at = time.monotonic()

    def __call__(self, step, count):
        now = time.monotonic()
        since = self.started if step != self.step else self.written_at
        if now - since < self.seconds:
            return
        self.step, self.written_at = step, now
        self.stream.write(f"{now - self.started:4.0f} s  {self.steps[step]} … {count:,}")
        self.stream.flush()


def _open(paths):
    """Open every file, so that one run tells of the faults of both."""
    tables, errors = [], []
    for path in paths:
        try:
            tables.append(open_table(path))
        except ReviewSheetError as error:
            errors.append(error)
    if errors:
        raise ReviewSheetsRefused(errors)
    return tables


def _json(content):
    return json_format.dumps(content, ensure_ascii=False, indent=2)


def _summary(done, dry_run):
    labels = {
        "programs": _("施策"),
        "names": _("別名"),
        "identifiers": _("番号"),
        "budgets": _("年度予算"),
        "lineages": _("系統"),
        "organizations": _("組織"),
        "sources": _("出典"),
    }
    lines = [
        _("シート%(sheets)s枚を%(programs)s件の施策として読みました。")
        % {"sheets": f"{done.sheets:,}", "programs": f"{done.chains:,}"}
    ]
    lines += [
        _("%(label)s: 新規%(new)s、変更%(changed)s、変更なし%(unchanged)s")
        % {
            "label": labels[kind],
            "new": f"{done.new[kind]:,}",
            "changed": f"{done.changed[kind]:,}",
            "unchanged": f"{done.unchanged[kind]:,}",
        }
        for kind in KINDS
    ]
    for notice in done.notices.as_json(_):
        lines.append(f"{notice['message']} ({notice['count']:,})")
        lines += [f"    {example}" for example in notice["examples"]]
    if dry_run:
        lines.append(_("試行のため、何も保存していません。"))
    elif done.job is None:
        lines.append(_("変更はありません。"))
    else:
        lines.append(_("取込み #%(job)s として保存しました。") % {"job": done.job})
    return "\n".join(lines)
