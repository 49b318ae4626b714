from .budget import YearlyBudget
from .lineage import Lineage
from .names import AlternativeName, ProgramIdentifier, ProgramName
from .organization import Organization
from .program import EndState, Program, Theme
from .source import CodedModel, Source

__all__ = [
    "AlternativeName",
    "CodedModel",
    "EndState",
    "Lineage",
    "Organization",
    "Program",
    "ProgramIdentifier",
    "ProgramName",
    "Source",
    "Theme",
    "YearlyBudget",
]
