"""How large a file may be, and what reading it may cost. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class Limits:
    """Every figure is the largest that is still read.

    cells counts the rectangle from A1 to the last cell that holds something. unpacked_bytes is
    the sum over the parts of an archive. memory_bytes, cpu_seconds and wall_seconds bound the
    process that opens an archive. amount is that of a record in its smallest unit: beyond it an
    amount is read, and flagged.
    """

    file_bytes: int = 20 * 2**20
    rows: int = 200_000
    columns: int = 702
    cells: int = 4_000_000
    cell_characters: int = 32_767
    unpacked_bytes: int = 400_000_000
    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 10
    wall_seconds: int = 30
    amount: int = 10_000_000_000_000

    @classmethod
    def of(cls, settings: Mapping[str, int]) -> "Limits":
        """Return the defaults overridden by `settings`; TypeError for a name there is not."""
        return replace(cls(), **settings)

    def as_dict(self) -> dict[str, int]:
        return asdict(self)
