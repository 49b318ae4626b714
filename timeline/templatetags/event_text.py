"""Words for an event's date: as exact as it is known, and why it belongs to its fiscal year."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def partial_date(date):
    return date.label(get_language())


@register.filter
def precision_note(date):
    """How exactly a date is known; "" when it is known to the day."""
    if date.day:
        return ""
    if date.month:
        return _("月まで分かっています")
    return _("年度だけが分かっています") if date.is_fiscal else _("年だけが分かっています")


@register.filter
def fiscal_year_note(event):
    """Why the event belongs to its fiscal year, or why it is not known to which."""
    if event.date and event.date.fiscal_year is not None:
        if event.date.month and event.date.month < 4:
            return _("1〜3月は前の年の年度に入ります")
        return _("日付から")
    if event.stated_fiscal_year is not None:
        return _("手入力: %(reason)s") % {"reason": event.fiscal_year_reason}
    return _("年だけでは年度が決まりません") if event.date else ""
