import json
from argparse import ArgumentTypeError
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.commands import NOTHING_IMPORTED, NOWHERE_IN_A_SHEET, StoringCommand
from records.progress import ProgressLine

from ... import registry
from ...importing import plan_file, start_job
from ...planning.plans import save_plan
from ...reading import ReadError
from ...writing.applying import CannotApply, apply_job
from ..answers import flag_that_answers, mapping_of, options_of
from ..plan_warnings import all_warnings

NOTHING = {**NOTHING_IMPORTED, "understood": "", "left_out": []}


class Command(StoringCommand):
    help = "Import a sheet: import_sheet RESOURCE FILE. Exit status 0 done, 1 refused, 2 usage."
    nothing_done = NOTHING
    no_place = NOWHERE_IN_A_SHEET

    def add_arguments(self, parser):
        several = {"action": "append", "default": []}
        parser.add_argument("resource", choices=registry.names())
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--sheet", **several, metavar="NAME", help=_("読むシート"))
        parser.add_argument("--table", **several, metavar="KEY", help=_("読む表（例 推移!A2）"))
        parser.add_argument("--encoding")
        parser.add_argument("--blank", choices=["keep", "erase"], default="keep")
        parser.add_argument(
            "--rows",
            choices=["all", "good"],
            default="all",
            help=_("good: 誤りのない行だけを書き込む"),
        )
        parser.add_argument(
            "--header-row", type=row_of_sheet, metavar="N", help=_("見出しの最初の行")
        )
        parser.add_argument(
            "--heading-rows", type=int, choices=range(1, 5), metavar="N", help=_("見出しの行数")
        )
        parser.add_argument("--unit", help=_("単位のない金額の単位（例 百万円）"))
        parser.add_argument(
            "--map", **several, metavar="HEADING=FIELD", help=_("見出しを列として読む")
        )
        parser.add_argument("--unused", **several, metavar="HEADING", help=_("使わない見出し"))
        parser.add_argument(
            "--unused-rest", action="store_true", help=_("分からない見出しはすべて使わない")
        )
        parser.add_argument(
            "--set",
            **several,
            metavar="FIELD=VALUE",
            help=_("表にない列と空欄に、すべての行に共通の値を入れる"),
        )
        parser.add_argument("--source", metavar="ID", help=_("出典のない行の出典"))

    def handle(self, *, resource, file, **flags):
        result = self.run(resource, file, flags)
        good_rows = flags["rows"] == "good"
        if flags["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.report(result, dry_run=flags["dry_run"], good_rows=good_rows)
        if result["errors"] and not (good_rows and result["understood"]):
            raise SystemExit(1)

    def run(self, resource, file, flags):
        schema = registry.get(resource)()
        options = options_of(schema, flags)
        try:
            content = file.read_bytes()
        except OSError as error:
            reason = _("ファイル「%(file)s」を開けません: %(reason)s") % {
                "file": file,
                "reason": error.strerror,
            }
            return refused("file.unreadable", reason, value=str(file))
        try:
            options["mapping"] = mapping_of(schema, content, options, flags)
            return self.bring_in(resource, file.name, content, options, flags)
        except ReadError as error:
            reason = f"{error.in_words(_)}{flag_that_answers(error)}"
            return refused(error.code, reason, value=error.value, place=error.place)
        except CannotApply as error:
            return refused("plan.not_applied", str(error))
        except IntegrityError:
            # Somebody took a value, or deleted a record, between the plan and its writing.
            reason = _("書き込むと、記録のきまりに合わなくなります。何も書き込んでいません。")
            return refused("plan.not_applied", reason)

    def bring_in(self, resource, filename, content, options, flags):
        """Plan in memory, so that others may write meanwhile, and store only what is written."""
        progress = ProgressLine(self.stderr)
        understood, plan = plan_file(resource, content, options, progress=progress)
        errors = [issue.as_json() for issue in plan.issues]
        warnings = all_warnings(resource, content, understood, plan)
        is_written = not flags["dry_run"] and (flags["rows"] == "good" or not errors)
        result = {
            "job": None,
            **{kind: plan.counts()[kind] for kind in ("new", "changed", "unchanged")},
            "understood": understood.sentence[get_language()],
            "left_out": list(understood.left_out),
            "errors": errors,
            "warnings": warnings,
        }
        if not is_written:
            return result
        with transaction.atomic():
            job = start_job(resource, content, filename=filename, options=options)
            job.understood = understood
            save_plan(job, plan)
            apply_job(
                job.pk,
                registry.get(resource)._meta.model,
                user=None,
                now=timezone.now(),
                good_rows_only=flags["rows"] == "good",
                progress=progress,
            )
        return result | {"job": job.pk}

    def report(self, result, *, dry_run, good_rows):
        for line in (*result["left_out"], *result["warnings"]):
            self.stdout.write(line)
        have_sheets = len({error["sheet"] for error in result["errors"]}) > 1
        for error in result["errors"]:
            sheet = f"{error['sheet']}!" if have_sheets and error["sheet"] else ""
            place = f"{sheet}{error['column']}{error['row'] or ''}"
            heading = f"「{error['heading']}」" if error["heading"] else ""
            self.stderr.write(f"{place}{heading} {error['message']}".strip())
        words = _("新規 %(new)s、変更 %(changed)s、変更なし %(unchanged)s") % result
        count = len(result["errors"])
        if count and not (good_rows and result["understood"]):
            words = _("取り込みませんでした（%(count)s件の誤り）。") % {"count": count}
        elif count:
            words = _("%(words)s（%(count)s件の誤りのある行を除く）") % {
                "words": words,
                "count": count,
            }
        if dry_run and result["understood"]:
            words = _("確認のみ: %(words)s") % {"words": words}
        self.stdout.write(words)


def row_of_sheet(text):
    """Read a row's number, which counts from 1."""
    number = int(text)
    if number < 1:
        raise ArgumentTypeError(_("行の番号は1からです。"))
    return number


def refused(code, message, *, value="", place=None):
    where = {"sheet": place.sheet, "row": place.row, "column": place.column} if place else {}
    error = {**NOWHERE_IN_A_SHEET, **where, "value": value, "code": code, "message": message}
    return {**NOTHING, "errors": [error]}
