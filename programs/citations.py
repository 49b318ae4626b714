"""What names a source, apart from amounts, of which there may be very many."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Lineage, Program, ProgramIdentifier, ProgramName

SHOWN = 100


@dataclass(frozen=True)
class CitationGroup:
    """One kind of datum: how many there are, and the first as (programme, words) pairs."""

    heading: str
    count: int
    items: list[tuple[Program, str]]


def citation_groups(source):
    """Return the groups that are not empty."""
    groups = [
        citation_group(_("名称と期間"), source.programs.all(), lambda program: (program, "")),
        citation_group(
            _("名称の移り変わり"),
            ProgramName.objects.filter(source=source).select_related("program"),
            lambda name: (name.program, name.name),
        ),
        citation_group(
            pgettext("plural", "番号"),
            ProgramIdentifier.objects.filter(source=source).select_related("program"),
            lambda identifier: (identifier.program, identifier.value),
        ),
        citation_group(
            _("前後の施策"),
            Lineage.objects.filter(source=source).select_related("from_program", "to_program"),
            lambda link: (
                link.to_program,
                f"← {link.from_program} ({link.get_kind_display()})",
            ),
        ),
    ]
    return [group for group in groups if group.count]


def citation_group(heading, rows, as_item):
    return CitationGroup(heading, rows.count(), [as_item(row) for row in rows[:SHOWN]])
