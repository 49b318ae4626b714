from .budget import YearlyBudget
from .lineage import Lineage
from .names import (
    AlternativeName,
    NamedQuerySet,
    ProgramIdentifier,
    ProgramName,
    name_key_field,
)
from .organization import Organization
from .program import EndState, Program, ProgramQuerySet, Theme
from .source import Source
from .tier import Tier, TierScheme

__all__ = [
    "AlternativeName",
    "EndState",
    "Lineage",
    "NamedQuerySet",
    "Organization",
    "Program",
    "ProgramIdentifier",
    "ProgramName",
    "ProgramQuerySet",
    "Source",
    "Theme",
    "Tier",
    "TierScheme",
    "YearlyBudget",
    "name_key_field",
]
