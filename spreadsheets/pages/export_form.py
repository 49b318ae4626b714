"""What an editor chooses before a sheet is sent: file format, shape, rows or an empty sheet."""

from django import forms
from django.db import models
from django.db.models import Max
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..exporting.empty_sheet import empty_table, instructions
from ..exporting.formats.lost_characters import find_lost_characters
from ..exporting.formats.out_table import OutTable
from ..exporting.long import long_table
from ..exporting.sheet_formats import FORMATS, SheetFormat, download
from ..exporting.wide import wide_table

LAST_EXCEL_ROW = 1_048_576
LONGEST_EXCEL_CELL = 32_767
_YEARS_OF_AN_EMPTY_SHEET = 5


class SheetExportForm(forms.Form):
    """`lost` is what a CP932 file would change, once that was asked for and not yet accepted."""

    file_format = forms.ChoiceField(
        label=gettext_lazy("ファイルの形式"),
        choices=[(each.code, each.label) for each in FORMATS.values()],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    shape = forms.ChoiceField(
        label=gettext_lazy("表の形"),
        choices=[
            ("long", gettext_lazy("縦長 — 1行に1件。すべての列があります")),
            ("wide", gettext_lazy("横長 — 年度ごとに1列。金額だけを並べて見るとき")),
        ],
        widget=forms.RadioSelect,
        initial="long",
    )
    content = forms.ChoiceField(
        label=gettext_lazy("書き出す行"),
        choices=[
            ("rows", gettext_lazy("一覧の行")),
            ("empty", gettext_lazy("空の表 — 見出しだけ。Excelには記入要領のシートがつきます")),
        ],
        widget=forms.RadioSelect,
        initial="rows",
    )
    replace_lost = forms.BooleanField(
        label=gettext_lazy("上の文字を置き換えて書き出す"), required=False
    )

    def __init__(self, *args, resource, queryset, **kwargs):
        super().__init__(*args, **kwargs)
        self.resource = resource
        self.queryset = queryset
        self.lost = None
        if resource.wide is None:
            del self.fields["shape"]

    @property
    def sheet_format(self) -> SheetFormat:
        return FORMATS[self.cleaned_data["file_format"]]

    @property
    def is_wide(self) -> bool:
        return self.cleaned_data.get("shape") == "wide"

    @property
    def is_empty(self) -> bool:
        return self.cleaned_data["content"] == "empty"

    def table(self) -> OutTable:
        if not self.is_wide:
            return long_table(self.resource, self.queryset)
        this_year = timezone.localdate().year
        years = (this_year - _YEARS_OF_AN_EMPTY_SHEET + 1, this_year)
        return wide_table(self.resource, self.queryset, years=years if self.is_empty else None)

    def clean(self):
        if self.errors or self.is_empty:
            return
        code = self.sheet_format.code
        if code == "xlsx":
            self._check_excel_limits()
        elif code == "csv-cp932" and not self.cleaned_data["replace_lost"]:
            self._check_characters()

    def _check_characters(self):
        lost = find_lost_characters(self.table())
        if lost.total:
            self.lost = lost
            self.add_error(
                "file_format",
                _(
                    "Shift_JISでは表せない文字が %(cells)s 個のセルにあります。"
                    "ほかの形式を選ぶか、置き換えを認めてください。"
                )
                % {"cells": lost.cells},
            )

    def _check_excel_limits(self):
        if self.queryset.order_by()[:LAST_EXCEL_ROW].count() == LAST_EXCEL_ROW:
            self.add_error(
                "file_format",
                _("Excelの表に入る1,048,575行を超えています。絞り込むか、CSVにしてください。"),
            )
        texts = [
            field.name
            for field in self.resource._meta.model._meta.concrete_fields
            if isinstance(field, models.TextField) and field.name in self.resource.fields
        ]
        longest = self.queryset.order_by().aggregate(
            **{f"longest_{name}": Max(Length(name)) for name in texts}
        )
        for name in texts:
            if (longest[f"longest_{name}"] or 0) > LONGEST_EXCEL_CELL:
                self.add_error(
                    "file_format",
                    _(
                        "「%(heading)s」に、Excelのセルに入る32,767字を超える文章があります。"
                        "CSVにしてください。"
                    )
                    % {"heading": self.resource.fields[name].column_name},
                )

    def response(self):
        """Return the file that was asked for."""
        name = self.resource.sheet_name + ("-wide" if self.is_wide else "")
        table = self.table()
        if self.is_empty:
            tables = [empty_table(table), instructions(self.resource, table)]
            return download(tables, self.sheet_format, f"{name}-template")
        return download([table], self.sheet_format, f"{name}-{timezone.localdate():%Y-%m-%d}")
