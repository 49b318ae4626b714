"""What a file leaves open, as forms: which column, which tables, which unit, which common value."""

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from values.money import AmountError, format_short, parse_amount
from values.yen_units import read_unit

from ...resources.sheet_schema import schema_of

LONGEST_LIST = 200
MOST_COLUMNS = 60
MOST_EXAMPLES = 2
UNUSED = "-"


class ColumnsForm(forms.Form):
    """Which column of the records each heading is. `headings` are (letter, text, key, name).

    Only the first 60 are asked for. With `rest_is_unused` those without an answer are not used.
    """

    def __init__(self, *args, headings, resource, samples=None, rest_is_unused=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = headings
        self.rest_is_unused = rest_is_unused
        choices = _column_choices(resource)
        for index, (letter, text, key, name) in enumerate(headings[:MOST_COLUMNS]):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=gettext("%(letter)s列「%(text)s」") % {"letter": letter, "text": text[:60]},
                choices=choices,
                initial=UNUSED if name == "" else name,
                required=not rest_is_unused,
                help_text=_examples((samples or {}).get(key, ())),
            )

    @property
    def left_out(self):
        return max(0, len(self.headings) - MOST_COLUMNS)

    def clean(self):
        cleaned = super().clean()
        chosen = [name for name in cleaned.values() if name not in (UNUSED, "") and "/" not in name]
        for index in range(len(self.headings[:MOST_COLUMNS])):
            if chosen.count(cleaned.get(f"column_{index}")) > 1:
                self.add_error(f"column_{index}", _("同じ列を2つ選んでいます。"))
        return cleaned

    def decided(self):
        """Return {key of a heading that was asked about: column, "" for an unused one}."""
        found = {}
        for index, (_letter, _text, key, _name) in enumerate(self.headings[:MOST_COLUMNS]):
            name = self.cleaned_data[f"column_{index}"]
            found[key] = "" if name == UNUSED else name
        return found


def _column_choices(resource):
    """Every column, and a column of values of each kind where a sheet may have those."""
    schema = schema_of(resource)
    named = [column for column in schema.columns if column.labels]
    choices = [("", gettext("選んでください")), (UNUSED, gettext("使わない"))]
    choices += [(column.name, column.labels[0]) for column in named]
    if schema.years and schema.years.kind:
        value = schema.column(schema.years.value).labels[0]
        field = resource._meta.model._meta.get_field(schema.years.kind)
        choices += [
            (f"{schema.years.value}/{kind}", f"{label} — {value}")
            for kind, label in field.flatchoices
        ]
    return choices


def _examples(samples):
    if not samples:
        return ""
    return gettext("例 %(values)s") % {"values": "、".join(text[:40] for text in samples)}


class TablesForm(forms.Form):
    """Which tables of a file are meant; at first all of them."""

    tables = forms.MultipleChoiceField(
        label=_("表"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("表を1つは選んでください。")},
    )

    def __init__(self, *args, tables, **kwargs):
        kwargs.setdefault("initial", {"tables": [table.key for table in tables]})
        super().__init__(*args, **kwargs)
        self.choices = tables
        self.fields["tables"].choices = [(table.key, table.label) for table in tables]

    def shown(self):
        """Yield (checkbox, heading, rows) of each table."""
        for box, table in zip(self["tables"], self.choices, strict=True):
            heading, *rows = table.samples or [[]]
            yield box, heading, rows


class UnitForm(forms.Form):
    """In which unit the amounts stand, each with what a sample would become."""

    unit = forms.ChoiceField(
        label=_("金額の単位"),
        widget=forms.RadioSelect,
        error_messages={"required": _("単位を選んでください。")},
    )

    def __init__(self, *args, headings, resource, **kwargs):
        super().__init__(*args, **kwargs)
        samples = list(dict.fromkeys(text for each in headings for text in each.samples))
        self.fields["unit"].choices = [
            (unit, _unit_label(unit, samples)) for unit in resource.units
        ]


def _unit_label(unit, samples):
    """「百万円 — 1,790 は 17.9億円」; the unit alone where no sample can be in it."""
    shown = []
    for text in samples:
        try:
            yen = parse_amount(text, read_unit(unit)).yen
        except AmountError:
            continue
        if yen:
            words = {"cell": text, "amount": format_short(yen, get_language())}
            shown.append(gettext("%(cell)s は %(amount)s") % words)
    return " — ".join(filter(None, [unit, "、".join(shown[:MOST_EXAMPLES])]))


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


class SharedValueForm(forms.Form):
    """One record for all rows that name none, as their source: a recent one, or any by its code."""

    recent = forms.ChoiceField(required=False)
    code = forms.CharField(label=_("またはコード"), required=False)

    def __init__(self, *args, name, resource, **kwargs):
        super().__init__(*args, **kwargs)
        self.finder = resource.fields[name].widget.finder
        records = self.finder.model._base_manager.order_by("-pk")[:LONGEST_LIST]
        keys = [(key := self.finder.key_of(each), f"{key}（{each}）") for each in records]
        field = resource._meta.model._meta.get_field(name)
        self.fields["recent"].label = field.verbose_name
        self.fields["recent"].choices = [("", gettext("選んでください")), *keys]

    def clean(self):
        cleaned = super().clean()
        code = (cleaned.get("code") or "").strip() or cleaned.get("recent")
        if not code:
            raise forms.ValidationError(_("1つ選ぶか、コードを書いてください。"))
        try:
            cleaned["key"] = self.finder.key_of(self.finder.find(code))
        except ValueError as error:
            self.add_error("code", str(error))
        return cleaned
