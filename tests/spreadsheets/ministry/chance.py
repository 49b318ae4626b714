"""Where the choices of a random sheet come from: a seeded dice, or hypothesis, which shrinks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

Any_ = TypeVar("Any_")


@dataclass
class Chance:
    """`number_of(most)` gives a number from 0 to `most`; the simplest choice is always 0."""

    number_of: Callable[[int], int]

    def number(self, least: int, most: int) -> int:
        return least + self.number_of(most - least)

    def pick(self, choices: Sequence[Any_]) -> Any_:
        return choices[self.number_of(len(choices) - 1)]

    def odds(self, percent: int) -> bool:
        return self.number_of(99) >= 100 - percent

    def some(self, choices: Sequence[Any_], least: int, most: int) -> list[Any_]:
        """Return between `least` and `most` of the choices, in their own order."""
        left = list(choices)
        for _time in range(len(choices) - self.number(least, min(most, len(choices)))):
            left.pop(len(left) - 1 - self.number_of(len(left) - 1))
        return left


def thrown(seed: Any) -> Chance:
    dice = Random(seed)
    return Chance(lambda most: dice.randint(0, most))


def drawn(draw: Callable[[Any], int]) -> Chance:
    return Chance(lambda most: draw(st.integers(0, most)))
