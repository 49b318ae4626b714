"""Long drawings of one process, one after the other.

A server's threads share one interpreter: drawing at the same time they are no sooner ready, but
each holds what it has read and written so far. Short pages go on beside them, as long as a thread
is left for these: who comes when the line is full is asked to come again.
"""

from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore, Lock
from typing import Any

from django.http import HttpRequest
from django.shortcuts import render

MOST_IN_LINE = 8  # half of the threads that `make run` gives a process
RETRY_AFTER_S = 10

_LINE = BoundedSemaphore(MOST_IN_LINE)
_DRAWING = Lock()


def in_turn(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that waits until no other of these views is at work in this process."""

    @wraps(view)
    def waiting(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not _LINE.acquire(blocking=False):
            response = render(request, "timeline/line_too_long.html", status=503)
            response["Retry-After"] = str(RETRY_AFTER_S)
            return response
        try:
            with _DRAWING:
                return view(request, *args, **kwargs)
        finally:
            _LINE.release()

    return waiting
