"""The sheets of events and of a timeline's rows."""

from programs.resources import FiscalYearCell
from spreadsheets.cells import KeyCell, ParsedCell
from spreadsheets.registry import register
from spreadsheets.resource import SheetResource

from .models import Event, Timeline, TimelineRow
from .partial_date import parse


class PartialDateCell(ParsedCell):
    """Reads a date as people write it; writes 2019-03-14, 2019-03, 2019, or FY2018."""

    def __init__(self):
        super().__init__(parse, write=lambda date: date.stored)


@register("events")
class EventResource(SheetResource):
    cell_widgets = {
        "date": PartialDateCell(),
        "end_date": PartialDateCell(),
        "stated_fiscal_year": FiscalYearCell(),
    }

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
    cell_widgets = {"timeline": KeyCell(Timeline, ["slug"])}

    class Meta:
        model = TimelineRow
        import_id_fields = ["timeline", "position"]
        fields = ["timeline", "position", "group", "printed_label", "program", "event", "note"]
