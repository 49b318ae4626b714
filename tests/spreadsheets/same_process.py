"""Reading without a process of its own, so that what the child does is measured by coverage."""

import json
import subprocess
from io import BytesIO
from types import SimpleNamespace

from spreadsheets.reading import Limits
from spreadsheets.reading.workbooks.child import serve


def read_in_this_process(monkeypatch):
    """Answer as the child does, here. Its bounds are tested in test_reading_child and _hostile."""

    def run(_command, *, input, **_settings):
        head, _newline, data = input.partition(b"\n")
        request = json.loads(head)
        out = BytesIO()
        limits = Limits.of(request["limits"])
        serve(data, request["sheets"], limits, out, is_single=request["is_single"])
        return SimpleNamespace(stdout=out.getvalue())

    monkeypatch.setattr(subprocess, "run", run)
