"""What commands that write records have in common: how they end when nothing can be stored."""

import json
import sys
from collections.abc import Mapping
from typing import ClassVar

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _

from .storage_faults import StorageFault, storage_fault

NOTHING_IMPORTED = {"job": None, "new": 0, "changed": 0, "unchanged": 0, "warnings": []}
NOWHERE_IN_A_SHEET = {"sheet": "", "row": 0, "column": "", "heading": "", "value": ""}


class StoringCommand(BaseCommand):
    """A command whose work is one transaction. A fault of the storage ends it with exit status 1.

    It is said in one sentence on standard error, with --json in the "errors" of one object.
    """

    nothing_done: ClassVar[Mapping[str, object]] = {}
    """What --json prints beside the errors when nothing was done."""
    no_place: ClassVar[Mapping[str, object]] = {"line": 0, "value": ""}
    """The place of an error that stands nowhere in the file."""

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except (DatabaseError, InterfaceError, OSError) as error:
            fault = storage_fault(error)
            if fault is None or options.get("traceback"):
                raise
            self.end_with(fault, as_json=options.get("json"))

    def end_with(self, fault: StorageFault, *, as_json: bool | None):
        message = self.words_of(fault)
        if as_json:
            error = {**self.no_place, "code": fault.code, "message": message}
            found = {**self.nothing_done, "errors": [error]}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stderr.write(message)
        sys.exit(1)

    def words_of(self, fault: StorageFault) -> str:
        return fault.in_words(_("何も書き込んでいません。"))
