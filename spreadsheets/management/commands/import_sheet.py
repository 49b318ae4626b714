import json
from pathlib import Path

from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from records.commands import NOTHING_IMPORTED, NOWHERE_IN_A_SHEET, StoringCommand
from records.progress import ProgressLine
from values.text_key import text_key

from ... import registry
from ...importing import plan_job, start_job
from ...planning.plans import planned_issues
from ...reading import ReadError
from ...writing.applying import CannotApply, apply_job


class Command(StoringCommand):
    help = "Import a sheet: import_sheet RESOURCE FILE. Exit status 0 done, 1 refused, 2 usage."
    nothing_done = NOTHING_IMPORTED
    no_place = NOWHERE_IN_A_SHEET

    def add_arguments(self, parser):
        parser.add_argument("resource", choices=registry.names())
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--sheet")
        parser.add_argument("--encoding")
        parser.add_argument("--blank", choices=["keep", "erase"], default="keep")
        parser.add_argument("--unit", help=_("単位のない金額の単位（例 百万円）"))
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="COLUMN=VALUE",
            help=_("表にない列に、すべての行に共通の値を入れる"),
        )

    def handle(self, *, resource, file, **options):
        result = self.run(resource, file, options)
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.report(result, dry_run=options["dry_run"])
        if result["errors"]:
            raise SystemExit(1)

    def run(self, resource, file, options):
        chosen = {name: options[name] for name in ("sheet", "encoding", "blank", "unit")}
        chosen["constants"] = constants(registry.get(resource)(), options["set"])
        progress = ProgressLine(self.stderr)
        try:
            content = file.read_bytes()
        except OSError as error:
            reason = _("ファイル「%(file)s」を開けません: %(reason)s") % {
                "file": file,
                "reason": error.strerror,
            }
            return NOTHING_IMPORTED | {"errors": [fault("file.unreadable", str(file), reason)]}
        try:
            with transaction.atomic():
                job = start_job(resource, content, filename=file.name, options=chosen)
                plan_job(job, progress=progress)
                errors = [issue.as_json() for issue in planned_issues(job)]
                if not errors and not options["dry_run"]:
                    model = registry.get(resource)._meta.model
                    apply_job(job.pk, model, user=None, now=timezone.now(), progress=progress)
                result = {
                    "job": job.pk,
                    **{kind: job.counts[kind] for kind in ("new", "changed", "unchanged")},
                    "errors": errors,
                    "warnings": list(job.understood.notices),
                }
                if errors or options["dry_run"]:
                    result["job"] = None
                    transaction.set_rollback(True)
                return result
        except ReadError as error:
            place = error.place
            found = fault(error.code, error.value, error.in_words(_))
            found |= {"sheet": place.sheet, "row": place.row, "column": place.column}
            return NOTHING_IMPORTED | {"errors": [found]}
        except CannotApply as error:
            return NOTHING_IMPORTED | {"errors": [fault("plan.not_applied", "", str(error))]}
        except IntegrityError:
            # Somebody took a value, or deleted a record, between the plan and its writing.
            reason = _("書き込むと、記録のきまりに合わなくなります。何も書き込んでいません。")
            return NOTHING_IMPORTED | {"errors": [fault("plan.not_applied", "", reason)]}

    def report(self, result, *, dry_run):
        for warning in result["warnings"]:
            self.stdout.write(warning)
        for error in result["errors"]:
            place = f"{error['column']}{error['row'] or ''}"
            heading = f"「{error['heading']}」" if error["heading"] else ""
            self.stderr.write(f"{place}{heading} {error['message']}".strip())
        words = _("新規 %(new)s、変更 %(changed)s、変更なし %(unchanged)s") % result
        if result["errors"]:
            words = _("取り込みませんでした（%(count)s件の誤り）。") % {
                "count": len(result["errors"])
            }
        elif dry_run:
            words = _("確認のみ: %(words)s") % {"words": words}
        self.stdout.write(words)


def constants(resource, pairs):
    """Return {column name: value} of 区分=当初予算 or basis=当初予算; CommandError for others."""
    names = {text_key(field.column_name): name for name, field in resource.fields.items()}
    names |= {text_key(name): name for name in resource.fields}
    found = {}
    for pair in pairs:
        column, is_given, value = pair.partition("=")
        if not is_given or text_key(column) not in names:
            columns = "、".join(field.column_name for field in resource.fields.values())
            words = {"pair": pair, "columns": columns}
            message = _("--set %(pair)s は「列=値」ではありません。列は %(columns)s です。") % words
            raise CommandError(message, returncode=2)
        found[names[text_key(column)]] = value
    return found


def fault(code, value, message):
    return NOWHERE_IN_A_SHEET | {"value": value, "code": code, "message": message}
