"""Bulk work without the garbage collector. Pure."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Do not look for cycles meanwhile.

    Rows of cells hold none, but a list a row makes Python scan all of them again and again: half
    of the time that reading 100,000 rows takes. Reference counting goes on.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
