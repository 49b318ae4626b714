"""How far long work is: what it reports to, and a line that says it after two seconds."""

import time
from collections.abc import Callable
from typing import TextIO

Progress = Callable[[int, int], None]
"""Called with (done, total); a total of 0 says that it is not known yet."""


def no_progress(done: int, total: int) -> None:
    """Where nobody looks."""


class ProgressLine:
    """A Progress that writes a line at most twice a second."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.started = self.written = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.started < 2 or (now - self.written < 0.5 and done < total):
            return
        self.written = now
        self.stream.write(f"{done:,} / {total:,}", ending="\r" if done < total else "\n")
