"""A programme's relatives as its page groups them: in time, and as whole and part."""

from dataclasses import dataclass

from .models import Lineage


@dataclass(frozen=True)
class Relatives:
    """Links by what the other programme is to this one."""

    before: list[Lineage]
    after: list[Lineage]
    wholes: list[Lineage]
    parts: list[Lineage]


def relatives(program):
    to_others, from_others = program.lineage_to.all(), program.lineage_from.all()
    return Relatives(
        before=[link for link in from_others if link.kind != Lineage.Kind.PART_OF],
        after=[link for link in to_others if link.kind != Lineage.Kind.PART_OF],
        wholes=[link for link in to_others if link.kind == Lineage.Kind.PART_OF],
        parts=[link for link in from_others if link.kind == Lineage.Kind.PART_OF],
    )
