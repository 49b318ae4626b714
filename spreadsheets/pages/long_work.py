"""Work that may take long, answered by a redirect when it is quick, else by its progress.

The page of progress needs no script: it is sent while the work goes on, and its end leads on to
the result. The work runs in a thread with a database connection of its own. A generator that
worked between its pieces would be simpler, but a server may take each piece from another thread,
and a transaction cannot move from one connection to the next.

When the reader goes away, the next report of progress raises Abandoned inside the work. Its
transaction is taken back and nothing is half written.

A request that is inside a transaction already gets no thread: a second connection would wait
for what the first one holds.
"""

import logging
import threading
from collections.abc import Callable, Iterator

from django.db import connection, connections
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from records.progress import Progress, no_progress
from records.storage_faults import why_not_saved

from ..writing.applying import CannotApply

QUIET_SECONDS = 2
SECONDS_A_LINE = 0.5
_HERE = "<!--progress-->"

Work = Callable[[Progress], str]

logger = logging.getLogger(__name__)


class Abandoned(Exception):
    """The reader of the page of progress has gone away."""


class _Worker(threading.Thread):
    def __init__(self, work: Work) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.language = get_language()
        self.position = (0, 0)
        self.url = ""
        self.error: Exception | None = None
        self.finished = threading.Event()
        self.abandoned = threading.Event()

    def run(self) -> None:
        try:
            with override(self.language):
                self.url = self.work(self.report)
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()
            self.finished.set()

    def report(self, done: int, total: int) -> None:
        if self.abandoned.is_set():
            raise Abandoned
        self.position = (done, total)


def answer(request, work: Work, *, title: str, back: str, context: dict) -> HttpResponse:
    """Do `work` and go to the URL it returns; after two seconds show how far it is.

    `back` is where a reader can go when the work fails: then nothing was written.
    """
    if connection.in_atomic_block:
        return HttpResponseRedirect(work(no_progress))
    worker = _Worker(work)
    worker.start()
    if worker.finished.wait(QUIET_SECONDS):
        if worker.error:
            raise worker.error
        return HttpResponseRedirect(worker.url)
    page = render_to_string(
        "admin/spreadsheets/progress.html",
        {**context, "title": title},
        request=request,
    )
    head, foot = page.split(_HERE)
    response = StreamingHttpResponse(_pieces(worker, head, foot, back, get_language()))
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _pieces(worker: _Worker, head: str, foot: str, back: str, language: str) -> Iterator[str]:
    try:
        yield head
        shown = None
        while not worker.finished.wait(SECONDS_A_LINE):
            if worker.position != shown:
                shown = worker.position
                with override(language):
                    yield _line(*shown)
        with override(language):
            yield _end(worker, back)
        yield foot
    finally:
        worker.abandoned.set()


def _line(done: int, total: int) -> str:
    if not total:
        return format_html("<p><progress></progress> {}</p>\n", _("読んでいます…"))
    return format_html(
        '<p><progress value="{}" max="{}"></progress> {} / {}</p>\n',
        done,
        total,
        f"{done:,}",
        f"{total:,}",
    )


def _end(worker: _Worker, back: str) -> str:
    if worker.error:
        words = why_not_saved(worker.error)
        if isinstance(worker.error, CannotApply):
            words = str(worker.error)
        elif not words:
            words = _("途中で失敗しました。何も書き込んでいません。")
            logger.error("work in the admin failed", exc_info=worker.error)
        return format_html(
            '<p class="errornote">{} <a href="{}">{}</a></p>\n',
            words,
            back,
            _("戻る"),
        )
    return format_html(
        '<p>{0} <a href="{1}">{2}</a> <a href="{3}">{4}</a></p>\n'
        '<meta http-equiv="refresh" content="0;url={1}">\n',
        _("終わりました。"),
        worker.url,
        _("結果を見る"),
        back,
        _("戻る"),
    )
