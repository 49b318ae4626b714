"""The evidence that two sheets are of one programme, from the strongest to the weakest. Pure.

1. 事業ID of the extract with the same name    2. ministry and name, from one year to the next
3. a pointer, or 事業ID with another name, that the amounts of the common years confirm
4. ministry and the same past under another name; then name and past after years without a sheet
5. ministry and name without what stands in brackets    6. name and past in another ministry
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from ..tables.notices import RunNotices
from ..tables.review_sheet import ReviewSheet
from .agreement import Agreement, agreement, name_likeness, traces
from .chains import Chains

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_GAPS = (1, 2, 3)
_ENOUGH_AMOUNTS = 4
_LIKE, _FAINTLY_LIKE = 0.5, 0.3

Evidence = tuple[float, int, int]


def link(sheets: Sequence[ReviewSheet], notices: RunNotices) -> Chains:
    """Return the chains that `sheets` form."""
    chains = Chains(sheets, notices)
    _link_ids(chains)
    _link_names(chains, _full_name, gap=1)
    _link_pointers(chains)
    _link_ids_confirmed(chains)
    for gap in _GAPS:
        _link_names(chains, _full_name, gap)
        _link_pasts(chains, gap)
    for gap in _GAPS:
        _link_names(chains, _bare_name, gap)
        _link_moved(chains, gap)
    return chains


def _link_ids(chains: Chains) -> None:
    for places in _by_id(chains).values():
        for first, second in pairwise(places):
            if chains.sheets[first].name_key == chains.sheets[second].name_key:
                chains.join(first, second)


def _link_ids_confirmed(chains: Chains) -> None:
    """An id that the extract gave to several sheets of a year proves nothing by itself."""
    for places in _by_id(chains).values():
        for first, second in pairwise(places):
            one, other = chains.sheets[first], chains.sheets[second]
            is_likely = name_likeness(one.name_key, other.name_key) >= _LIKE
            found = agreement(one, other)
            if one.year != other.year and not found.differing and (found.shared or is_likely):
                chains.join_or_note(first, second)


def _by_id(chains: Chains) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, sheet in enumerate(chains.sheets):
        if sheet.judgit_id:
            places[sheet.judgit_id].append(place)
    for found in places.values():
        found.sort(key=lambda place: chains.sheets[place].order)
    return places


def _link_names(chains: Chains, key_of: Callable[[ReviewSheet], str], gap: int) -> None:
    """Join sheets of one ministry and name, `gap` years apart.

    Among several of a year, those of the same past are joined.
    """
    places: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for place, sheet in enumerate(chains.sheets):
        if key := key_of(sheet):
            places[sheet.ministry, key, sheet.year].append(place)
    for (ministry, key, year), earlier in sorted(places.items()):
        later = places.get((ministry, key, year + gap), [])
        if len(earlier) == len(later) == 1:
            one, other = chains.sheets[earlier[0]], chains.sheets[later[0]]
            if key == one.name_key == other.name_key or agreement(one, other).differing == 0:
                chains.join(earlier[0], later[0])
        elif later:
            _join_best(chains, _pairs_with_same_past(chains, earlier, later))


def _full_name(sheet: ReviewSheet) -> str:
    return sheet.name_key


def _bare_name(sheet: ReviewSheet) -> str:
    """Return the name without brackets, unless little else is left of it."""
    bare = _BRACKETED.sub("", sheet.name_key)
    return bare if 2 * len(bare) >= len(sheet.name_key) else ""


def _pairs_with_same_past(
    chains: Chains, earlier: Iterable[int], later: Sequence[int]
) -> Iterable[Evidence]:
    for first in earlier:
        for second in later:
            found = agreement(chains.sheets[first], chains.sheets[second])
            if found.shared and not found.differing:
                yield found.score, first, second


def _join_best(chains: Chains, pairs: Iterable[Evidence]) -> None:
    """Join the best pairs first, each end once; a tie for an end is no evidence."""
    ranked = sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))
    best: dict[int, list[float]] = defaultdict(list)
    for score, first, second in ranked:
        best[first].append(score)
        best[~second].append(score)
    for score, first, second in ranked:
        if best[first].count(score) == 1 and best[~second].count(score) == 1:
            chains.join(first, second)


def _link_moved(chains: Chains, gap: int) -> None:
    """Join what one ministry ends and another begins, if name and amounts agree and only they."""
    for ended, begun in _neighbours(chains, _full_name, gap):
        if len(ended) == len(begun) == 1:
            found = agreement(chains.sheets[ended[0]], chains.sheets[begun[0]])
            if found.shared and not found.differing:
                chains.join(ended[0], begun[0])


def _link_pointers(chains: Chains) -> None:
    """Follow each pointer whose target has the same name or the same past."""
    for place, target in pointed(chains.sheets):
        if confirms(chains.sheets[target], chains.sheets[place]):
            chains.join(target, place)


def pointed(sheets: Sequence[ReviewSheet]) -> Iterable[tuple[int, int]]:
    """Yield each sheet that points to another, and where that one is.

    The extract of 2018 often states the year of a programme's first sheet beside the number of
    its sheet of 2017: the number is looked for in the year before, too.
    """
    by_number = {(sheet.year, sheet.ministry, sheet.number): at for at, sheet in enumerate(sheets)}
    for place, sheet in enumerate(sheets):
        for pointer in sheet.pointers:
            for year in dict.fromkeys((pointer.year, sheet.year - 1)):
                target = by_number.get((year, pointer.ministry, pointer.number))
                if target is not None and year < sheet.year:
                    yield place, target


def confirms(earlier: ReviewSheet, later: ReviewSheet) -> bool:
    """Whether name or amounts confirm that two sheets are of one programme."""
    found = agreement(earlier, later)
    if earlier.name_key == later.name_key:
        return True
    return found.shared > 0 and found.differing == 0


def _link_pasts(chains: Chains, gap: int) -> None:
    """Join what ends in a year with what begins `gap` years later and reports the same amounts."""
    for ended, begun in _neighbours(chains, lambda sheet: sheet.ministry, gap):
        _join_best(chains, _renamed(chains, ended, begun))


def _neighbours(
    chains: Chains, key_of: Callable[[ReviewSheet], str], gap: int
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the last sheets of chains, and the first ones of chains that begin `gap` years later.

    Both are of one key; the last sheets share their year.
    """
    ends: dict[tuple[str, int], list[int]] = defaultdict(list)
    begins: dict[tuple[str, int], list[int]] = defaultdict(list)
    for chain in chains.all():
        first, last = chains.sheets[chain[0]], chains.sheets[chain[-1]]
        ends[key_of(last), last.year].append(chain[-1])
        begins[key_of(first), first.year].append(chain[0])
    for (key, year), ended in sorted(ends.items()):
        if begun := begins.get((key, year + gap)):
            yield ended, begun


def _renamed(chains: Chains, ended: Sequence[int], begun: Sequence[int]) -> Iterable[Evidence]:
    """Yield pairs with enough in common, better ones with a higher score."""
    holding: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for place in begun:
        for trace in traces(chains.sheets[place].amounts):
            holding[trace].append(place)
    for place in ended:
        sheet = chains.sheets[place]
        for other in sorted({o for t in traces(sheet.amounts) for o in holding.get(t, ())}):
            found = agreement(sheet, chains.sheets[other])
            likeness = name_likeness(sheet.name_key, chains.sheets[other].name_key)
            if _is_renamed(found, likeness, sheet.start == chains.sheets[other].start):
                yield found.score + likeness, place, other


def _is_renamed(found: Agreement, likeness: float, starts_agree: bool) -> bool:
    """Weigh shared amounts against the names: what shares little in name must share its past."""
    if found.score <= 0:
        return False
    if found.differing:
        return starts_agree and likeness >= _FAINTLY_LIKE
    if found.shared >= _ENOUGH_AMOUNTS:
        return True
    if found.shared == _ENOUGH_AMOUNTS - 1:
        return likeness >= _FAINTLY_LIKE
    return starts_agree and likeness >= _LIKE
