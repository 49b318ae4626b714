"""Budget tiers: classes of amounts in yen by their lower bounds. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .language import Language


@dataclass(frozen=True)
class TierRule:
    """A class of amounts from its lower bound, in yen, to the next higher rule's."""

    letter: str
    label_ja: str
    label_en: str
    lower_bound_yen: int
    is_lower_bound_included: bool

    def label(self, language: Language) -> str:
        return (self.label_en if language == "en" else "") or self.label_ja


class TierScale(NamedTuple):
    """Tiers made ready for many amounts: in whole yen "more than n" is "n + 1 or more"."""

    bounds: tuple[int, ...]
    letters: tuple[str | None, ...]

    @classmethod
    def of(cls, tiers: Sequence[TierRule]) -> TierScale:
        ascending = sorted(
            (tier.lower_bound_yen + (not tier.is_lower_bound_included), tier.letter)
            for tier in tiers
        )
        return cls(
            tuple(bound for bound, _ in ascending), (None, *(letter for _, letter in ascending))
        )

    def letter(self, amount_yen: int) -> str | None:
        """Return the letter of the highest tier whose lower bound the amount reaches."""
        return self.letters[bisect_right(self.bounds, amount_yen)]

    def amounts(self, letter: str) -> tuple[int, int | None]:
        """Return the amounts of a tier in whole yen: its first, and the next higher tier's first.

        The second is None for the highest tier. KeyError for a letter the scale does not have.
        """
        if not letter or letter not in self.letters:
            raise KeyError(letter)
        place = self.letters.index(letter)
        higher = self.bounds[place:]
        return self.bounds[place - 1], higher[0] if higher else None
