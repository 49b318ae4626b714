"""Refused rows by cause: the same value in the same column, refused for the same reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ...models import ImportJob
from ...planning.issues import Issue
from ...planning.plans import planned_issues

SHOWN_GROUPS = 20
SHOWN_PLACES = 8


@dataclass
class IssueGroup:
    """`column` is the name under which options["values"] answers, "" where no answer can.

    places   the first rows or addresses; `count` is how many rows there are
    """

    issue: Issue
    column: str
    remembers: bool = False
    count: int = 0
    places: list[str] = field(default_factory=list)

    @property
    def can_be_read_as(self) -> bool:
        return bool(self.column and self.issue.value)

    @property
    def text(self) -> str:
        """The reason; one that names the other row is said for all of them."""
        if self.issue.code == "key.duplicate":
            return _("ほかの行と同じものを指しています。")
        return self.issue.message

    @property
    def rows_text(self) -> str:
        return _("%(count)s 行") % {"count": f"{self.count:,}"}

    @property
    def places_text(self) -> str:
        shown = "、".join(self.places)
        return shown + "…" if self.count > len(self.places) else shown

    def add(self, issue: Issue, *, with_sheet: bool) -> None:
        if issue.near and not self.issue.near:
            self.issue = issue
        self.count += 1
        if len(self.places) < SHOWN_PLACES:
            row = _("%(row)s行目") % {"row": issue.row}
            self.places.append(f"{issue.sheet} {row}" if with_sheet else row)


def issue_groups(job: ImportJob, *, may_name: Callable[[str], bool]) -> Sequence[IssueGroup]:
    """Return the causes for which rows are refused, those of most rows first.

    `may_name` says of a column whether what is typed may become another name of the record meant.
    """
    names = {(each.letter, each.text): each.name for each in job.understood.columns}
    sheets = {sheet for sheet, _row in job.understood.headed_at}
    groups: dict[tuple[str, ...], IssueGroup] = {}
    seen: set[tuple] = set()
    for issue in planned_issues(job):
        cause = (issue.heading, issue.value, issue.code)
        if not issue.column:
            cause = (*cause, "" if issue.code == "key.duplicate" else issue.message)
        group = groups.get(cause)
        if group is None:
            column = names.get((issue.column, issue.heading)) or ""
            group = groups[cause] = IssueGroup(issue, column, bool(column) and may_name(column))
        if (place := (cause, issue.sheet, issue.row)) not in seen:
            seen.add(place)
            group.add(issue, with_sheet=len(sheets) > 1)
    return sorted(groups.values(), key=lambda group: -group.count)
