"""What looks wrong in a planned row though it may be right: it is flagged, not refused.

A flag is (code, {parameter: value}), kept with its row. A factor is looked for between an amount
and what the record has now: a unit taken for another one (円, 千円, 万円, 百万円, 億円) multiplies
by 10³, 10⁴, 10⁶ or 10⁸. 10² stands apart, since budgets do grow by that.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from values.messages import gettext_noop
from values.money import format_short

from ..reading import Limits
from .planned import Flag

FACTORS = (10**3, 10**4, 10**6, 10**8)
_WITHIN = 0.1

_CHECK_UNIT = gettext_noop("単位が違っていないか確かめてください。")
_SENTENCES = {
    "amount.multiplied": gettext_noop(
        "金額が今の約%(factor)s倍になります（%(before)s → %(after)s）。"
    ),
    "amount.divided": gettext_noop(
        "金額が今の約%(factor)s分の1になります（%(before)s → %(after)s）。"
    ),
    "amount.beside_multiplied": gettext_noop(
        "金額が%(fiscal_year)s年度の約%(factor)s倍です（%(before)s と %(after)s）。"
    ),
    "amount.beside_divided": gettext_noop(
        "金額が%(fiscal_year)s年度の約%(factor)s分の1です（%(before)s と %(after)s）。"
    ),
    "amount.large": gettext_noop("金額%(after)sは、ふつうの上限%(bound)sを超えます。"),
}
_OTHERS = {
    "class.jump": gettext_noop(
        "予算の階級が%(before)sから%(after)sへ、間を飛ばして変わります。金額を確かめてください。"
    ),
}
_AMOUNTS = ("before", "after", "bound")


class AmountChange(NamedTuple):
    """A row before, None for a new one, and after: values by attname, an amount among them."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


def flag_text(code: str, parameters: Mapping[str, Any]) -> str:
    """Return a flag in the active language."""
    if code in _OTHERS:
        return _(_OTHERS[code]) % parameters
    words = dict(parameters)
    for name in _AMOUNTS:
        if name in words:
            words[name] = format_short(words[name], get_language())
    if "factor" in words:
        words["factor"] = f"{words['factor']:,}"
    return _(_SENTENCES[code]) % words + _(_CHECK_UNIT)


def factor_between(before: int, after: int) -> int:
    """Return by which of FACTORS one amount is about the other, negative where it is less; or 0."""
    if not before or not after:
        return 0
    ratio = abs(after / before)
    for factor in FACTORS:
        if abs(ratio / factor - 1) <= _WITHIN:
            return factor
        if abs(ratio * factor - 1) <= _WITHIN:
            return -factor
    return 0


def factor_flag(before: int, after: int, *, fiscal_year: int | None = None) -> Flag | None:
    """Return the flag of an amount beside what it was, or beside that of another year."""
    factor = factor_between(before, after)
    if not factor:
        return None
    what = "multiplied" if factor > 0 else "divided"
    words = {"factor": abs(factor), "before": before, "after": after}
    if fiscal_year is None:
        return [f"amount.{what}", words]
    return [f"amount.beside_{what}", words | {"fiscal_year": fiscal_year}]


def amount_flags(resource, changes: Sequence[AmountChange]) -> dict[int, list[Flag]]:
    """Return the flags of changes by their index: those of any Resource, then its own."""
    if not changes:
        return {}
    name, _unit = resource.amount_and_unit
    bound = Limits.of(getattr(settings, "SPREADSHEETS", {})).amount
    found: dict[int, list[Flag]] = defaultdict(list)
    for index, (before, after) in enumerate(changes):
        amount = after[name]
        if amount is None:
            continue
        if before and (flag := factor_flag(before[name] or 0, amount)):
            found[index].append(flag)
        if abs(amount) > bound:
            found[index].append(["amount.large", {"after": amount, "bound": bound}])
    for index, flags in resource.flags(changes).items():
        found[index] += flags
    return dict(found)
