"""Pointers between sheets of different chains: merged, split or succeeded programmes. Pure.

Only a pointer to the year before is believed here. A programme that went on by itself was not
merged into another, and one that had a sheet before was not split off; a split or a successor
must share letters with its origin, because the extract holds wrong numbers. The rest is noted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from ..tables.notices import RunNotices
from .agreement import name_likeness
from .chains import Chains
from .linking import pointed

_LIKE = 0.15


@dataclass(frozen=True, slots=True)
class Descent:
    """The chain of the sheet at `origin` became, in part or whole, that of the one at `result`."""

    origin: int
    result: int
    kind: Literal["merged", "split", "succeeded"]
    fiscal_year: int


def descents(chains: Chains, notices: RunNotices) -> list[Descent]:
    """Return what the pointers tell beyond the chains, one descent for two chains."""
    sheets = chains.sheets
    sources: dict[int, set[int]] = defaultdict(set)
    results: dict[int, set[int]] = defaultdict(set)
    for place, target in pointed(sheets):
        sources[place].add(target)
        results[target].add(place)
    found: dict[tuple[int, int], Descent] = {}
    for place, targets in sorted(sources.items()):
        year = sheets[place].year
        own = chains.chain_of(place)
        if any(chains.chain_of(target) == own for target in targets) and len(targets) == 1:
            continue
        for target in sorted(targets):
            origin = chains.chain_of(target)
            if origin == own:
                continue
            kind = _kind(
                is_recent=sheets[target].year == year - 1,
                begins=min(chains.years_of(place)) == year,
                ended=max(chains.years_of(target)) == sheets[target].year,
                sources=len(targets),
                results=len(results[target]),
                likeness=name_likeness(sheets[target].name_key, sheets[place].name_key),
            )
            if kind is None:
                notices.add("pointer.unconfirmed", f"{sheets[place]} → {sheets[target]}")
            else:
                found.setdefault((origin, own), Descent(target, place, kind, year))
    return list(found.values())


def _kind(
    *, is_recent: bool, begins: bool, ended: bool, sources: int, results: int, likeness: float
) -> Literal["merged", "split", "succeeded"] | None:
    if not is_recent:
        return None
    if ended and sources > 1:
        return "merged"
    if not begins or likeness < _LIKE:
        return None
    if results > 1:
        return "split"
    if ended:
        return "succeeded"
    return None
