"""Which amounts of budgets look wrong beside their tiers and beside other years."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from spreadsheets.planning.flags import AmountChange, factor_flag
from spreadsheets.planning.planned import Flag
from values.tiers import TierScale

from ..models import Tier, YearlyBudget

_Key = tuple[int, int, str]


def budget_flags(changes: Sequence[AmountChange]) -> dict[int, list[Flag]]:
    """Return the flags of new and changed budgets by their index. Two queries at most."""
    found: dict[int, list[Flag]] = defaultdict(list)
    for index, flag in (*_tier_jumps(changes), *_beside_other_years(changes)):
        found[index].append(flag)
    return found


def _tier_jumps(changes: Sequence[AmountChange]) -> Iterator[tuple[int, Flag]]:
    """Initial budgets that pass over a tier of the default scheme, as from C to A."""
    basis = YearlyBudget.Basis.INITIAL
    changed = [
        (index, change)
        for index, change in enumerate(changes)
        if change.before and change.before["basis"] == change.after["basis"] == basis
    ]
    if not changed:
        return
    scale = TierScale.of(Tier.objects.default().rules())
    for index, (before, after) in changed:
        places = [bisect_right(scale.bounds, each["amount_yen"]) for each in (before, after)]
        if all(places) and abs(places[1] - places[0]) > 1:
            letters = [scale.letters[place] for place in places]
            yield index, ["class.jump", dict(zip(("before", "after"), letters, strict=True))]


def _beside_other_years(changes: Sequence[AmountChange]) -> Iterator[tuple[int, Flag]]:
    """New amounts beside the same programme's of the year before, or else of the year after."""
    new = {index: _key(change.after) for index, change in enumerate(changes) if not change.before}
    if not new:
        return
    programs, years, bases = (set(each) for each in zip(*new.values(), strict=True))
    stored = YearlyBudget.objects.filter(
        program_id__any_of=programs,
        fiscal_year__range=(min(years) - 1, max(years) + 1),
        basis__in=bases,
    )
    names = ("program_id", "fiscal_year", "basis", "amount_yen")
    amounts = {tuple(key): amount for *key, amount in stored.values_list(*names).iterator(5_000)}
    amounts |= {_key(change.after): change.after["amount_yen"] for change in changes}
    for index, (program, year, basis) in new.items():
        amount = amounts[program, year, basis]
        for other in (year - 1, year + 1):
            if beside := amounts.get((program, other, basis)):
                if flag := factor_flag(beside, amount, fiscal_year=other):
                    yield index, flag
                break


def _key(row) -> _Key:
    return row["program_id"], row["fiscal_year"], str(row["basis"])
