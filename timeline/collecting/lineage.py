"""A programme's family: everything that it came from, became, belongs to or consists of."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from programs.models import Lineage, Program, ProgramName

from ..figure.lineage import LineageChart, LineageLink, LineageProgram, NameSpan, draw_lineage

FARTHEST = 8
LARGEST = 60


@dataclass(frozen=True)
class Family:
    """`links` are records with both programmes and the source, in the order of years."""

    programs: dict[str, Program]
    links: list[Lineage]
    chart: LineageChart | None

    @property
    def is_shown(self) -> bool:
        """Whether there is more to see than one name over one bar."""
        return bool(self.links) or any(len(bar.names) > 1 for bar in self.bars)

    def has_distant_links(self, program: Program) -> bool:
        """Whether any link is between two others than `program`."""
        return any(program not in (link.from_program, link.to_program) for link in self.links)

    @property
    def bars(self):
        return self.chart.bars if self.chart else ()


def family(program: Program, *, this_year: int) -> Family:
    """Return the family of `program`: a query for each step away, at most FARTHEST, and one more.

    A step that would make it larger than LARGEST is left out.
    """
    links: dict[int, Lineage] = {}
    members, frontier = {program.pk: program}, {program.pk}
    for _ in range(FARTHEST):
        found = Lineage.objects.filter(
            Q(from_program__in=frontier) | Q(to_program__in=frontier)
        ).select_related("from_program", "to_program", "source")
        near = {row.pk: row for link in found for row in (link.from_program, link.to_program)}
        if len(members | near) > LARGEST:
            break
        links |= {link.pk: link for link in found}
        frontier = near.keys() - members.keys()
        members |= {pk: near[pk] for pk in frontier}
        if not frontier:
            break
    former: dict[int, list[ProgramName]] = {}
    for name in ProgramName.objects.filter(
        program__in=members, kind=ProgramName.Kind.FORMER, last_fiscal_year__isnull=False
    ).order_by("last_fiscal_year", "first_fiscal_year", "name"):
        former.setdefault(name.program_id, []).append(name)
    ordered = sorted(links.values(), key=lambda link: (link.fiscal_year or 9999, link.pk))
    chart = draw_lineage(
        [_drawn(row, former.get(row.pk, [])) for row in members.values()],
        [
            LineageLink(link.from_program.code, link.to_program.code, link.kind, link.fiscal_year)
            for link in ordered
        ],
        this_year=this_year,
    )
    return Family({row.code: row for row in members.values()}, ordered, chart)


def _drawn(program: Program, former: list[ProgramName]) -> LineageProgram:
    spans = [NameSpan(name.name, name.first_fiscal_year) for name in former]
    name = (program.name_en if get_language() == "en" else "") or program.name_ja
    since = former[-1].last_fiscal_year + 1 if former else None
    return LineageProgram(
        code=program.code,
        names=(*spans, NameSpan(name, since)),
        start_fiscal_year=program.start_fiscal_year,
        end_fiscal_year=program.end_fiscal_year,
        end_state=program.end_state,
    )
