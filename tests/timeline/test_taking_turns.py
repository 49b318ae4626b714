from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest

from timeline.taking_turns import in_turn


def test_one_waits_for_the_other():
    together = Barrier(2)

    @in_turn
    def meet():
        with pytest.raises(BrokenBarrierError):
            together.wait(0.05)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(meet), pool.submit(meet)]:
            done.result()


def test_what_fails_lets_the_next_go_on():
    @in_turn
    def fail():
        raise ZeroDivisionError

    for _time in range(2):
        with pytest.raises(ZeroDivisionError):
            fail()
