"""Forms that know what they showed: what somebody else saved meanwhile is never overwritten.

Each form carries a digest of the values it showed. A save finds the record as it is now, locked;
where it is not what was shown, and what was typed is something else again, the save is stopped,
says who saved what, and keeps what was typed. A row that nobody touched on this page is left as
it is now. No column is needed, and imports, commands and other forms count like any writer.
"""

import hashlib
import json
import re
from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

SHOWN, ACCEPTED = "shown", "shown_accepted"
QUOTED = 200  # characters of a value that is shown beside its field


class ShownField(forms.CharField):
    """The digest of the values that a form showed."""

    def __init__(self):
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial, data):
        return False


class ShownForm(forms.ModelForm):
    """A form of one record, or of one row of an inline.

    `refusal` says why nothing can be saved now. `stored` is the record as it is, where the form
    shows another one, of its history. A form that is only drawn from is not `is_to_be_saved`.
    """

    shown = ShownField()
    refusal = ""
    stored = None
    is_to_be_saved = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = ""
        if self.stored is not None:
            self.now = self.digest(forms.model_to_dict(self.stored))
        elif not self.instance._state.adding:
            self.now = self.digest(self.initial)
        self.initial[SHOWN] = self.now
        for field in self.fields.values():
            # A browser cuts what is pasted at this length, without a word; validation says so.
            field.widget.attrs.pop("maxlength", None)

    def digest(self, values):
        """Return a digest of the record's values among `values`, "" where one is missing."""
        names = [field.name for field in self.record_fields()]
        if any(name not in values for name in names):
            return ""
        plain = json.dumps([_plain(values[name]) for name in names], ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()[:32]

    def record_fields(self):
        opts = self._meta.model._meta
        return [
            f for f in (*opts.concrete_fields, *opts.many_to_many) if f.name in self.base_fields
        ]

    @property
    def is_stale(self):
        """Whether the record is not what this form showed, nor what its editor was shown since."""
        known = (self.data.get(self.add_prefix(name)) for name in (SHOWN, ACCEPTED))
        return self.is_to_be_saved and bool(self.now) and self.now not in known

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal, code="refused")
        is_of_the_past = self.stored is not None
        if self.is_stale and (is_of_the_past or self.has_changed()):
            is_as_shown = self.digest(self.cleaned_data) == self.data.get(self.add_prefix(SHOWN))
            if is_as_shown and not is_of_the_past:
                self.leave_alone()
            else:
                self.stop()
        elif self.data.get(self.add_prefix(ACCEPTED)) == self.now:
            # Where another field is at fault, the form that is shown again has seen this value.
            self.data = self.data.copy()
            self.data[self.add_prefix(SHOWN)] = self.now
        return cleaned

    def leave_alone(self):
        """Take what is stored now for what was typed: this row is as it was shown."""
        self.__dict__["changed_data"] = []
        for field in self.record_fields():
            stored = self.initial[field.name]
            if not field.many_to_many:
                stored = getattr(self.instance, field.name)
            self.cleaned_data[field.name] = stored

    def stop(self):
        """Refuse to save; beside each field that would change say what is stored now."""
        record = self.stored or self.instance
        stored = forms.model_to_dict(record)
        for field in self.record_fields():
            typed = self.cleaned_data.get(field.name, self.data.get(self.add_prefix(field.name)))
            if _plain(stored.get(field.name)) != _plain(typed):
                words = _("今の値: %(value)s") % {"value": _said(record, field)}
                self.add_error(field.name, ValidationError(words, code="stale"))
        self.add_error(None, ValidationError(self.stopped(record), code="stale"))

    def stopped(self, record) -> SafeString:
        replace = _("「%(record)s」の今の値を、この画面の入力で置き換える") % {"record": record}
        return format_html(
            '{} <a href="{}" target="_blank">{}</a> '
            '<label><input type="checkbox" name="{}" value="{}"> {}</label>',
            self.saved_meanwhile(),
            _address(record),
            _("今の内容を別の画面で見る"),
            self.add_prefix(ACCEPTED),
            self.now,
            replace,
        )

    def saved_meanwhile(self) -> str:
        """Say that, when and by whom the record was saved, where its history knows."""
        kept = _("入力は残っていて、まだ保存していません。")
        history = getattr(self.stored or self.instance, "history", None)
        newest = history.select_related("history_user").first() if history else None
        if newest is None or self.digest(forms.model_to_dict(newest.instance)) != self.now:
            return _("この画面を開いた後に、別の人か取込みが保存しました。%(kept)s") % {
                "kept": kept
            }
        who = newest.history_user or _("取込みかコマンド")
        when = date_format(timezone.localtime(newest.history_date), "Y-m-d H:i:s")
        words = _("この画面を開いた後に、「%(who)s」が%(when)sに保存しました。%(kept)s")
        return words % {"who": who, "when": when, "kept": kept}


class ShownFormSet(BaseInlineFormSet):
    """Rows of a parent. A row that changed meanwhile is not deleted, one that is gone is named."""

    def clean(self):
        super().clean()
        gone = [form for form in self.initial_forms if form.instance._state.adding]
        if gone:
            raise ValidationError(
                _(
                    "この画面を開いた後に、%(count)s行が削除されました。入力は残っています。"
                    "要るものを写してから、画面を開き直してください。"
                )
                % {"count": len(gone)},
                code="gone",
            )
        for form in self.deleted_forms:
            if form.is_stale:
                form.stop()
                raise ValidationError(
                    _("削除の印を付けた行「%(row)s」は、この画面を開いた後に変わりました。")
                    % {"row": form.instance},
                    code="stale",
                )


def _plain(value):
    """Return a value of a form, shown or typed, as JSON can say it; fields cut outer blanks."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple | models.QuerySet):
        return sorted(_plain(each) for each in value)
    return "" if value is None else re.sub(r"\r\n?", "\n", str(value)).strip()


def _said(record, field) -> str:
    """The value of a field as a reader would say it."""
    if field.many_to_many:
        words = "、".join(map(str, getattr(record, field.name).all()))
    elif field.choices:
        words = str(getattr(record, f"get_{field.name}_display")())
    elif isinstance(value := getattr(record, field.name), bool):
        words = _("はい") if value else _("いいえ")
    else:
        words = "" if value is None else str(value)
    return f"「{Truncator(words).chars(QUOTED)}」" if words else _("（空欄）")


def _address(record) -> str:
    """Where the record is edited by itself, "" where it has no such page: this page anew."""
    opts = record._meta
    with suppress(NoReverseMatch):
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    return ""
