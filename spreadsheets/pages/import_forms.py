"""The forms of an import: the file, how to read it, what unknown and absent columns are."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..reading import ENCODINGS
from ..resources.sheet_schema import schema_of

LONGEST_LIST = 200
MOST_COLUMNS = 60
UNUSED = "-"
BLANKS = [("keep", _("今の値を残す")), ("erase", _("今の値を消す"))]


class UploadForm(forms.Form):
    """A file, or cells pasted from Excel."""

    file = forms.FileField(
        label=_("ファイル"),
        required=False,
        help_text=_("Excel（.xlsx、.xlsm）、CSV、TSV、ODS、またはそのどれか1つを入れた zip。"),
    )
    pasted = forms.CharField(
        label=_("または、Excelから写したセル"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 80, "class": "sheet-paste"}),
        help_text=_("見出しの行も一緒に写してください。"),
    )
    blank = forms.ChoiceField(
        label=_("空欄のセル"), choices=BLANKS, initial="keep", widget=forms.RadioSelect
    )

    def clean(self):
        cleaned = super().clean()
        has_file, has_text = bool(cleaned.get("file")), bool(cleaned.get("pasted", "").strip())
        if not self.errors and has_file == has_text:
            raise forms.ValidationError(
                _("ファイルと写したセルの、どちらか一方だけにしてください。")
                if has_file
                else _("ファイルを選ぶか、Excelのセルを貼り付けてください。")
            )
        return cleaned

    def sheet(self):
        """Return (bytes, file name, options for reading them)."""
        options = {"blank": self.cleaned_data["blank"]}
        file = self.cleaned_data.get("file")
        if file:
            return file.read(), file.name, options
        text = self.cleaned_data["pasted"]
        options["encoding"] = "utf-8"
        if "\t" in text:
            options["delimiter"] = "\t"
        return text.encode(), "", options


class ReadingForm(forms.Form):
    """How a file is read: everything that was found out and may be found otherwise."""

    encoding = forms.ChoiceField(
        label=_("文字コード"),
        required=False,
        choices=[("", _("自動")), *ENCODINGS.items()],
        help_text=_("CSVとTSVだけに使います。"),
    )
    sheet = forms.CharField(label=_("シート"), required=False)
    header_row = forms.IntegerField(
        label=_("見出しの行"),
        required=False,
        min_value=1,
        help_text=_("何行目か。空欄なら自動で見つけます。"),
    )
    heading_rows = forms.TypedChoiceField(
        label=_("見出しの行数"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("自動")), (1, _("1行")), (2, _("2行"))],
    )
    last_row = forms.IntegerField(
        label=_("最後の行"),
        required=False,
        min_value=1,
        help_text=_("これより下は注記として読みません。空欄なら自動で見つけます。"),
    )
    unit = forms.ChoiceField(label=_("金額の単位"), required=False)
    skip_hidden = forms.BooleanField(label=_("非表示の行を除く"), required=False)
    blank = forms.ChoiceField(
        label=_("空欄のセル"), choices=BLANKS, initial="keep", widget=forms.RadioSelect
    )

    def __init__(self, *args, job, resource, focus="", **kwargs):
        self.job = job
        kwargs.setdefault("initial", {"blank": "keep"} | job.options)
        super().__init__(*args, **kwargs)
        sheets, question = job.understood.sheets, job.understood.question
        if job.understood.encoding or (question and question.samples):
            del self.fields["sheet"]
        elif sheets:
            del self.fields["encoding"]
            choices = [("", gettext("自動")), *((name, name) for name in sheets)]
            self.fields["sheet"] = forms.ChoiceField(
                label=_("シート"), required=False, choices=choices
            )
        if resource.units:
            units = [("", gettext("表に書いてあるとおり")), *((u, u) for u in resource.units)]
            self.fields["unit"].choices = units
        else:
            del self.fields["unit"]
        if focus in self.fields:
            self.fields[focus].widget.attrs["autofocus"] = True

    def options(self):
        """Return the job's options with what was chosen here."""
        return {**self.job.options, **self.cleaned_data}


class ColumnsForm(forms.Form):
    """Which column of the records each heading is. `headings` are (letter, text, key, name).

    Only the first 60 are asked for.
    """

    def __init__(self, *args, headings, resource, **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = headings
        schema = schema_of(resource)
        labels = [(column.name, column.labels[0]) for column in schema.columns if column.labels]
        choices = [("", gettext("選んでください")), (UNUSED, gettext("使わない")), *labels]
        for index, (letter, text, _key, name) in enumerate(headings[:MOST_COLUMNS]):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=gettext("%(letter)s列「%(text)s」") % {"letter": letter, "text": text[:60]},
                choices=choices,
                initial=UNUSED if name == "" else name,
            )

    @property
    def left_out(self):
        return max(0, len(self.headings) - MOST_COLUMNS)

    def clean(self):
        cleaned = super().clean()
        chosen = [name for name in cleaned.values() if name != UNUSED]
        for index in range(len(self.headings[:MOST_COLUMNS])):
            name = cleaned.get(f"column_{index}")
            if name != UNUSED and chosen.count(name) > 1:
                self.add_error(f"column_{index}", _("同じ列を2つ選んでいます。"))
        return cleaned

    def decided(self):
        """Return {key of a heading that was asked about: column, "" for an unused one}."""
        found = {}
        for index, (_letter, _text, key, _name) in enumerate(self.headings[:MOST_COLUMNS]):
            name = self.cleaned_data[f"column_{index}"]
            found[key] = "" if name == UNUSED else name
        return found

    def mapping(self):
        """Return what was decided, and "" for each heading beyond those asked about."""
        return {key: "" for _letter, _text, key, _name in self.headings} | self.decided()


class ConstantsForm(forms.Form):
    """One value for all rows, for each column that tells rows apart and is absent."""

    def __init__(self, *args, names, resource, **kwargs):
        super().__init__(*args, **kwargs)
        for name in names:
            field = resource._meta.model._meta.get_field(resource.fields[name].attribute)
            self.fields[name] = self._field(field, resource.fields[name].widget)

    def _field(self, field, widget):
        choices = self._choices(field, widget)
        if choices is None:
            return forms.CharField(label=field.verbose_name)
        choices = [("", gettext("選んでください")), *choices]
        return forms.ChoiceField(label=field.verbose_name, choices=choices)

    def _choices(self, field, widget):
        if field.choices:
            return [(value, label) for value, label in field.flatchoices if value != ""]
        if not field.is_relation:
            return None
        paths = [path.rpartition("__")[0] for path in widget.finder.lookups if "__" in path]
        records = field.related_model._base_manager.select_related(*paths)[: LONGEST_LIST + 1]
        if len(records) > LONGEST_LIST:
            return None
        return [(key := widget.finder.key_of(r), f"{key}（{r}）") for r in records]
