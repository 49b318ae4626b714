"""The sheets of events and of a timeline's rows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programs.models import Program
from programs.names import Match
from programs.resources import FiscalYearCell
from spreadsheets.planning.issues import Issue
from spreadsheets.reading import ReadError
from spreadsheets.registry import register
from spreadsheets.resources.cells import KeyCell, ParsedCell, cell_text
from spreadsheets.resources.resource import SheetResource
from spreadsheets.understanding.columns import Column, YearColumns
from values.messages import Message, gettext_noop
from values.partial_date_text import parse
from values.text_key import text_key

from .figure.vocabulary import MARK, NO_GROUP
from .models import Event, Timeline, TimelineRow
from .rows.labels import RecordNames


class PartialDateCell(ParsedCell):
    """Reads a date as people write it; writes 2019-03-14, 2019-03, 2019, or FY2018."""

    accepts = "日付を分かるところまで。"

    def __init__(self):
        super().__init__(parse, write=lambda date: date.stored)


@register("events")
class EventResource(SheetResource):
    cell_widgets = {
        "date": PartialDateCell(),
        "end_date": PartialDateCell(),
        "stated_fiscal_year": FiscalYearCell(),
    }
    aliases = {"name_ja": ("出来事", "イベント", "event"), "date": ("年月日", "開催日", "公表日")}

    class Meta:
        model = Event
        import_id_fields = ["code"]
        fields = [
            "code",
            "name_ja",
            "name_en",
            "kind",
            "date",
            "end_date",
            "stated_fiscal_year",
            "fiscal_year_reason",
            "program",
            "organizations",
            "url",
            "source",
        ]


@dataclass(frozen=True)
class PrintedRow:
    position: int
    printed_label: str
    match: Match


def no_labels():
    return ReadError(
        "column.missing",
        "印刷された名",
        reason=Message(gettext_noop("年度の列がありますが、「印刷された名」の列がありません。")),
        remedy=Message(
            gettext_noop("施策や出来事の名の列に、見出し「印刷された名」を付けてください。")
        ),
    )


def records_beside_years(heading):
    return ReadError(
        "column.contradicts",
        heading,
        reason=Message(
            gettext_noop("「%(heading)s」の列と年度の列が、一つの表にあります。"),
            {"heading": heading},
        ),
        remedy=Message(
            gettext_noop("年度の列を消すか、名の列の見出しを「印刷された名」だけにしてください。")
        ),
    )


class PrintedRows:
    """The rows that a timeline has now, by what the figure prints of them in either language.

    Of two rows with one label neither is meant.
    """

    def __init__(self, slug):
        self._rows = {}
        rows = TimelineRow.objects.filter(timeline__slug=slug or "")
        for row in rows.select_related("program", "event"):
            record = row.program or row.event
            known = PrintedRow(row.position, row.printed_label, Match((record,) if record else ()))
            labels = {row.printed_label or (record.name_ja if record else "")}
            labels |= {record.name_en} if record else set()
            for label in filter(None, labels):
                self._rows[label] = None if label in self._rows else known

    def row(self, label):
        return self._rows.get(label)


@register("timeline-rows")
class TimelineRowResource(SheetResource):
    """Rows as records, or the figure itself: 区分, label, one column a fiscal year with ▲."""

    cell_widgets = {"timeline": KeyCell(Timeline, ["slug"])}
    virtual_columns = (
        Column("group", ("区分", "group"), carry_down=True, unless="position"),
        Column(
            "printed_label",
            ("印刷された名", "施策・出来事", "施策", "printed label", "programme or event"),
            blank_heading=True,
            slides_to="group",
            unless="position",
        ),
        Column("marks", ("▲の年度",)),
    )
    years = YearColumns(value="marks", gather=True)

    class Meta:
        model = TimelineRow
        import_id_fields = ["timeline", "position"]
        fields = ["timeline", "position", "group", "printed_label", "program", "event", "note"]

    def complete_rows(self, names, rows, constants):
        """Read the figure: rows are numbered, labels find their records, ▲ must agree with them.

        A label that the timeline prints already stands for what it stands for there; a sheet with
        numbers of its own keeps them. Raises ReadError for a figure without labels, and for one
        whose rows name their records besides.
        """
        if "marks" not in names:
            return names, rows, []
        for name in ("program", "event"):
            if name in names:
                raise records_beside_years(self.fields[name].column_name)
        if "printed_label" not in names:
            raise no_labels()
        label_at, marks_at = names.index("printed_label"), names.index("marks")
        records = RecordNames(cell_text(cells[label_at]) for _row, cells in rows)
        printed = PrintedRows(constants.get("timeline"))
        issues, completed = [], []
        group_at = names.index("group") if "group" in names else None
        number_at = names.index("position") if "position" in names else None
        numbering = ["position"] if number_at is None else []
        plain_at = [index for index, name in enumerate(names) if name != "marks"]
        for order, (row, cells) in enumerate(rows, start=1):
            label = cell_text(cells[label_at])
            years = [year for year, sign, _letter in cells[marks_at] if cell_text(sign) == MARK]
            known = printed.row(label)
            position = str(order) if number_at is None else text_key(cell_text(cells[number_at]))
            if known and (isinstance(known.match.record, Event) or not years):
                found = known.match
            else:
                found = self._record(records, label, years)
            issues += self._faults(row, label, years, found)
            program = found.record.code if isinstance(found.record, Program) else ""
            event = found.record.code if isinstance(found.record, Event) else ""
            cells = list(cells)
            if known and str(known.position) == position:
                cells[label_at] = known.printed_label
            if group_at is not None and cell_text(cells[group_at]) == NO_GROUP:
                cells[group_at] = ""
            plain = tuple(cells[index] for index in plain_at)
            numbers = [order] if numbering else []
            completed.append((row, (*plain, *numbers, program, event)))
        names = [names[index] for index in plain_at]
        return [*names, *numbering, "program", "event"], completed, issues

    def _record(self, records, label, years):
        return records.find_event_row(label, years) if years else records.find_program_row(label)

    def _faults(self, row, label, years, found):
        if found.ambiguous:
            message = _("%(codes)s のどれか分かりません。名称を正確に書いてください。")
            words = {"codes": "、".join(found.ambiguous)}
            yield Issue("", row, "", "", label, "record.ambiguous", message % words)
        elif years and found.record is None:
            message = _("出来事「%(label)s」が見つかりません。先に出来事を登録してください。")
            yield Issue("", row, "", "", label, "event.unknown", message % {"label": label})
        elif years and found.record.fiscal_year not in years:
            message = _("▲は%(marked)s年度ですが、「%(event)s」は%(recorded)s年度です。")
            words = {
                "marked": "・".join(map(str, years)),
                "event": found.record.name_ja,
                "recorded": found.record.fiscal_year,
            }
            yield Issue("", row, "", "", label, "mark.contradicts", message % words)
