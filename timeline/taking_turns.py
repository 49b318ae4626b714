"""Long drawings of one process, one after the other.

A server's threads share one interpreter: drawing at the same time they are no sooner ready, but
each holds what it has read and written so far. Short pages go on beside them.
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

_DRAWING = Lock()


def in_turn(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that waits until no other of these views is at work in this process."""

    @wraps(view)
    def waiting(*args: Any, **kwargs: Any) -> Any:
        with _DRAWING:
            return view(*args, **kwargs)

    return waiting
