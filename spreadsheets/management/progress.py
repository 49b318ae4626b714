"""A line that says how far long work is, once it has taken two seconds."""

import time
from typing import TextIO


class ProgressLine:
    """A progress callback: call it with (done, total). Writes at most twice a second."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.started = self.written = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.started < 2 or (now - self.written < 0.5 and done < total):
            return
        self.written = now
        self.stream.write(f"{done:,} / {total:,}", ending="\r" if done < total else "\n")
