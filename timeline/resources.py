"""The sheets of events and of a timeline's rows."""

from django.utils.translation import gettext as _

from programs.models import Program
from programs.resources import FiscalYearCell, heading_year
from spreadsheets.cells import KeyCell, ParsedCell, cell_text
from spreadsheets.columns import Column, YearColumns
from spreadsheets.issues import Issue
from spreadsheets.registry import register
from spreadsheets.resource import SheetResource

from .models import Event, Timeline, TimelineRow
from .partial_date import parse
from .record_names import RecordNames

MARK = "▲"


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


@register("timeline-rows")
class TimelineRowResource(SheetResource):
    """Rows as records, or the figure itself: 区分, label, one column a fiscal year with ▲."""

    cell_widgets = {"timeline": KeyCell(Timeline, ["slug"])}
    virtual_columns = (
        Column("group", ("区分", "group"), carry_down=True),
        Column(
            "printed_label",
            ("印刷された名", "施策・出来事", "施策", "printed label"),
            blank_heading=True,
            slides_to="group",
        ),
        Column("marks", ("▲の年度",)),
    )
    years = YearColumns(value="marks", year_of=heading_year, gather=True)

    class Meta:
        model = TimelineRow
        import_id_fields = ["timeline", "position"]
        fields = ["timeline", "position", "group", "printed_label", "program", "event", "note"]

    def complete_rows(self, names, rows, constants):
        """Read the figure: rows are numbered, labels find their records, ▲ must agree with them."""
        if "marks" not in names or "program" in names or "event" in names:
            return names, rows, []
        records, issues, completed = RecordNames(), [], []
        label_at, marks_at = names.index("printed_label"), names.index("marks")
        kept = [index for index, name in enumerate(names) if name != "marks"]
        for position, (row, cells) in enumerate(rows, start=1):
            label = cell_text(cells[label_at])
            years = [year for year, sign in cells[marks_at] if cell_text(sign) == MARK]
            found = self._record(records, label, years)
            issues += self._faults(row, label, years, found)
            program = found.record.code if isinstance(found.record, Program) else ""
            event = found.record.code if isinstance(found.record, Event) else ""
            plain = tuple(cells[index] for index in kept)
            completed.append((row, (*plain, position, program, event)))
        return [names[i] for i in kept] + ["position", "program", "event"], completed, issues

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
