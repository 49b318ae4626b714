"""The sheets of events and of a timeline's rows."""

from functools import cached_property

from programs.sheets.cells import FiscalYearCell
from programs.sheets.date_columns import DateColumns, settle_dates, split_spans
from programs.sheets.proposed_codes import CodeProposals
from spreadsheets.reading import ReadError
from spreadsheets.registry import register
from spreadsheets.resources.cells import ERASED, KeyCell, ParsedCell, cell_text
from spreadsheets.resources.resource import SheetResource
from spreadsheets.understanding.columns import Column, YearColumns
from values.messages import Message, gettext_noop
from values.partial_date_text import parse

from .models import Event, Timeline, TimelineRow
from .rows.figure_sheet import FigureSheet


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

    shared_column = "source"

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

    @cached_property
    def codes(self):
        return CodeProposals(Event, name="name_ja", slugs=("name_en",))

    def complete_rows(self, names, rows, constants, places):
        """A row without a code is proposed one; dates as sheets have them, spans in two cells."""
        names, rows = self.codes.complete(names, rows, places)
        dates = DateColumns(places)
        rows = settle_dates(names, rows, ("date", "end_date"), dates)
        names, rows = split_spans(names, rows, start="date", end="end_date", dates=dates)
        return names, rows, self.codes.issues, [*self.codes.notices, *dates.notices]


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


def of_one_record(names, rows):
    """Return rows in which the one that names an event has no programme, and the other way round.

    A blank cell would keep the record of before, and the row would have both.
    """
    if not {"program", "event"} <= set(names):
        return rows
    places = names.index("program"), names.index("event")
    single = []
    for row, cells in rows:
        filled = [at for at in places if cell_text(cells[at])]
        if len(filled) == 1:
            cells = [
                ERASED if at in places and at not in filled else cell
                for at, cell in enumerate(cells)
            ]
        single.append((row, tuple(cells)))
    return single


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

    def complete_rows(self, names, rows, constants, places):
        """Read the figure: rows are numbered, labels find their records, signs must agree.

        A label that the timeline prints already stands for what it stands for there; a sheet with
        numbers of its own keeps them. Raises ReadError for a figure without labels, and for one
        whose rows name their records besides.
        """
        if "marks" not in names:
            return names, of_one_record(names, rows), []
        for name in ("program", "event"):
            if name in names:
                raise records_beside_years(self.fields[name].column_name)
        if "printed_label" not in names:
            raise no_labels()
        sheet = FigureSheet(names, rows, constants, places)
        sheet.check()
        return *sheet.completed(), sheet.issues, sheet.notices
