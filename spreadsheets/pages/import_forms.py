"""The forms of an import: the file, and how to read it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..reading import ENCODINGS

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


def is_workbook(job):
    """Whether a job's file has no encoding to ask for; a zip may hold a text file."""
    known, question = job.understood, job.understood.question
    if known.encoding or (question and question.samples):
        return False
    return any(known.sheets) or bytes(job.file.content[:2]) == b"PK"


class ReadingForm(forms.Form):
    """How a file is read: everything that was found out and may be found otherwise."""

    encoding = forms.ChoiceField(
        label=_("文字コード"), required=False, choices=[("", _("自動")), *ENCODINGS.items()]
    )
    sheets = forms.MultipleChoiceField(
        label=_("シート"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("選ばなければ、表のあるシートを自動で見つけます。"),
    )
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
        choices=[("", _("自動")), (1, _("1行")), (2, _("2行")), (3, _("3行")), (4, _("4行"))],
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
        names = job.understood.sheets
        if is_workbook(job):
            del self.fields["encoding"]
        if len(names) > 1:
            self.fields["sheets"].choices = [(name, name) for name in names]
        else:
            del self.fields["sheets"]
        if resource.units:
            units = [("", gettext("表に書いてあるとおり")), *((u, u) for u in resource.units)]
            self.fields["unit"].choices = units
        else:
            del self.fields["unit"]
        if focus in self.fields:
            self.fields[focus].widget.attrs["autofocus"] = True

    def options(self):
        """Return the job's options with what was chosen here."""
        chosen = {**self.job.options, "sheets": [], **self.cleaned_data}
        where = ("sheets", "header_row", "heading_rows")
        if any(chosen.get(name) != self.job.options.get(name) for name in where):
            chosen.pop("tables", None)
        return chosen
