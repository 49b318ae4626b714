from django.core.management.base import CommandError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from records.commands import StoringCommand
from records.progress import ProgressLine

from ... import registry
from ...models import ImportJob
from ...planning.plans import planned_issues
from ...writing.applying import CannotApply, apply_job
from ...writing.undoing import plan_undo


class Command(StoringCommand):
    help = "Take an import back: undo_import ID. Rows edited since are listed and left alone."

    def add_arguments(self, parser):
        parser.add_argument("job", type=int)

    def handle(self, *, job, **options):
        found = ImportJob.objects.filter(pk=job).first()
        if found is None:
            raise CommandError(_("取込み #%(job)s はありません。") % {"job": job})
        if found.resource in registry.commands():
            raise CommandError(
                _("取込み #%(job)s は専用のコマンドによるもので、元に戻せません。") % {"job": job}
            )
        model = registry.get(found.resource)._meta.model
        try:
            undo = plan_undo(found, model, user=None)
        except ValueError as error:
            raise CommandError(str(error)) from error
        for issue in planned_issues(undo):
            self.stderr.write(str(issue))
        try:
            apply_job(
                undo.pk,
                model,
                user=None,
                now=timezone.now(),
                good_rows_only=True,
                progress=ProgressLine(self.stderr),
            )
        except CannotApply as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            message = _("書き込むと、記録のきまりに合わなくなります。何も書き込んでいません。")
            raise CommandError(message) from error
        counts = {"restored": undo.counts["changed"], "deleted": undo.counts.get("deleted", 0)}
        counts["remaining"] = undo.counts["refused"]
        self.stdout.write(
            _("元に戻しました: %(restored)s件、削除 %(deleted)s件、残した行 %(remaining)s件")
            % counts
        )
