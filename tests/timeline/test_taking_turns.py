from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BoundedSemaphore, BrokenBarrierError, Event, Semaphore

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from timeline.taking_turns import MOST_IN_LINE, in_turn

REQUEST = RequestFactory().get("/programs/timeline/")


def test_one_waits_for_the_other():
    together = Barrier(2)

    @in_turn
    def meet(_request):
        with pytest.raises(BrokenBarrierError):
            together.wait(0.05)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(meet, REQUEST), pool.submit(meet, REQUEST)]:
            done.result()


def test_what_fails_lets_the_next_go_on():
    @in_turn
    def fail(_request):
        raise ZeroDivisionError

    for _time in range(MOST_IN_LINE + 1):
        with pytest.raises(ZeroDivisionError):
            fail(REQUEST)


class Line(BoundedSemaphore):
    """One that tells who has entered."""

    def __init__(self):
        super().__init__(MOST_IN_LINE)
        self.entered = Semaphore(0)

    def acquire(self, *args, **kwargs):
        has_entered = super().acquire(*args, **kwargs)
        if has_entered:
            self.entered.release()
        return has_entered


def test_eight_stand_in_line_and_the_ninth_is_asked_to_come_again(monkeypatch):
    line, go_on = Line(), Event()
    monkeypatch.setattr("timeline.taking_turns._LINE", line)

    @in_turn
    def draw(_request):
        go_on.wait(10)
        return HttpResponse("drawn")

    with ThreadPoolExecutor(8) as pool:
        drawings = [pool.submit(draw, REQUEST) for _number in range(8)]
        assert all(line.entered.acquire(timeout=10) for _number in range(8))
        refused = draw(REQUEST)
        go_on.set()
        assert [each.result().content for each in drawings] == [b"drawn"] * 8
    words = refused.content.decode()
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert "いま図の順番を待つ人が多いため、描けませんでした。少し待ってから" in words
    assert words.count("<h1>") == 1
    assert draw(REQUEST).content == b"drawn"
